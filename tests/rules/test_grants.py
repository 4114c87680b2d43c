"""Who may give what to whom, and for how long (A5, A40)."""

from datetime import date

import pytest

from cautionary_plugin.rules.errors import BadInput, SamePerson
from cautionary_plugin.rules.grants import (
    check_appointment_period,
    check_grant_period,
    check_reason,
    check_second_person,
)

START = date(2024, 2, 29)


@pytest.mark.clause("A40")
def test_second_person_must_be_another() -> None:
    check_second_person(first="one", second="other")

    with pytest.raises(SamePerson):
        check_second_person(first="one", second="one")


@pytest.mark.clause("A40")
@pytest.mark.parametrize("end", [START, date(2024, 2, 28), date(2026, 3, 1)])
def test_grant_that_ends_too_early_or_too_late_is_refused(end: date) -> None:
    with pytest.raises(BadInput) as refusal:
        check_grant_period(starts_on=START, ends_on=end, longest_months=24)

    assert list(refusal.value.problems) == ["ends_on"]


@pytest.mark.clause("A40")
def test_grant_lasts_the_longest_term_at_most() -> None:
    check_grant_period(starts_on=START, ends_on=date(2026, 2, 28), longest_months=24)

    with pytest.raises(BadInput, match="ends_on"):
        check_grant_period(starts_on=START, ends_on=date(2026, 3, 1), longest_months=24)


def test_appointment_may_be_open_ended_but_not_end_before_it_starts() -> None:
    check_appointment_period(starts_on=START, ends_on=None)
    check_appointment_period(starts_on=START, ends_on=date(2024, 3, 1))

    with pytest.raises(BadInput, match="ends_on"):
        check_appointment_period(starts_on=START, ends_on=START)


@pytest.mark.parametrize("text", ["", "urgent", " " * 30, "\u200b" * 30, "- . - . - . - . -"])
def test_reason_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        check_reason(text, field="reason")

    assert list(refusal.value.problems) == ["reason"]


def test_reason_in_another_script_says_something() -> None:
    check_reason("Обход адреса сегодня", field="reason")

    with pytest.raises(BadInput):
        check_reason("Обход", field="reason")
