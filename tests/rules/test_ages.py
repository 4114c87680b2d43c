"""Whom age keeps off the register, or holds (L2)."""

from datetime import date

import pytest

from cautionary_plugin.rules.ages import (
    age_on,
    check_birth_date,
    check_birth_year,
    needs_senior_sign_off,
)
from cautionary_plugin.rules.errors import BadInput

TODAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(1980, 12, 2), TODAY, 46),
        (date(1980, 12, 3), TODAY, 45),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (TODAY, TODAY, 0),
    ],
)
def test_age_is_completed_years_and_leap_day_counts_from_march(
    born_on: date, day: date, age: int
) -> None:
    assert age_on(day, born_on=born_on) == age


@pytest.mark.clause("L2")
@pytest.mark.parametrize(
    "born_on",
    [
        date(2026, 12, 3),  # tomorrow
        date(2016, 12, 3),  # ten tomorrow
        date(1915, 12, 2),  # 111 today
        date(1850, 1, 1),
    ],
)
def test_birth_date_of_nobody_who_may_be_listed_is_refused(born_on: date) -> None:
    with pytest.raises(BadInput) as refusal:
        check_birth_date(born_on, on=TODAY)

    assert list(refusal.value.problems) == ["born_on"]


@pytest.mark.parametrize("born_on", [date(2016, 12, 2), date(1915, 12, 3), date(1980, 5, 5)])
def test_birth_date_from_ten_to_a_hundred_and_ten_passes(born_on: date) -> None:
    check_birth_date(born_on, on=TODAY)

    assert 10 <= age_on(TODAY, born_on=born_on) <= 110


@pytest.mark.clause("L2")
def test_senior_sign_off_is_needed_until_the_eighteenth_birthday() -> None:
    assert needs_senior_sign_off(date(2008, 12, 3), on=TODAY)
    assert not needs_senior_sign_off(date(2008, 12, 2), on=TODAY)


@pytest.mark.parametrize("year", [2027, 2016, 1850, 0, 10_000])
def test_birth_year_that_may_be_of_a_child_or_cannot_be_is_refused(year: int) -> None:
    with pytest.raises(BadInput) as refusal:
        check_birth_year(year, on=TODAY)

    assert list(refusal.value.problems) == ["approximate_birth_year"]


def test_birth_year_counts_as_its_last_day() -> None:
    check_birth_year(2015, on=TODAY)  # ten at least, and eleven on 31 December

    with pytest.raises(BadInput):
        check_birth_year(2016, on=TODAY)
