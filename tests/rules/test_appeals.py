"""When an appeal is in time, who may hear it, and what an outcome waits for."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cautionary_plugin.rules.appeals import (
    Comment,
    TookPart,
    acknowledge_by,
    check_day_of_complaint,
    check_enough_hearers,
    check_lodged_in_time,
    check_may_hear,
    check_ready_to_propose,
    last_day_to_lodge,
    why_excluded,
)
from cautionary_plugin.rules.errors import BadInput, Excluded, NotReady
from cautionary_plugin.rules.vocabulary import Nation
from cautionary_plugin.rules.working_days import WorkingCalendar

ENGLAND = WorkingCalendar(Nation.ENGLAND)
TOLD, LAST = date(2026, 11, 2), date(2026, 11, 30)


def _lodge(**facts: object) -> None:
    given_facts = {
        "lodged_on": LAST,
        "begun_on": date(2026, 10, 30),
        "last_day": LAST,
        "today": date(2026, 12, 10),
        "late_reasons": "",
    }
    check_lodged_in_time(**(given_facts | facts))  # type: ignore[arg-type]


@pytest.mark.clause("A24")
def test_twenty_working_days_are_counted_from_the_letter() -> None:
    assert last_day_to_lodge(told_on=TOLD, days=20, calendar=ENGLAND) == LAST


@pytest.mark.clause("A24")
def test_last_day_is_in_time_and_the_next_needs_reasons() -> None:
    _lodge()
    with pytest.raises(BadInput) as refused:
        _lodge(lodged_on=LAST + timedelta(days=1))
    _lodge(lodged_on=LAST + timedelta(days=1), late_reasons="Was in hospital until then.")

    assert set(refused.value.problems) == {"late_reasons"}


@pytest.mark.parametrize("day", [date(2026, 10, 29), date(2026, 12, 11)])
def test_appeal_before_the_entry_or_after_today_is_no_appeal(day: date) -> None:
    with pytest.raises(BadInput) as refused:
        _lodge(lodged_on=day)

    assert set(refused.value.problems) == {"lodged_on"}


@settings(deadline=None)  # the first look at a year's bank holidays takes its time
@given(
    told=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    days=st.integers(1, 60),
    nation=st.sampled_from(list(Nation)),
)
def test_last_day_is_a_working_day_and_leaves_so_many(
    told: date, days: int, nation: Nation
) -> None:
    calendar = WorkingCalendar(nation)

    last = last_day_to_lodge(told_on=told, days=days, calendar=calendar)

    assert calendar.is_working(last)
    assert calendar.between(told, last) == days


@pytest.mark.clause("A25")
@pytest.mark.parametrize("part", [each.name for each in fields(TookPart)])
def test_each_part_in_the_matter_excludes(part: str) -> None:
    took_part = TookPart(**{part: {7}})

    with pytest.raises(Excluded):
        check_may_hear(7, took_part)
    check_may_hear(8, took_part)


@pytest.mark.clause("A25")
def test_reason_of_exclusion_is_told_without_a_name() -> None:
    assert why_excluded(7, TookPart(countersigners={7})) == "countersigned a report about it"
    assert why_excluded(7, TookPart(countersigners={8})) is None


@pytest.mark.clause("A25")
@pytest.mark.parametrize(("count", "enough"), [(0, False), (1, False), (2, True), (3, True)])
def test_so_many_hearers_are_needed(count: int, enough: bool) -> None:
    if enough:
        check_enough_hearers(count, needed=2)
        return
    with pytest.raises(BadInput) as refused:
        check_enough_hearers(count, needed=2)
    assert set(refused.value.problems) == {"users"}


@pytest.mark.clause("A26")
def test_outcome_waits_for_each_comment_that_is_not_settled() -> None:
    waiting = Comment(settled=False, due_on=date(2026, 12, 4))

    with pytest.raises(NotReady) as refused:
        check_ready_to_propose([Comment(settled=True), waiting], hearers=2, hearers_needed=2)

    assert refused.value.missing == [
        "A comment of an employee is waited for until Friday 4 December 2026."
    ]
    check_ready_to_propose([Comment(settled=True)], hearers=2, hearers_needed=2)


@pytest.mark.clause("A25")
def test_outcome_waits_for_enough_hearers() -> None:
    with pytest.raises(NotReady, match="2 hearers are needed, and 1 are named"):
        check_ready_to_propose([], hearers=1, hearers_needed=2)


@pytest.mark.clause("L10")
def test_complaint_is_acknowledged_within_thirty_days_of_the_calendar() -> None:
    assert acknowledge_by(date(2026, 12, 2)) == date(2027, 1, 1)


@pytest.mark.clause("L10")
@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2026, 12, 1), False),
        (date(2026, 12, 2), True),
        (date(2026, 12, 9), True),
        (date(2026, 12, 10), False),
    ],
)
def test_acknowledgement_lies_between_the_complaint_and_today(day: date, fits: bool) -> None:
    facts = {"field": "f", "not_before": date(2026, 12, 2), "today": date(2026, 12, 9)}
    if fits:
        check_day_of_complaint(day, **facts)
        return
    with pytest.raises(BadInput):
        check_day_of_complaint(day, **facts)
