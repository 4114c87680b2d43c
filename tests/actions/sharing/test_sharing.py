"""Entries are shared one by one, by the owner, encrypted (A41–A46, L1)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.partners import (
    name_site,
)
from cautionary_plugin.actions.sharing.disclosing import disclose
from cautionary_plugin.actions.sharing.offering import offers_for, tag_sites
from cautionary_plugin.models import (
    AccessRecord,
    Briefing,
    Disclosure,
    Entry,
    Partner,
    PartnerMail,
)
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
from tests.certificates import COUNCIL, PARTNER, Issued, issue
from tests.council import PLANTED, Council, hold_post, list_entries, row
from tests.factors import make_person
from tests.openssl import Refused, decrypt
from tests.partners import Desk, agreed, certified, known, ready, shared
from tests.servers.smtp import MailServer

from .reading import read, to_partner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}
REASON = "Their officers visit this address every week."


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

    line = AccessRecord.objects.get(act=Act.AUDIENCE)
    assert (line.user, line.reference) == (council.owner, entry.reference)
    offers = offers_for(entry, at=timezone.now())
    assert [(each.partner, each.at_site, each.missing) for each in offers] == [
        (there, "Charrington House", ()),
        (elsewhere, "", ()),
    ]
    with pytest.raises(NotYourPost):
        tag_sites(entry=entry, sites=[], by=team.keeper, at=timezone.now())


def _queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_many_entries_cost_as_many_queries_as_two(
    council: Council, team: Desk, server: MailServer, tmp_path: Path, theirs: Issued
) -> None:
    entries = list_entries(council, *(row(name=f"Quill Tansy{n}ford") for n in range(12)))
    other = ready(team, name="Fenland Lettings", address="fen@fenland.example")
    partner = ready(team, issued=theirs)
    deliver(at=timezone.now())
    shared_two = _queries(lambda: shared(team, other, *Entry.objects.all()[:2]))
    sent_two = _queries(lambda: deliver(at=timezone.now()))

    assert _queries(lambda: shared(team, partner, *Entry.objects.all())) == shared_two
    assert _queries(lambda: deliver(at=timezone.now())) == sent_two
    (raw,) = to_partner(server)
    told = read(raw, theirs, tmp_path)
    assert all(entry.reference in told for entry in entries)
