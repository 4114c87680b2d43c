"""Staff are told that there is a new entry: in time, the right people, and nothing about it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.bulletins import (
    bulletins_owed,
    owe_bulletin,
    readers_of,
    send_bulletin,
)
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import (
    AccessRecord,
    Appointment,
    Briefing,
    Entry,
    OutboxMessage,
    ReadingGrant,
    StaffBulletin,
)
from cautionary_plugin.outbox.deliver import undelivered
from cautionary_plugin.rules.errors import AlreadyDone, BriefingLapsed, IllegalMove, NotYourPost
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    Council,
    brief,
    found_council,
    grant,
    hold_post,
    list_entries,
    make_reader,
    row,
)
from tests.factors import make_person
from tests.mailers import send_through
from tests.races import race, refusals
from tests.servers.smtp import BACKEND, NEVER, TAKEN, MailServer, mail_server

pytestmark = pytest.mark.django_db

TOLD = {
    "name": "Xanthippe Wolverstoneham",
    "aliases": "Zanthy Brackleford",
    "date_of_birth": "17/09/1958",
    "address": "41 Pomegranate Ginnel, Ullverby",
    "postcode": "QZ7 4XJ",
    "phone": "01632 960871",
    "email": "zanthy.b@wolverstoneham.example",
    "identifiers": "HB-7719043",
    "markers": "Sexual harassment or risk of sexual assault",
    "handling": "Keep the kaleidoscope counter between you.",
    "control_measures": "Take police advice before visiting",
    "permitted_contact": "Carrier pigeon only, quoth the magistrate.",
    "spoc": "Desk of the turnstile warden",
    "basis": "Brandished a cuttlefish skillet at the assessor, who saw it.",
}


@pytest.fixture
def entry(council: Council) -> Entry:
    (entry,) = list_entries(council, row(**TOLD))
    OutboxMessage.objects.all().delete()
    return entry


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as (handler, port):
        send_through(settings, BACKEND, host="127.0.0.1", port=port, timeout=5)
        yield handler


def send(council: Council, entry: Entry) -> StaffBulletin:
    return send_bulletin(entry=entry, by=council.owner, at=timezone.now())


# In time (A20)


@pytest.mark.clause("A20")
@pytest.mark.parametrize(
    ("closed", "due_on"),
    [([], date(2026, 12, 30)), ([date(2026, 12, 29)], date(2026, 12, 31))],
)
def test_bulletin_is_due_by_the_councils_working_days(
    council: Council, entry: Entry, closed: list[date], due_on: date
) -> None:
    change_register(
        register=council.register, closures=closed, links={}, by=council.owner, at=timezone.now()
    )

    bulletin = owe_bulletin(entry=entry, at=datetime(2026, 12, 24, 9, tzinfo=UTC))

    assert bulletin.due_on == due_on


@pytest.mark.clause("A20")
def test_bulletin_is_owed_until_it_is_sent_or_the_entry_ends(
    council: Council, entry: Entry
) -> None:
    (other,) = list_entries(council, row(name="Ada Fenwick"))
    first, second = (owe_bulletin(entry=each, at=timezone.now()) for each in (entry, other))
    assert set(bulletins_owed([council.register])) == {first, second}

    send(council, entry)
    Entry.objects.filter(pk=other.pk).update(
        state="ended", why_ended="error", ended_at=timezone.now()
    )

    assert list(bulletins_owed([council.register])) == []


def test_bulletin_owed_twice_is_one(entry: Entry) -> None:
    first = owe_bulletin(entry=entry, at=timezone.now())

    assert owe_bulletin(entry=entry, at=timezone.now() + timedelta(days=9)) == first


# Nothing about the entry (A21)


def _values(entry: Entry) -> set[str]:
    """Every value of the entry and its subject, as stored, as shown, and word by word."""
    subject = entry.case_file.person
    told = [str(getattr(entry, field.attname)) for field in entry._meta.concrete_fields]
    told += [str(subject.identity_sealed), str(subject.born_on), entry.case_file.reference]
    told += TOLD.values()
    words = {word.strip(".,'\"{}[]():;") for each in told for word in [each, *each.split()]}
    common = {"register", "the", "you", "and", "before", "between", "only", "for", "saw", "who"}
    return {
        word for word in words if len(word) > 4 and word.lower() not in common | _by_chance(words)
    }


def _by_chance(words: set[str]) -> set[str]:
    """Short figures, which a Message-ID may hold as well."""
    return {
        word for word in words if len(word) < 10 and set(word.lower()) <= set("0123456789abcdef")
    }


@pytest.mark.clause("A21")
def test_no_value_of_the_entry_goes_over_the_wire(
    council: Council, entry: Entry, server: MailServer
) -> None:
    make_reader(council)

    send(council, entry)
    deliver(at=timezone.now())

    assert len(server.taken) == 2
    for raw in server.taken:
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_content()  # whatever the transfer encoding
        said = f"{raw.decode()}\n{body}".casefold()
        assert {value for value in _values(entry) if value.casefold() in said} == set()
        assert entry.reference.casefold() not in said
        assert council.register.prefix not in raw.decode().partition("\r\n\r\n")[0]


@pytest.mark.clause("A21")
def test_planted_values_would_be_found(entry: Entry) -> None:
    found = _values(entry)

    assert {"Wolverstoneham", "Pomegranate", "kaleidoscope", "cuttlefish", "HB-7719043"} <= found
    assert entry.reference in found


@pytest.mark.clause("A21")
def test_bulletin_says_what_to_do_and_leads_to_the_check(
    council: Council, entry: Entry, server: MailServer
) -> None:
    send(council, entry)
    deliver(at=timezone.now())

    (mail,) = server.messages
    body = mail.get_content()
    assert mail["Subject"] == "Cautionary register: there is a new entry"
    assert "check before you visit" in body
    links = [word for word in body.split() if "://" in word]
    assert links == [f"http://testserver{reverse('cautionary:check')}"]


# The right people (A21, L1)


@pytest.mark.clause("A21")
def test_those_who_read_the_entry_are_told_and_nobody_else(council: Council, entry: Entry) -> None:
    reader = make_reader(council)
    unbriefed = make_person("unbriefed")
    grant(council, unbriefed)
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    make_reader(council, "other-service", service=council.revenues)
    waiting, ended, over, gone = (make_person(name) for name in ("w", "e", "o", "g"))
    for user in (waiting, ended, over, gone):
        grant(council, user)
    ReadingGrant.objects.filter(user=waiting).update(approved_at=None, approved_by=None)
    ReadingGrant.objects.filter(user=ended).update(ended_at=timezone.now())
    today = timezone.localdate()
    ReadingGrant.objects.filter(user=over).update(
        starts_on=today - timedelta(days=9), ends_on=today
    )
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    hold_post(council, make_person("dpo"), PostKind.DATA_PROTECTION)
    elsewhere = found_council(slug="other", prefix="OTH")
    make_reader(elsewhere, "elsewhere")

    told = readers_of(entry, at=timezone.now())

    assert set(told) == {reader, unbriefed, safety, council.owner}


@pytest.mark.clause("A21")
def test_somebody_who_reads_twice_over_is_told_once(council: Council, entry: Entry) -> None:
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    grant(council, safety)

    bulletin = send(council, entry)

    assert bulletin.recipients == 2
    assert OutboxMessage.objects.filter(bulletin=bulletin, to=safety).count() == 1


def test_bulletin_is_recorded(council: Council, entry: Entry) -> None:
    bulletin = send(council, entry)

    assert bulletin.queued_by == council.owner
    line = AccessRecord.objects.get(act=Act.BULLETIN)
    assert (line.reference, line.user) == (entry.reference, council.owner)


@pytest.mark.clause("A20")
def test_what_does_not_get_through_shows_as_undelivered(
    council: Council, entry: Entry, server: MailServer
) -> None:
    make_reader(council)
    OutboxMessage.objects.all().delete()
    server.answers = [TAKEN, NEVER]

    bulletin = send(council, entry)
    deliver(at=timezone.now())

    assert [each.bulletin for each in undelivered()] == [bulletin]


def test_erasing_the_entry_takes_its_messages_along(council: Council, entry: Entry) -> None:
    send(council, entry)

    entry.delete()

    assert not StaffBulletin.objects.exists()
    assert not OutboxMessage.objects.exists()


# Who may, and when


def test_others_do_not_send(council: Council, entry: Entry) -> None:
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)

    with pytest.raises(NotYourPost):
        send_bulletin(entry=entry, by=safety, at=timezone.now())


def test_owner_whose_briefing_lapsed_does_not_send(council: Council, entry: Entry) -> None:
    Briefing.objects.all().delete()

    with pytest.raises(BriefingLapsed):
        send(council, entry)


def test_owner_who_left_does_not_send(council: Council, entry: Entry) -> None:
    Appointment.objects.update(ended_at=timezone.now())

    with pytest.raises(NotYourPost):
        send(council, entry)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "held"},
        {"state": "ended", "why_ended": "error", "ended_at": datetime(2026, 1, 5, tzinfo=UTC)},
        {
            "starts_at": datetime(2025, 1, 5, tzinfo=UTC),
            "expires_at": datetime(2026, 1, 5, tzinfo=UTC),
        },
    ],
    ids=["held", "ended", "expired"],
)
def test_only_a_live_entry_is_told_of(
    council: Council, entry: Entry, facts: dict[str, Any]
) -> None:
    Entry.objects.update(**facts)

    with pytest.raises(IllegalMove):
        send(council, entry)

    assert not OutboxMessage.objects.exists()


def test_sent_twice_is_refused(council: Council, entry: Entry) -> None:
    send(council, entry)

    with pytest.raises(AlreadyDone):
        send(council, entry)


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("A20")
def test_four_senders_at_once_send_once(council: Council, entry: Entry) -> None:
    outcomes = race(*[lambda: send(council, entry)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert OutboxMessage.objects.filter(bulletin__entry=entry).count() == 1
