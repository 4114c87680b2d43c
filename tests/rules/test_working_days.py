"""Working days, as the policy's clocks count them (A20, A22)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.vocabulary import Nation
from cautionary_plugin.rules.working_days import WorkingCalendar

ENGLAND = WorkingCalendar(Nation.ENGLAND)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.clause("A20")
@pytest.mark.clause("A22")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 30), date(2026, 12, 2)),  # Monday to Wednesday
        (date(2026, 12, 4), date(2026, 12, 8)),  # Friday to Tuesday
        (date(2026, 12, 5), date(2026, 12, 8)),  # a Saturday starts as its Friday does
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas, and Boxing Day on a Monday instead
        (date(2027, 3, 25), date(2027, 3, 31)),  # Good Friday and Easter Monday
    ],
)
def test_two_working_days_step_over_weekends_and_bank_holidays(start: date, due: date) -> None:
    assert ENGLAND.after(start, 2) == due


@pytest.mark.clause("A20")
@pytest.mark.parametrize(
    ("nation", "day"),
    [
        (Nation.SCOTLAND, date(2026, 11, 30)),  # St Andrew's Day
        (Nation.NORTHERN_IRELAND, date(2026, 3, 17)),  # St Patrick's Day
        (Nation.SCOTLAND, date(2026, 1, 2)),
    ],
)
def test_bank_holidays_are_those_of_the_nation(nation: Nation, day: date) -> None:
    assert not WorkingCalendar(nation).is_working(day)
    assert ENGLAND.is_working(day)


def test_easter_monday_is_a_working_day_in_scotland() -> None:
    assert WorkingCalendar(Nation.SCOTLAND).is_working(date(2026, 4, 6))
    assert not WorkingCalendar(Nation.WALES).is_working(date(2026, 4, 6))


@pytest.mark.clause("A22")
def test_days_on_which_the_council_is_closed_do_not_count() -> None:
    closed = frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)})

    assert WorkingCalendar(Nation.ENGLAND, closed).after(date(2026, 12, 24), 2) == date(2027, 1, 5)


@given(day=DAYS, count=st.integers(0, 30), nation=st.sampled_from(Nation))
def test_due_day_is_a_working_day_and_so_many_lie_between(
    day: date, count: int, nation: Nation
) -> None:
    calendar = WorkingCalendar(nation)

    due = calendar.after(day, count)

    assert count == 0 or calendar.is_working(due)
    assert calendar.between(day, due) == count
