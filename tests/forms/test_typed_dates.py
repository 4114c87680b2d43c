"""Dates are read as officers type them; what cannot be read is refused with an example."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from cautionary_plugin.forms.fields import BirthDateField, TypedDateField

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        "21/11/26",
        "21.11.26",
        "21-11-26",
        "21 11 26",
        "21 Nov 26",
        "21-Nov-26",
        "21 november 26",
        "21st November 2026",
        "21 Nov. 2026",
        "Nov 21, 2026",
        "21/11/2026",
        "21-11-2026",
        "21.11.2026",
        " 21112026 ",
        "2026-11-21",
        "2026/11/21",
    ],
)
def test_date_is_read_in_any_of_the_usual_ways(typed: str) -> None:
    assert TypedDateField().clean(typed) == DAY


def test_single_figures_are_day_and_month_the_british_way_round() -> None:
    assert TypedDateField().clean("3/4/26") == date(2026, 4, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday",
        "21/11",
        "31/11/26",
        "21/13/26",
        "21/11/26 or 22/11/26",
        "21/11/226",
        "21/11/26\0",
        f"21/11/26{' ' * 5000}or not",
    ],
    ids=range(8),
)
@pytest.mark.parametrize("field", [TypedDateField(), BirthDateField()])
def test_what_is_no_date_is_refused_with_an_example(field: TypedDateField, typed: str) -> None:
    with pytest.raises(ValidationError, match="Write it like 21/11/2026"):
        field.clean(typed)


def test_two_figures_are_the_nearest_year_and_of_a_birth_one_that_has_been() -> None:
    assert TypedDateField().clean("21/11/31") == date(2031, 11, 21)
    assert BirthDateField().clean("21/11/31") == date(1931, 11, 21)
    assert BirthDateField().clean("27 Mar 84") == date(1984, 3, 27)
    assert BirthDateField().clean("22/11/26") == date(2026, 11, 22)
    assert BirthDateField().clean("23/11/26") == date(1926, 11, 23)


def test_leap_day_of_two_figures_is_the_century_that_had_it() -> None:
    assert TypedDateField().clean("29/2/00") == date(2000, 2, 29)
