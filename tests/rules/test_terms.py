"""Calendar months, and the term of an entry (A28, A29)."""

from datetime import date

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.terms import check_end, months_after

START = date(2026, 3, 27)


@pytest.mark.clause("A29")
@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (START, 0, START),
    ],
)
def test_months_after_is_a_calendar_anniversary(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@pytest.mark.clause("A29")
@pytest.mark.parametrize("end", [date(2026, 3, 28), date(2029, 3, 27)])
def test_end_within_the_longest_term_passes(end: date) -> None:
    check_end(start=START, end=end, longest_months=36)

    assert end > START


@pytest.mark.clause("A29")
@pytest.mark.parametrize("end", [START, date(2026, 3, 26), date(2029, 3, 28)])
def test_end_before_the_start_or_past_the_longest_term_is_refused(end: date) -> None:
    with pytest.raises(BadInput) as refusal:
        check_end(start=START, end=end, longest_months=36)

    assert list(refusal.value.problems) == ["expires_on"]
