"""Entries are shared one by one, by the owner, encrypted, and taken back (A41–A46, L1, L14)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from cautionary_plugin.actions.corrections import correct_entry, withdraw_entry
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.partners import (
    change_partner,
    end_agreement,
    end_partner,
    erase_old_partners,
    name_site,
    revoke_certificate,
)
from cautionary_plugin.actions.sharing.disclosing import disclose, send_again, send_on_changes
from cautionary_plugin.actions.sharing.offering import offers_for, tag_sites
from cautionary_plugin.actions.sharing.withdrawing import (
    acknowledge_withdrawal,
    chase_withdrawals,
    withdraw_from,
)
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Disclosure,
    Entry,
    OutboxMessage,
    Partner,
    PartnerCertificate,
    PartnerMail,
    SharingAgreement,
    WithdrawalNotice,
)
from cautionary_plugin.outbox.deliver import undelivered
from cautionary_plugin.rules.corrections import Correctable
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    NoContact,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.certificates import COUNCIL, PARTNER, Issued, issue, sign_as_council, the_authority
from tests.council import PLANTED, Council, found_council, hold_post, list_entries, row
from tests.factors import make_person
from tests.mailers import send_through
from tests.openssl import Refused, decrypt, verify
from tests.partners import BASIS, Desk, agreed, certified, desk, known, ready, shared
from tests.servers.smtp import BACKEND, DROP, LATER, MailServer, mail_server

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}
REASON = "Their officers visit this address every week."


@pytest.fixture
def council(settings: Any, tmp_path: Path) -> Council:
    sign_as_council(settings, tmp_path)
    return found_council()


@pytest.fixture
def team(council: Council) -> Desk:
    return desk(council)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as (handler, port):
        send_through(settings, BACKEND, host="127.0.0.1", port=port, timeout=5)
        yield handler


@pytest.fixture
def entry(council: Council) -> Entry:
    (entry,) = list_entries(council)
    return entry


@pytest.fixture
def theirs() -> Issued:
    return issue()


@pytest.fixture
def partner(team: Desk, theirs: Issued) -> Partner:
    return ready(team, issued=theirs)


def read(raw: bytes, issued: Issued, folder: Path) -> str:
    """What the partner reads, by openssl."""
    return verify(
        decrypt(raw, issued=issued, folder=folder), authority=the_authority(), folder=folder
    )


def to_partner(server: MailServer) -> list[bytes]:
    """Only the mail to partners, as it came over the wire."""
    pairs = zip(server.taken, server.messages, strict=True)
    return [raw for raw, message in pairs if PARTNER in message["To"]]


@pytest.mark.clause("A46")
@pytest.mark.clause("A41")
def test_two_entries_go_in_one_message_that_openssl_opens(
    council: Council,
    team: Desk,
    partner: Partner,
    theirs: Issued,
    server: MailServer,
    tmp_path: Path,
) -> None:
    entries = list_entries(council, row(), row(**SECOND))
    list_entries(council, row(name="Not Chosen-Atall", address="1 Elm Way, Weldham"))

    shared(team, partner, *entries)
    assert deliver(at=timezone.now()) >= 1

    (raw,) = to_partner(server)
    text = read(raw, theirs, tmp_path)
    for entry, name in zip(entries, (PLANTED, SECOND["name"]), strict=True):
        assert entry.reference in text
        assert name in text
    assert "Do not visit alone." in text
    assert "Chosen-Atall" not in text
    assert "spade" not in text  # the account of what happened is not for partners (L1)
    for word in (b"Quimberly", b"Wetherell", entries[0].reference.encode()):
        assert word not in raw
    with pytest.raises(Refused):
        decrypt(raw, issued=issue("thief@else.example"), folder=tmp_path)
    message = next(each for each in server.messages if each["To"] == PARTNER)
    assert message["From"] == COUNCIL
    assert message["Subject"] == "Encrypted message from the council"
    mail = PartnerMail.objects.get()
    assert mail.sent_at is not None
    assert mail.fingerprints == [theirs.fingerprint]


@pytest.mark.clause("A44")
def test_nobody_but_the_owner_shares(
    council: Council, team: Desk, partner: Partner, entry: Entry
) -> None:
    others = [team.keeper, team.approver]
    for kind in (PostKind.HEALTH_AND_SAFETY, PostKind.HEAD_OF_SERVICE, PostKind.DIRECTOR):
        others.append(make_person(kind.value))
        hold_post(council, others[-1], kind)

    for person in others:
        with pytest.raises(NotYourPost):
            disclose(
                entries=[entry], partners=[partner], reason=REASON, by=person, at=timezone.now()
            )
    assert not Disclosure.objects.exists()


def test_owner_whose_briefing_lapsed_shares_nothing(
    council: Council, partner: Partner, entry: Entry
) -> None:
    Briefing.objects.filter(user=council.owner).update(briefed_on=timezone.localdate() - 900 * DAY)

    with pytest.raises(BriefingLapsed):
        disclose(
            entries=[entry], partners=[partner], reason=REASON, by=council.owner, at=timezone.now()
        )


@pytest.mark.clause("A43")
def test_partner_without_contact_is_refused_and_the_attempt_recorded(
    council: Council, team: Desk, entry: Entry
) -> None:
    gardeners = known(team, name="Verge & Hedge Grounds Maintenance", has_contact=False)
    certified(team, gardeners)
    agreed(team, gardeners)

    with pytest.raises(NoContact):
        shared(team, gardeners, entry)

    line = AccessRecord.objects.get(act=Act.NOT_SHARED)
    assert (line.user, line.reference, line.screen) == (
        council.owner,
        entry.reference,
        gardeners.reference,
    )
    assert not Disclosure.objects.exists()
    assert gardeners not in [each.partner for each in offers_for(entry, at=timezone.now())]


@pytest.mark.clause("A45")
def test_without_agreement_or_certificate_nothing_is_shared(team: Desk, entry: Entry) -> None:
    partner = known(team)

    with pytest.raises(NotReady) as told:
        shared(team, partner, entry)

    assert len(told.value.missing) == 2
    assert not PartnerMail.objects.exists()


def test_council_without_a_certificate_shares_nothing(
    team: Desk, partner: Partner, entry: Entry, settings: Any
) -> None:
    settings.CAUTIONARY_SMIME = None

    with pytest.raises(NotReady, match="council"):
        shared(team, partner, entry)


@pytest.mark.clause("A41")
def test_each_choice_has_a_reason_and_is_recorded(
    council: Council, team: Desk, partner: Partner, entry: Entry
) -> None:
    with pytest.raises(BadInput) as fault:
        disclose(
            entries=[entry], partners=[partner], reason="Yes", by=council.owner, at=timezone.now()
        )
    assert list(fault.value.problems) == ["reason"]

    shared(team, partner, entry)

    disclosure = Disclosure.objects.get()
    assert (disclosure.entry, disclosure.reason) == (entry, REASON)
    line = AccessRecord.objects.get(act=Act.SHARED)
    assert (line.reference, line.screen) == (entry.reference, partner.reference)
    with pytest.raises(AlreadyDone):
        shared(team, partner, entry)


@pytest.mark.parametrize("state", ["ended", "held"])
def test_entry_that_is_not_live_is_not_shared(
    team: Desk, partner: Partner, entry: Entry, state: str
) -> None:
    if state == "held":
        Entry.objects.update(state="held")
    else:
        Entry.objects.update(expires_at=timezone.now())

    with pytest.raises(NotReady, match=entry.reference):
        shared(team, partner, entry)


@pytest.mark.clause("A42")
def test_shared_building_offers_every_approved_partner_working_there(
    council: Council, team: Desk, entry: Entry
) -> None:
    """Staff of two organisations at Charrington House: the policy's own example."""
    house = name_site(name="Charrington House", by=team.keeper, at=timezone.now())
    elsewhere = ready(team, name="Aardvark Lettings", address="a@aardvark.example")
    there = ready(team, name="Zenith Housing", address="z@zenith.example", sites=[house])
    known(team, name="Hedge Trimmers", has_contact=False, sites=[house])

    tag_sites(entry=entry, sites=[house], by=council.owner, at=timezone.now())

    offers = offers_for(entry, at=timezone.now())
    assert [(each.partner, each.at_site, each.missing) for each in offers] == [
        (there, "Charrington House", ()),
        (elsewhere, "", ()),
    ]
    with pytest.raises(NotYourPost):
        tag_sites(entry=entry, sites=[], by=team.keeper, at=timezone.now())


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
    assert PartnerMail.objects.first().fingerprints == [fresh.fingerprint]  # type: ignore[union-attr]


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


# --- Withdrawal (L14) -------------------------------------------------------------------------


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
    _revoke(team, partner)
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
    _revoke(team, partner)
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
