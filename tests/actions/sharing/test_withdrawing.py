"""Partners are told to delete what is shared no more, and chased until they say so (L14)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.partners import (
    change_partner,
    end_partner,
    erase_old_partners,
    revoke_certificate,
)
from cautionary_plugin.actions.sharing.disclosing import send_again, send_on_changes
from cautionary_plugin.actions.sharing.withdrawing import (
    acknowledge_withdrawal,
    chase_withdrawals,
    withdraw_from,
)
from cautionary_plugin.models import (
    AccessRecord,
    Disclosure,
    Entry,
    Partner,
    PartnerCertificate,
    WithdrawalNotice,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    NotYourPost,
)
from cautionary_plugin.rules.vocabulary import Act
from tests.certificates import Issued, issue
from tests.council import Council
from tests.partners import BASIS, Desk, certified, shared
from tests.servers.smtp import LATER, MailServer

from .reading import read, to_partner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}
REASON = "Their officers visit this address every week."


def _revoke(team: Desk) -> None:
    revoke_certificate(
        certificate=PartnerCertificate.objects.get(), by=team.approver, at=timezone.now()
    )


def _expires(council: Council, entry: Entry, now: datetime) -> None:
    Entry.objects.update(expires_at=now)
    lapse_entries(at=now)


def _is_withdrawn(council: Council, entry: Entry, now: datetime) -> None:
    withdraw_entry(entry=entry, reasons="Entered about the wrong man.", by=council.owner, at=now)


def _is_taken_back(council: Council, entry: Entry, now: datetime) -> None:
    withdraw_from(entry=entry, partner=Partner.objects.get(), by=council.owner, at=now)


def _partnership_ends(council: Council, entry: Entry, now: datetime) -> None:
    end_partner(partner=Partner.objects.get(), by=council.owner, at=now)


def _contact_ends(council: Council, entry: Entry, now: datetime) -> None:
    change_partner(
        partner=Partner.objects.get(),
        has_contact=False,
        basis="They no longer visit anybody.",
        sites=[],
        by=council.owner,
        at=now,
    )


@pytest.mark.clause("L14")
@pytest.mark.parametrize(
    "removed", [_expires, _is_withdrawn, _is_taken_back, _partnership_ends, _contact_ends]
)
def test_partner_is_told_to_delete_what_is_shared_no_more(
    council: Council,
    team: Desk,
    partner: Partner,
    theirs: Issued,
    entry: Entry,
    server: MailServer,
    tmp_path: Path,
    removed: Any,
) -> None:
    now = timezone.now()
    shared(team, partner, entry, at=now)
    deliver(at=now)

    removed(council, entry, now + timedelta(minutes=1))
    deliver(at=now + timedelta(minutes=2))

    _first, told = to_partner(server)
    text = read(told, theirs, tmp_path)
    assert entry.reference in text
    assert "delete" in text
    assert "Quimberly" not in text
    assert entry.reference.encode() not in told
    notice = WithdrawalNotice.objects.open().get()
    assert (notice.partner, notice.reference) == (partner, entry.reference)
    assert Disclosure.objects.get().withdrawn_at is not None
    assert AccessRecord.objects.filter(act=Act.WITHDRAWN, reference=entry.reference).count() == 1


@pytest.mark.clause("L14")
def test_withdrawal_outlives_the_erased_entry_until_the_partner_answers(
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
    server.answers = [LATER] * 30
    Entry.objects.update(expires_at=timezone.now())
    call_command("cautionary_daily", verbosity=0)
    assert not Entry.objects.exists()
    assert not Disclosure.objects.exists()
    server.answers = []

    deliver(at=timezone.now() + timedelta(hours=2))

    told = to_partner(server)[-1]
    assert entry.reference in read(told, theirs, tmp_path)
    notice = WithdrawalNotice.objects.get()
    now, today = timezone.now(), timezone.localdate()
    with pytest.raises(BadInput):
        acknowledge_withdrawal(
            notice=notice, acknowledged_on=today + 2 * DAY, by=team.keeper, at=now
        )
    with pytest.raises(NotYourPost):
        acknowledge_withdrawal(notice=notice, acknowledged_on=today, by=team.approver, at=now)
    acknowledge_withdrawal(notice=notice, acknowledged_on=today, by=team.keeper, at=now)
    assert not WithdrawalNotice.objects.open().exists()
    assert AccessRecord.objects.filter(act=Act.DELETED, reference=entry.reference).exists()


@pytest.mark.clause("L14")
def test_partner_that_does_not_answer_is_chased_once_a_week(
    council: Council, team: Desk, partner: Partner, entry: Entry
) -> None:
    now = timezone.now()
    shared(team, partner, entry, at=now)
    _is_taken_back(council, entry, now)

    chased = [chase_withdrawals(at=now + days * DAY) for days in range(24)]

    assert [day for day, count in enumerate(chased) if count] == [8, 15, 22]
    notice = WithdrawalNotice.objects.get()
    assert notice.chased == 3
    acknowledge_withdrawal(
        notice=notice,
        acknowledged_on=timezone.localdate(now + 23 * DAY),
        by=team.keeper,
        at=now + 23 * DAY,
    )
    assert chase_withdrawals(at=now + 40 * DAY) == 0


def test_what_was_stopped_before_it_left_needs_no_withdrawal(
    council: Council, team: Desk, partner: Partner, entry: Entry, server: MailServer
) -> None:
    shared(team, partner, entry)
    _revoke(team)
    deliver(at=timezone.now())

    _is_taken_back(council, entry, timezone.now())

    assert not WithdrawalNotice.objects.exists()


def test_withdrawal_without_a_certificate_waits_for_one(
    council: Council,
    team: Desk,
    partner: Partner,
    entry: Entry,
    server: MailServer,
    tmp_path: Path,
) -> None:
    now = timezone.now()
    shared(team, partner, entry, at=now)
    deliver(at=now)
    _is_taken_back(council, entry, now)
    _revoke(team)
    deliver(at=now + timedelta(minutes=1))
    assert len(to_partner(server)) == 1

    fresh = issue()
    certified(team, partner, fresh)
    deliver(at=now + timedelta(hours=3))

    assert entry.reference in read(to_partner(server)[1], fresh, tmp_path)


def test_partner_that_still_holds_something_is_not_erased(
    council: Council, team: Desk, partner: Partner, entry: Entry
) -> None:
    now = timezone.now()
    shared(team, partner, entry, at=now)
    end_partner(partner=partner, by=team.keeper, at=now)

    assert erase_old_partners(at=now + 900 * DAY) == 0


def test_taken_back_twice_is_told_once(
    council: Council, team: Desk, partner: Partner, entry: Entry
) -> None:
    shared(team, partner, entry)
    _is_taken_back(council, entry, timezone.now())

    with pytest.raises(AlreadyDone):
        _is_taken_back(council, entry, timezone.now())
    assert WithdrawalNotice.objects.count() == 1
    shared(team, partner, entry)  # and may be shared anew
    assert Disclosure.objects.standing().count() == 1


def test_basis_of_the_partner_is_sealed(team: Desk, partner: Partner) -> None:
    assert Partner.objects.get().basis == BASIS


@pytest.mark.clause("L14")
@pytest.mark.parametrize("anew", ["changed", "again"])
def test_partner_that_has_it_is_told_though_the_next_message_never_left(
    council: Council, team: Desk, partner: Partner, entry: Entry, server: MailServer, anew: str
) -> None:
    now = timezone.now()
    shared(team, partner, entry, at=now)
    deliver(at=now)
    assert len(to_partner(server)) == 1
    if anew == "again":
        send_again(partner=partner, entry=entry, by=council.owner, at=now)
    else:
        Entry.objects.update(changed=F("changed") + 1)
        assert send_on_changes(at=now) == 1
    _revoke(team)
    deliver(at=now)
    assert Disclosure.objects.get().mail.stopped_at

    entry.refresh_from_db()
    _is_withdrawn(council, entry, now)

    assert WithdrawalNotice.objects.get().reference == entry.reference
