"""Small numbers are neither told, nor drawn, nor to be worked out."""

from datetime import date

import pytest

from cautionary_plugin.rules.figures import (
    SUPPRESSED,
    SUPPRESSED_TOTAL,
    Span,
    drawn,
    months_back,
    shown,
    span_of,
    total_shown,
)


@pytest.mark.clause("L6")
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_count_below_five_is_neither_told_nor_drawn(count: int) -> None:
    assert shown(count) == SUPPRESSED
    assert drawn(count) is None


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (5, "5"), (1234, "1,234")])
def test_nought_and_five_and_more_are_told_and_drawn(count: int, words: str) -> None:
    assert shown(count) == words
    assert drawn(count) == count


@pytest.mark.clause("L6")
def test_total_does_not_give_away_the_one_count_that_is_hidden() -> None:
    assert total_shown([7, 3, 10]) == SUPPRESSED_TOTAL
    assert total_shown([7, 3, 2]) == "12"
    assert total_shown([7, 1, 1]) == SUPPRESSED_TOTAL
    assert total_shown([4, 4]) == SUPPRESSED_TOTAL
    assert total_shown([2, 1]) == SUPPRESSED
    assert total_shown([7, 0]) == "7"


@pytest.mark.parametrize(
    ("days", "span"),
    [(0, Span.WEEK), (5, Span.WEEK), (6, Span.FORTNIGHT), (20, Span.MONTH), (21, Span.LONGER)],
)
def test_span_of_days(days: int, span: Span) -> None:
    assert span_of(days) is span


def test_months_back_step_over_the_year() -> None:
    assert months_back(date(2027, 2, 17), 4) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    ]
