"""Dates as officers type them, beyond what Django reads: 21/11/26, 21.11.26, 21st Nov 2026.

The lookup knows how dates are typed; a form takes what it reads, where it is all that was typed.
"""

from collections.abc import Sequence
from datetime import date

from cautionary_plugin.lookup.dates import Born, take
from cautionary_plugin.lookup.normalise import fold

FORMATS = ["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
LONGEST = 40


def typed_days(text: str) -> list[date]:
    """The days that the text may mean, the earliest first: two where the year has two figures."""
    if len(text) > LONGEST or "\0" in text:
        return []
    readings, rest = take(fold(text))
    if rest.strip():
        return []
    return sorted(day for day in map(_day, readings) if day)


def nearest(days: Sequence[date], today: date) -> date:
    """The day that is nearest to today."""
    return min(days, key=lambda day: abs(day - today))


def latest(days: Sequence[date], today: date) -> date:
    """The last day that is not to come; where all are, the first of them, for a rule to refuse."""
    return max((day for day in days if day <= today), default=days[0])


def _day(born: Born) -> date | None:
    try:
        return date(*born)
    except ValueError:
        return None
