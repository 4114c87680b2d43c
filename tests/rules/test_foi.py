"""Years, bands, and when a total is broken down (L6)."""

from datetime import date

import pytest

from cautionary_plugin.rules.foi import (
    BREAKDOWNS,
    TOO_FEW,
    Lasted,
    Subject,
    Year,
    break_down,
    in_words,
    lasted,
    subject_of,
    year_of,
    years_over,
)
from cautionary_plugin.rules.small_numbers import Hidden, protect_flow

ADDED = BREAKDOWNS[0]


def _told(counts: dict[str, int]) -> dict[str, str]:
    total = sum(counts.values())
    flow = protect_flow(start=50, added=total, removed=0, end=50 + total)
    table = break_down(ADDED, counts, flow)
    return {words: in_words(cell) for words, cell in table.rows} or {"why": table.why}


@pytest.mark.parametrize(
    ("day", "starts", "first"),
    [
        (date(2026, 3, 31), 4, date(2025, 4, 1)),
        (date(2026, 4, 1), 4, date(2026, 4, 1)),
        (date(2026, 12, 31), 1, date(2026, 1, 1)),
    ],
)
def test_year_of_a_day(day: date, starts: int, first: date) -> None:
    assert year_of(day, starts=starts) == Year(first)


def test_years_that_are_over_are_the_latest_first_and_without_this_one() -> None:
    years = years_over(since=date(2024, 6, 1), on=date(2026, 4, 1), starts=4)

    assert [year.words for year in years] == [
        "April 2025 to March 2026",
        "April 2024 to March 2025",
    ]
    assert years_over(since=date(2026, 4, 1), on=date(2027, 3, 31), starts=4) == []


@pytest.mark.parametrize(
    ("born_on", "group"),
    [
        (None, Subject.UNKNOWN),
        (date(2008, 12, 3), Subject.CHILD),
        (date(2008, 12, 2), Subject.YOUNG),
        (date(1996, 12, 2), Subject.THIRTIES),
        (date(1981, 12, 2), Subject.MIDDLE),
        (date(1966, 12, 2), Subject.OLDER),
    ],
)
def test_group_by_age_on_the_day(born_on: date | None, group: Subject) -> None:
    assert subject_of(born_on, on=date(2026, 12, 2)) is group


@pytest.mark.parametrize(
    ("until", "span"),
    [
        (date(2026, 6, 30), Lasted.MONTHS),
        (date(2026, 7, 1), Lasted.HALF),
        (date(2027, 1, 1), Lasted.YEAR),
        (date(2028, 1, 1), Lasted.YEAR),
        (date(2028, 1, 2), Lasted.YEARS),
    ],
)
def test_span_on_the_register(until: date, span: Lasted) -> None:
    assert lasted(date(2026, 1, 1), until) is span


@pytest.mark.clause("L6")
def test_large_total_is_broken_down_finely_a_smaller_one_in_two_and_a_small_one_not() -> None:
    assert _told({Subject.YOUNG: 30, Subject.PREMISES: 5})["People of 18 to 29"] == "30"
    assert _told({Subject.YOUNG: 20, Subject.PREMISES: 5}) == {"People": "20", "Premises": "5"}
    assert _told({Subject.YOUNG: 9}) == {"why": TOO_FEW}
    assert _told({}) == {"why": "There were none."}


@pytest.mark.clause("L6")
def test_what_is_not_told_is_not_broken_down_either() -> None:
    flow = protect_flow(start=50, added=40, removed=3, end=87)

    assert flow.added is Hidden.ANY
    assert break_down(ADDED, {Subject.YOUNG: 40}, flow).rows == ()
