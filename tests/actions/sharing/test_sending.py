"""What goes to a partner is made when it goes, and stopped when it must not (A45, A46)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.corrections import correct_entry
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.partners import (
    end_agreement,
    revoke_certificate,
)
from cautionary_plugin.actions.sharing.disclosing import send_again, send_on_changes
from cautionary_plugin.models import (
    AccessRecord,
    Entry,
    OutboxMessage,
    Partner,
    PartnerCertificate,
    PartnerMail,
    SharingAgreement,
)
from cautionary_plugin.outbox.deliver import undelivered
from cautionary_plugin.rules.corrections import Correctable
from cautionary_plugin.rules.vocabulary import Act
from tests.certificates import Issued, issue
from tests.council import PLANTED, Council
from tests.partners import Desk, certified, shared
from tests.servers.smtp import DROP, LATER, MailServer

from .reading import read, to_partner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}
REASON = "Their officers visit this address every week."


def _revoke(team: Desk, partner: Partner) -> None:
    revoke_certificate(
        certificate=PartnerCertificate.objects.get(), by=team.approver, at=timezone.now()
    )


def _end_agreement(team: Desk, partner: Partner) -> None:
    end_agreement(agreement=SharingAgreement.objects.get(), by=team.keeper, at=timezone.now())


def _lapse(team: Desk, partner: Partner) -> None:
    SharingAgreement.objects.update(
        starts_on=timezone.localdate() - 9 * DAY, ends_on=timezone.localdate()
    )


def _end_partner(team: Desk, partner: Partner) -> None:
    Partner.objects.update(ended_at=timezone.now())


def _no_contact(team: Desk, partner: Partner) -> None:
    Partner.objects.update(has_contact=False)


def _end_entry(team: Desk, partner: Partner) -> None:
    Entry.objects.update(expires_at=timezone.now())


@pytest.mark.clause("A45")
@pytest.mark.clause("A46")
@pytest.mark.parametrize(
    "meanwhile", [_revoke, _end_agreement, _lapse, _end_partner, _no_contact, _end_entry]
)
def test_what_was_revoked_between_queueing_and_sending_stops_it(
    team: Desk, partner: Partner, entry: Entry, server: MailServer, meanwhile: Any
) -> None:
    mail = shared(team, partner, entry)

    meanwhile(team, partner)
    for minutes in (0, 5, 50):
        deliver(at=timezone.now() + timedelta(minutes=minutes))

    assert to_partner(server) == []
    mail.refresh_from_db()
    assert mail.stopped_at is not None
    assert mail.stopped_because
    assert not undelivered().filter(partner_mail__isnull=False).exists()


def test_message_that_failed_is_encrypted_anew_from_live_data(
    council: Council,
    team: Desk,
    partner: Partner,
    theirs: Issued,
    entry: Entry,
    server: MailServer,
    tmp_path: Path,
) -> None:
    now = timezone.now()
    shared(team, partner, entry, at=now)
    server.answers = [DROP]
    OutboxMessage.objects.filter(partner_mail=None).delete()
    assert deliver(at=now) == 0
    correct_entry(
        entry=entry,
        fact=Correctable.HANDLING,
        value="Meet at the counter, behind the screen.",
        reasons="The risk assessment was done anew.",
        by=council.owner,
        at=now,
    )

    assert deliver(at=now + timedelta(minutes=1)) == 1

    first, second = to_partner(server)
    assert "Do not visit alone." in read(first, theirs, tmp_path)
    assert "behind the screen" in read(second, theirs, tmp_path)
    ids = {message["Message-ID"] for message in server.messages}
    assert len(ids) == 1


def test_nothing_of_the_entry_waits_in_the_queue(
    team: Desk, partner: Partner, entry: Entry
) -> None:
    shared(team, partner, entry)

    rows = [*OutboxMessage.objects.values(), *PartnerMail.objects.values()]
    assert entry.reference not in str(rows)
    assert "Quimberly" not in str(rows)


def test_mail_server_that_is_away_stops_nothing(
    team: Desk, partner: Partner, entry: Entry, server: MailServer
) -> None:
    mail = shared(team, partner, entry)
    server.answers = [LATER] * 9

    deliver(at=timezone.now())
    mail.refresh_from_db()

    assert (mail.stopped_at, mail.sent_at) == (None, None)
    assert undelivered().filter(partner_mail=mail).exists()


def test_sent_again_goes_to_the_certificate_of_now(
    council: Council,
    team: Desk,
    partner: Partner,
    theirs: Issued,
    entry: Entry,
    server: MailServer,
    tmp_path: Path,
) -> None:
    shared(team, partner, entry)
    deliver(at=timezone.now())
    _revoke(team, partner)
    fresh = issue()
    certified(team, partner, fresh)

    send_again(partner=partner, entry=entry, by=council.owner, at=timezone.now())
    deliver(at=timezone.now())

    assert len(to_partner(server)) == 2
    assert PLANTED in read(to_partner(server)[1], fresh, tmp_path)
    assert PartnerMail.objects.latest("queued_at").fingerprints == [fresh.fingerprint]


@pytest.mark.clause("L5")
def test_partner_is_told_of_what_was_put_right(
    council: Council, team: Desk, partner: Partner, entry: Entry
) -> None:
    shared(team, partner, entry)
    assert send_on_changes(at=timezone.now()) == 0
    correct_entry(
        entry=entry,
        fact=Correctable.HANDLING,
        value="Meet at the counter only.",
        reasons="The risk assessment was done anew.",
        by=council.owner,
        at=timezone.now(),
    )

    assert send_on_changes(at=timezone.now()) == 1
    assert send_on_changes(at=timezone.now()) == 0
    assert PartnerMail.objects.count() == 2
    by_the_clock = AccessRecord.objects.get(act=Act.SHARED, user_key="")
    assert (by_the_clock.reference, by_the_clock.screen) == (entry.reference, partner.reference)
