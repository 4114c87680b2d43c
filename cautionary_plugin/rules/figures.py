"""Figures for the health and safety manager, with small numbers suppressed.

A count below five may point at somebody: it is neither shown nor to be worked out from a total.
"""

from dataclasses import dataclass
from datetime import date

from .vocabulary import Vocabulary

SMALLEST_SHOWN = 5
SUPPRESSED = "fewer than 5"


class Measure(Vocabulary):
    """What is counted."""

    REPORTED = "reported", "Reports by month and kind"
    DECIDED = "decided", "Decisions by month and outcome"
    WAITED = "waited", "Working days from report to decision"
    ENTERED = "entered", "Entries added, by subject"
    GRADED = "graded", "Entries added, by risk"
    LEFT = "left", "Entries removed, by why"
    LASTED = "lasted", "Entries removed, by time on the register"
    PEOPLE = "people", "People with access"


class Span(Vocabulary):
    """How long a decision took, in working days."""

    WEEK = "5", "Up to 5"
    FORTNIGHT = "10", "6 to 10"
    MONTH = "20", "11 to 20"
    LONGER = "more", "More than 20"


def span_of(working_days: int) -> Span:
    """The span that a number of working days falls into."""
    for span in (Span.WEEK, Span.FORTNIGHT, Span.MONTH):
        if working_days <= int(span.value):
            return span
    return Span.LONGER


def shown(count: int) -> str:
    """A count as it may be shown: nought is nobody, and one to four is not told."""
    return SUPPRESSED if 0 < count < SMALLEST_SHOWN else f"{count:,}"


def drawn(count: int) -> int | None:
    """A count as it may be drawn: None where it is suppressed."""
    return None if 0 < count < SMALLEST_SHOWN else count


def total_shown(counts: list[int]) -> str:
    """A total, unless it would give away a count that is suppressed.

    One that is suppressed alone would be what is missing from it; and of several, each would be
    the least or the most that it can be.
    """
    hidden = [count for count in counts if drawn(count) is None]
    extremes = (len(hidden), len(hidden) * (SMALLEST_SHOWN - 1))
    if len(hidden) == 1 or (hidden and sum(hidden) in extremes and sum(counts) >= SMALLEST_SHOWN):
        return SUPPRESSED_TOTAL
    return shown(sum(counts))


SUPPRESSED_TOTAL = "not shown"


def months_back(day: date, count: int) -> list[date]:
    """The first days of the last so many months, this one last."""
    number = day.year * 12 + day.month - 1
    return [date(*_year_and_month(each), 1) for each in range(number - count + 1, number + 1)]


def _year_and_month(number: int) -> tuple[int, int]:
    return number // 12, number % 12 + 1


@dataclass(frozen=True)
class Table:
    """One table of counts, as a chart and its table show it.

    :ivar rows: heading of the row → one count for each column.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def is_empty(self) -> bool:
        return not any(count for _heading, counts in self.rows for count in counts)
