"""Use of a register that somebody should be asked about (L5). None of it is wrong by itself."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from .vocabulary import Act, Vocabulary

# What counts as a look: a check, and whatever opens something that is about somebody.
LOOKS = frozenset(
    {
        Act.CHECKED,
        Act.VIEWED,
        Act.READ_REPORT,
        Act.READ_EVIDENCE,
        Act.READ_LETTER,
        Act.READ_APPEAL,
        Act.READ_CASE,
        Act.READ_PAPERS,
        Act.READ_MINUTES,
    }
)
# What lets somebody see an entry.
SEES_ENTRY = frozenset({Act.SHOWN, Act.VIEWED})


class Unusual(Vocabulary):
    """In which way use is unusual."""

    MANY = "many", "A great many looks on one day"
    OUT_OF_HOURS = "hours", "Looked out of hours"
    SAME_SURNAME = "surname", "Looked at somebody of the same surname"


@dataclass(frozen=True)
class Hour:
    """How often somebody looked within one hour of the clock.

    :ivar who: the key of the account.
    :ivar starts: in local time.
    """

    who: str
    starts: datetime
    looks: int


@dataclass(frozen=True)
class Use:
    """One thing to ask about: one person on one day, or one person and one entry.

    :ivar reference: of the entry, where it is about one; then ``day`` is the first one.
    """

    kind: Unusual
    who: str
    day: date
    looks: int
    reference: str = ""


class Calendar(Protocol):
    """The register's working days."""

    def is_working(self, day: date) -> bool: ...


def many_looks(hours: Iterable[Hour], *, most: int) -> list[Use]:
    """Whoever looked more often than ``most`` times on one day."""
    return [
        Use(Unusual.MANY, who, day, looks)
        for (who, day), looks in _by_day(hours).items()
        if looks > most
    ]


def out_of_hours(
    hours: Iterable[Hour], *, calendar: Calendar, opens: int, closes: int
) -> list[Use]:
    """Whoever looked on a day off, or before ``opens`` or from ``closes`` o'clock on."""
    odd = [
        hour
        for hour in hours
        if not (opens <= hour.starts.hour < closes and calendar.is_working(hour.starts.date()))
    ]
    return [
        Use(Unusual.OUT_OF_HOURS, who, day, looks) for (who, day), looks in _by_day(odd).items()
    ]


def share_a_surname(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two people share a word of their surnames; an initial is none."""
    return any(len(word) > 1 and word in other for word in one)


def _by_day(hours: Iterable[Hour]) -> Counter[tuple[str, date]]:
    counted: Counter[tuple[str, date]] = Counter()
    for hour in hours:
        counted[hour.who, hour.starts.date()] += hour.looks
    return counted
