"""Working days: how the policy counts "within 2 working days" (A20, A22).

Weekends, the bank holidays of the council's nation, and the days on which the council is closed
do not count; the day on which a thing happens does not count either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from .vocabulary import Nation

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of one council.

    :ivar closures: days on which the council is closed besides weekends and bank holidays.
    """

    nation: Nation
    closures: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people are at work on this day."""
        return not (
            day.weekday() >= SATURDAY
            or day in self.closures
            or day in bank_holidays(self.nation, day.year)
        )

    def after(self, day: date, count: int) -> date:
        """The day on which ``count`` working days after ``day`` are over."""
        reached = day
        while count:
            reached += ONE_DAY
            count -= self.is_working(reached)
        return reached

    def between(self, start: date, end: date) -> int:
        """How many working days lie after ``start``, up to and with ``end``."""
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)


@cache
def bank_holidays(nation: Nation, year: int) -> Collection[date]:
    """The bank holidays of a nation in a year."""
    return frozenset(holidays.country_holidays("GB", subdiv=nation.value, years=year))
