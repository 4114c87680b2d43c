"""Somebody looks, on a day and at an hour of the last month."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.models import Entry, Register
from cautionary_plugin.rules.vocabulary import Act, Purpose
from tests.council import Council, found_council
from tests.factors import make_person

LONG_AGO = timedelta(days=100)


def council_of_long_ago() -> Council:
    """A council whose register is older than last month."""
    return found_council(at=timezone.now() - LONG_AGO)


def last_month() -> date:
    """The first day of the month before this one."""
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)


def working_day(register: Register) -> date:
    """The first working day of last month."""
    return register.calendar.after(last_month() - timedelta(days=1), 1)


def looked(
    who: Any, register: Register, *, at: datetime, entry: Entry | None = None, times: int = 1
) -> None:
    """So many looks: at an entry, or by a check that found nobody."""
    for _each in range(times):
        if entry is None:
            record(act=Act.CHECKED, by=who, at=at, purpose=Purpose.HOME_VISIT)
        else:
            record(act=Act.VIEWED, by=who, at=at, register=register, reference=entry.reference)


def on(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def colleague(name: str, surname: str) -> Any:
    """An account with a surname."""
    person = make_person(name)
    person.first_name, person.last_name = "Robin", surname
    person.save()
    return person
