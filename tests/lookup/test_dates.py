"""Dates of birth as they are typed, and how near they come."""

import pytest

from cautionary_plugin.lookup import dates
from cautionary_plugin.lookup.dates import Born


@pytest.mark.parametrize(
    "typed",
    [
        "3/4/1970",
        "03.04.1970",
        "03-04-70",
        "1970-04-03",
        "19700403",
        "03041970",
        "3 april 1970",
        "3rd apr 70",
        "april 3, 1970",
    ],
)
def test_take_reads_a_date_in_the_ways_it_is_typed(typed: str) -> None:
    readings, rest = dates.take(f"john {typed} smith")
    assert Born(1970, 4, 3) in readings
    assert rest.split() == ["john", "smith"]


def test_take_keeps_a_date_that_no_calendar_has() -> None:
    assert dates.take("31/02/1970")[0] == (Born(1970, 2, 31),)


@pytest.mark.parametrize("text", ["14 mill road", "flat 2/14", "07700 900123", ""])
def test_take_finds_no_date_where_there_is_none(text: str) -> None:
    assert dates.take(text) == ((), text)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        (Born(1970, 4, 3), "exact"),
        (Born(1970, 3, 4), "swapped"),
        (Born(1970, 4, 8), "near"),
        (Born(1970, 9, 3), "near"),
        (Born(1971, 4, 3), "near"),
        (Born(1980, 4, 3), "near"),
        (Born(1907, 4, 3), "near"),
        (Born(1933, 4, 3), "part"),
        (Born(1988, 11, 30), "differs"),
    ],
)
def test_compare_grades_how_near_a_date_comes(typed: Born, level: str) -> None:
    assert dates.compare(typed, Born(1970, 4, 3)) == level


@pytest.mark.parametrize("typed", [Born(1970, 4, 8), Born(1970, 9, 3), Born(1980, 4, 3)])
def test_keys_are_shared_by_a_date_with_one_part_wrong(typed: Born) -> None:
    assert set(dates.keys(typed)) & set(dates.keys(Born(1970, 4, 3)))


@pytest.mark.parametrize(
    "typed",
    [Born(1970, 64, 17), Born(1976, 1, 47), Born(1976, 74, 10), Born(6197, 14, 74)],
    ids=["year and month", "month and day", "day and month", "a mess"],
)
def test_swap_over_a_gap_is_near_and_leads_there_either_way_of_writing(typed: Born) -> None:
    """1976-04-17 typed 1970-64-17 or 1976-01-47, and 17.04.1976 typed 10.74.1976."""
    known = Born(1976, 4, 17)
    near = typed.year < 2000
    assert (dates.compare(typed, known) == "near") is near
    assert (known in dates.slips(typed)) is near
