"""Clocks in words."""

from datetime import date

import pytest

from cautionary_plugin.rules.due import due_in_words, is_overdue

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 12, 2), "due tomorrow, Wednesday 2 December 2026"),
        (date(2026, 12, 1), "due today, Tuesday 1 December 2026"),
        (date(2026, 12, 3), "due Thursday 3 December 2026"),
        (date(2026, 11, 30), "overdue by 1 day: was due Monday 30 November 2026"),
        (date(2026, 11, 20), "overdue by 11 days: was due Friday 20 November 2026"),
    ],
)
def test_clock_is_told_in_words(due_on: date, words: str) -> None:
    assert due_in_words(due_on, today=TODAY) == words


def test_due_day_itself_is_in_time() -> None:
    assert not is_overdue(TODAY, today=TODAY)
    assert is_overdue(TODAY, today=date(2026, 12, 2))
