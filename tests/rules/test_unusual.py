"""What use is worth asking about (L5)."""

from datetime import date, datetime

import pytest

from cautionary_plugin.rules.unusual import (
    Hour,
    Unusual,
    Use,
    many_looks,
    out_of_hours,
    share_a_surname,
)
from cautionary_plugin.rules.vocabulary import Nation
from cautionary_plugin.rules.working_days import WorkingCalendar

pytestmark = pytest.mark.clause("L5")

WEDNESDAY = date(2026, 12, 2)
CALENDAR = WorkingCalendar(Nation.ENGLAND, frozenset({date(2026, 12, 3)}))


def hour(of_day: int, looks: int, *, who: str = "7", day: date = WEDNESDAY) -> Hour:
    return Hour(who, datetime(day.year, day.month, day.day, of_day), looks)


def test_more_than_the_most_on_one_day_is_many() -> None:
    hours = [hour(9, 30), hour(15, 31), hour(9, 60, who="8"), hour(9, 1, day=date(2026, 12, 3))]

    assert many_looks(hours, most=60) == [Use(Unusual.MANY, "7", WEDNESDAY, 61)]


@pytest.mark.parametrize(
    ("at", "day", "odd"),
    [
        (7, WEDNESDAY, False),
        (19, WEDNESDAY, False),
        (6, WEDNESDAY, True),
        (20, WEDNESDAY, True),
        (12, date(2026, 12, 5), True),  # a Saturday
        (12, date(2026, 12, 25), True),  # a bank holiday
        (12, date(2026, 12, 3), True),  # the council is closed
    ],
)
def test_look_out_of_hours_or_on_a_day_off_is_told(at: int, day: date, odd: bool) -> None:
    found = out_of_hours([hour(at, 2, day=day)], calendar=CALENDAR, opens=7, closes=20)

    assert found == ([Use(Unusual.OUT_OF_HOURS, "7", day, 2)] if odd else [])


def test_looks_out_of_hours_of_one_day_are_told_together() -> None:
    found = out_of_hours(
        [hour(5, 2), hour(12, 9), hour(22, 3)], calendar=CALENDAR, opens=7, closes=20
    )

    assert [use.looks for use in found] == [5]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"fenwick"}, {"fenwick"}, True),
        ({"smith", "jones"}, {"jones"}, True),
        ({"fenwick"}, {"gantry"}, False),
        ({"a"}, {"a"}, False),
        (set(), set(), False),
    ],
)
def test_surname_is_shared_by_a_word_of_it(one: set[str], other: set[str], same: bool) -> None:
    assert share_a_surname(one, other) is same
