"""When a file is to be erased, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from cautionary_plugin.rules.retention import (
    CaseFacts,
    Cause,
    EntryFacts,
    FileFacts,
    ReportFacts,
    Terms,
    due,
    is_to_be_erased,
)

T0 = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
TERMS = Terms(
    declined=timedelta(days=90),
    warned=timedelta(days=365),
    undecided=timedelta(days=365),
    draft=timedelta(days=30),
)
LIVE, HELD = EntryFacts("live"), EntryFacts("held")
EXPIRED = EntryFacts("ended", "expired", T0)
ON_APPEAL = EntryFacts("ended", "appeal", T0)


def days(number: int) -> datetime:
    return T0 + timedelta(days=number)


def file(*entries: EntryFacts, **facts: object) -> FileFacts:
    return FileFacts(opened_at=T0, entries=entries, **facts)  # type: ignore[arg-type]


def report(state: str, outcome: str = "") -> FileFacts:
    decided = {"outcome": outcome, "decided_at": T0} if outcome else {}
    return file(report=ReportFacts(state, T0, **decided))  # type: ignore[arg-type]


@pytest.mark.clause("A32")
@pytest.mark.clause("A34")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (file(EXPIRED), (T0, Cause.EXPIRED)),
        (file(EXPIRED, owes_letters=True), (T0, Cause.EXPIRED)),
        (file(ON_APPEAL), (T0, Cause.ENDED)),
        (file(ON_APPEAL, owes_letters=True), (days(30), Cause.ENDED)),
        (file(EXPIRED, ON_APPEAL, owes_letters=True), (days(30), Cause.ENDED)),
        (report("decided", "decline"), (days(90), Cause.DECLINED)),
        (report("decided", "warning"), (days(365), Cause.WARNED)),
        (report("draft"), (days(30), Cause.DRAFT)),
        (report("submitted"), (days(365), Cause.UNDECIDED)),
        (report("returned"), (days(365), Cause.UNDECIDED)),
        (report("countersigned"), (days(365), Cause.UNDECIDED)),
        (file(), (days(365), Cause.UNDECIDED)),
        (file(LIVE), None),
        (file(HELD), None),
        (file(EXPIRED, LIVE), None),
    ],
)
def test_when_a_file_is_due(facts: FileFacts, expected: tuple[datetime, Cause] | None) -> None:
    assert due(facts, TERMS) == expected


def test_file_is_erased_from_its_day_on_and_not_before() -> None:
    declined = report("decided", "decline")

    assert is_to_be_erased(declined, TERMS, at=days(90) - timedelta(seconds=1)) is None
    assert is_to_be_erased(declined, TERMS, at=days(90)) == Cause.DECLINED
    assert is_to_be_erased(declined, TERMS, at=days(4000)) == Cause.DECLINED


@pytest.mark.clause("L13")
def test_legal_hold_stops_the_erasing_and_leaves_the_day_as_it_is() -> None:
    facts = file(EXPIRED, held=True)

    assert due(facts, TERMS) == (T0, Cause.EXPIRED)
    assert is_to_be_erased(facts, TERMS, at=days(1)) is None


@pytest.mark.clause("A34")
def test_requests_keep_a_file_for_three_months_from_the_day_it_was_due() -> None:
    facts = file(EXPIRED, asked=True)

    assert due(facts, TERMS) == (T0, Cause.EXPIRED)
    assert is_to_be_erased(facts, TERMS, at=days(91)) is None
    assert is_to_be_erased(facts, TERMS, at=days(92)) == Cause.EXPIRED


@pytest.mark.clause("A34")
@pytest.mark.parametrize(("ended", "until"), [(-30, 92), (200, 292)])
def test_requests_keep_a_file_from_the_end_of_a_legal_hold_that_kept_it_longer(
    ended: int, until: int
) -> None:
    facts = file(EXPIRED, asked=True, held_until=days(ended))

    assert is_to_be_erased(facts, TERMS, at=days(until - 1)) is None
    assert is_to_be_erased(facts, TERMS, at=days(until)) == Cause.EXPIRED


WAITING = CaseFacts("waiting", T0)
DECIDED_BY_PANEL = ReportFacts("decided", T0)


def settled(outcome: str, *, after: int = 0) -> CaseFacts:
    return CaseFacts("decided", days(after), outcome)


@pytest.mark.clause("A32")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (file(cases=(WAITING,)), (days(365), Cause.UNDECIDED)),
        (file(cases=(settled("no_action"),)), (days(90), Cause.DECLINED)),
        (file(cases=(settled(""),)), (days(90), Cause.DECLINED)),
        (file(cases=(CaseFacts("withdrawn", T0),)), (days(90), Cause.DECLINED)),
        (file(cases=(settled("letter"),)), (days(365), Cause.WARNED)),
        (file(cases=(settled("spoc"),), arrangements=(days(9),)), (days(365), Cause.WARNED)),
        (file(cases=(settled("spoc"),), arrangements=(days(400),)), (days(400), Cause.ARRANGED)),
        (file(cases=(settled("spoc"),), arrangements=(days(9), None)), None),
        (file(arrangements=(None,), held=True), None),
        (
            file(report=DECIDED_BY_PANEL, cases=(settled("no_action"),)),
            (days(90), Cause.DECLINED),
        ),
        (
            file(report=ReportFacts("submitted", T0), cases=(settled("no_action"),)),
            (days(365), Cause.UNDECIDED),
        ),
        (file(cases=(settled("letter"), settled("", after=300))), (days(390), Cause.DECLINED)),
        (file(EXPIRED, cases=(settled("no_action", after=9),)), (T0, Cause.EXPIRED)),
        (file(EXPIRED, cases=(WAITING,)), (days(365), Cause.UNDECIDED)),
        (file(EXPIRED, arrangements=(T0,)), (T0, Cause.EXPIRED)),
        (file(EXPIRED, arrangements=(T0, None)), None),
        (file(EXPIRED, diverts_end=(T0,)), (days(14), Cause.EXPIRED)),
        (file(ON_APPEAL, owes_letters=True, diverts_end=(T0,)), (days(30), Cause.ENDED)),
        (file(LIVE, diverts_end=(T0,)), None),
    ],
)
def test_when_a_file_of_the_panel_is_due(
    facts: FileFacts, expected: tuple[datetime, Cause] | None
) -> None:
    assert due(facts, TERMS) == expected
