"""Disputes, corrections and withdrawals (L3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.corrections import (
    correct_entry,
    dispute_accuracy,
    settle_dispute,
    value_of,
    withdraw_entry,
)
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord, Correction, Entry, Letter, LookupState
from cautionary_plugin.rules.corrections import Correctable, correctable, in_words, read_address
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotYourPost
from cautionary_plugin.rules.identity import PostalAddress
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act, LetterKind, Outcome, Purpose, WhyEnded
from tests.council import Council, brief, hold_post, make_reader
from tests.factors import make_person
from tests.life import REPORTED, countersigned, decided, entered

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L3")]

WHY = "The tenancy file says so."


@pytest.fixture
def entry(council: Council) -> Entry:
    return entered(council)


def correct(council: Council, entry: Entry, fact: str, value: Any, **told: Any) -> Correction:
    options = {"reasons": WHY, "by": council.owner, "at": timezone.now()} | told
    return correct_entry(entry=entry, fact=Correctable(fact), value=value, **options)


def fault(act: Any) -> list[str]:
    with pytest.raises(BadInput) as refusal:
        act()
    return list(refusal.value.problems)


def ask(officer: Any, words: str) -> Outcome:
    return check_register(
        question=Question(name=words),
        purpose=Purpose.HOME_VISIT,
        by=officer,
        at=timezone.now(),
    ).outcome


# Disputes


@pytest.mark.parametrize("kind", [PostKind.DATA_PROTECTION, PostKind.ADMINISTRATOR])
def test_dispute_stands_until_the_owner_settles_it_with_reasons(
    council: Council, entry: Entry, kind: PostKind
) -> None:
    clerk, now = make_person("clerk"), timezone.now()
    hold_post(council, clerk, kind)

    disputed = dispute_accuracy(entry=entry, by=clerk, at=now)
    with pytest.raises(AlreadyDone):
        dispute_accuracy(entry=entry, by=clerk, at=now)
    with pytest.raises(NotYourPost):
        settle_dispute(entry=entry, reasons=WHY, by=clerk, at=now)
    assert fault(lambda: settle_dispute(entry=entry, reasons="", by=council.owner, at=now)) == [
        "reasons"
    ]
    settle_dispute(entry=entry, reasons=WHY, by=council.owner, at=now)

    entry.refresh_from_db()
    assert (disputed.disputed_at, entry.disputed_at) == (now, None)
    assert Correction.objects.get().reasons == WHY
    assert AccessRecord.objects.filter(act=Act.CORRECTED).count() == 2
    with pytest.raises(AlreadyDone):
        settle_dispute(entry=entry, reasons=WHY, by=council.owner, at=now)


def test_reader_disputes_nothing(council: Council, entry: Entry) -> None:
    with pytest.raises(NotYourPost):
        dispute_accuracy(entry=entry, by=make_reader(council), at=timezone.now())


# Corrections


def test_correction_keeps_what_stood_there_before_sealed(council: Council, entry: Entry) -> None:
    before = entry.changed

    made = correct(council, entry, "handling", "Meet him at the office only.")

    entry.refresh_from_db()
    assert entry.handling == "Meet him at the office only."
    assert entry.changed > before
    assert (made.fact, made.before, made.after, made.reasons, made.made_by) == (
        "handling",
        "Do not visit alone.",
        "Meet him at the office only.",
        WHY,
        council.owner,
    )
    raw = Correction.objects.values_list("before", "after").get()
    assert all(b"visit" not in bytes(value) for value in raw)
    assert AccessRecord.objects.get(act=Act.CORRECTED).reference == entry.reference


def test_name_that_was_put_right_is_found_and_the_wrong_one_is_not(
    council: Council, entry: Entry
) -> None:
    officer = make_reader(council)
    assert ask(officer, REPORTED) == Outcome.FOUND

    correct(council, entry, "names", ("Leopold Wainscott",))

    assert ask(officer, "Leopold Wainscott") == Outcome.FOUND
    assert ask(officer, REPORTED) == Outcome.NONE_RECORDED
    assert LookupState.objects.get().entries == 1


VALUES = {
    "names": ("Leopold Wainscott", "Leo"),
    "born_on": date(1962, 1, 1),
    "approximate_birth_year": 1962,
    "addresses": (PostalAddress(("1 Low Row", "Weldham"), "WX9 9ZZ", "100012345678"),),
    "phones": ("01632 960001",),
    "emails": ("someone@example.org",),
    "identifiers": ("T-44",),
    "address": PostalAddress(("1 Low Row",)),
    "hazard": "One small dog",
    "handling": "Phone the night before.",
    "markers": ["weapon"],
    "control_measures": ["office_only"],
    "restrictions": ["telephone"],
    "permitted_contact": "By letter",
    "spoc": "Tenancy manager",
    "basis": "Something else happened.",
    "fact_on": date(2026, 1, 2),
    "legal_condition": "vital_interests",
}


@pytest.mark.parametrize("fact", list(Correctable))
def test_every_fact_can_be_put_right_on_its_kind_of_entry_and_on_no_other(
    council: Council, fact: Correctable
) -> None:
    for kind in ("person", "premises"):
        report = countersigned(council, make_person(kind), kind)
        told = {"another_person": "Another of that kind, for the test."}
        entry = decided(council, report=report, told=told).entry
        if fact not in correctable(kind):
            assert fault(lambda: correct(council, entry, fact, VALUES[fact])) == ["fact"]  # noqa: B023
            continue
        correct(council, entry, fact, VALUES[fact])
        again = Entry.objects.get(pk=entry.pk)
        assert value_of(again, fact) == VALUES[fact]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("names", ()),
        ("handling", ""),
        ("markers", []),
        ("control_measures", []),
        ("handling", "Do not visit alone."),  # stands there already
        ("fact_on", date(2999, 1, 1)),
        ("born_on", date(2999, 1, 1)),
        ("born_on", date(timezone.localdate().year - 8, 1, 1)),  # under ten
        ("born_on", date(timezone.localdate().year - 15, 1, 1)),  # a child, and nobody signed
        ("approximate_birth_year", 1500),
    ],
)
def test_what_cannot_be_is_refused(council: Council, fact: str, value: Any) -> None:
    entry = entered(council)
    if fact == "approximate_birth_year":
        correct(council, entry, "born_on", None)

    assert fault(lambda: correct(council, entry, fact, value)) == ["value"]


def test_last_fact_besides_the_name_cannot_be_taken_away(council: Council, entry: Entry) -> None:
    correct(council, entry, "born_on", None)

    assert fault(lambda: correct(council, entry, "addresses", ())) == ["value"]


def test_correction_takes_reasons_and_the_owner(council: Council, entry: Entry) -> None:
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)

    assert fault(lambda: correct(council, entry, "spoc", "Me", reasons="")) == ["reasons"]
    with pytest.raises(NotYourPost):
        correct(council, entry, "spoc", "Me", by=safety)
    assert not Correction.objects.exists()


def test_what_decides_how_long_and_how_high_is_no_fact_to_correct() -> None:
    codes = {fact.value for fact in Correctable}

    assert codes.isdisjoint({"expires_at", "expires_on", "risk", "state", "starts_at"})


def test_entry_that_counts_no_more_is_neither_disputed_nor_corrected(
    council: Council, entry: Entry
) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Entry.objects.update(starts_at=past - timedelta(days=1), expires_at=past)

    with pytest.raises(IllegalMove):
        correct(council, entry, "spoc", "Me")
    with pytest.raises(IllegalMove):
        dispute_accuracy(entry=entry, by=council.owner, at=timezone.now())


@pytest.mark.parametrize(
    "line", ["7 Gantry Mews, Weldham, WX1 9ZZ, UPRN 100012345678", "7 Gantry Mews, wx19zz", ""]
)
def test_address_reads_as_it_is_written(line: str) -> None:
    assert in_words(Correctable.ADDRESS, read_address(line)) == line


# Withdrawals


def withdraw(council: Council, entry: Entry, reasons: str = WHY) -> Entry:
    return withdraw_entry(entry=entry, reasons=reasons, by=council.owner, at=timezone.now())


def test_withdrawn_entry_ends_at_once_and_for_good(council: Council, entry: Entry) -> None:
    officer = make_reader(council)

    ended = withdraw(council, entry)

    assert (ended.state, ended.why_ended) == (EntryState.ENDED, WhyEnded.ERROR)
    assert ask(officer, REPORTED) == Outcome.NONE_RECORDED
    assert AccessRecord.objects.get(act=Act.REMOVED).reference == entry.reference
    assert Correction.objects.get().reasons == WHY
    with pytest.raises(IllegalMove):
        withdraw(council, entry)


def test_letter_that_was_not_written_is_owed_no_more(council: Council, entry: Entry) -> None:
    withdraw(council, entry)

    assert not Letter.objects.exists()


@pytest.mark.clause("A22")
def test_individual_who_may_have_had_a_letter_is_written_to(council: Council, entry: Entry) -> None:
    Letter.objects.update(issued_at=timezone.now())

    withdraw(council, entry)

    removal = Letter.objects.get(kind=LetterKind.REMOVAL)
    assert (removal.entry, removal.sent_on) == (entry, None)


def test_withdrawal_takes_reasons_and_the_owner(council: Council, entry: Entry) -> None:
    assert fault(lambda: withdraw(council, entry, "")) == ["reasons"]
    with pytest.raises(NotYourPost):
        withdraw_entry(entry=entry, reasons=WHY, by=make_reader(council), at=timezone.now())
    entry.refresh_from_db()
    assert entry.state == EntryState.LIVE
