"""What is unusual in the use of a register, found in the access record."""

from typing import Any

from django.db.models import Count, Min
from django.db.models.functions import TruncHour
from django.utils import timezone

from cautionary_plugin.access.exclusion import file_not_shut_out
from cautionary_plugin.access.people import people_by_key, surname_of
from cautionary_plugin.conf import conf
from cautionary_plugin.lookup.normalise import name_words
from cautionary_plugin.models import Entry
from cautionary_plugin.rules import systems
from cautionary_plugin.rules.unusual import (
    Hour,
    Unusual,
    Use,
    many_looks,
    out_of_hours,
    share_a_surname,
)
from cautionary_plugin.rules.vocabulary import SubjectKind

from .lines import Period

Names = frozenset[str]


def unusual_use(period: Period, *, shown_to: Any = None) -> list[Use]:
    """Everything unusual in these days, the earliest first; a program keeps no office hours.

    :param shown_to: who reads it; what is about a case that they are shut out of is left out.
    """
    opens, closes = conf.OFFICE_HOURS
    hours = _hours(period)
    of_people = [hour for hour in hours if not hour.who.startswith(systems.KEY)]
    found = [
        *many_looks(hours, most=conf.MANY_LOOKS),
        *out_of_hours(of_people, calendar=period.register.calendar, opens=opens, closes=closes),
        *_same_surname(period, shown_to),
    ]
    order = list(Unusual)
    return sorted(found, key=lambda use: (use.day, use.who, order.index(use.kind), use.reference))


def _hours(period: Period) -> list[Hour]:
    counted = period.looks.annotate(hour=TruncHour("at")).values("user_key", "hour")
    return [
        Hour(who=each["user_key"], starts=each["hour"], looks=each["looks"])
        for each in counted.annotate(looks=Count("pk"))
    ]


def _same_surname(period: Period, shown_to: Any) -> list[Use]:
    pairs = list(
        period.views.values("user_key", "reference").annotate(looks=Count("pk"), first=Min("at"))
    )
    theirs = _surnames_of_colleagues({pair["user_key"] for pair in pairs})
    of_entries = _surnames_of_entries({pair["reference"] for pair in pairs}, shown_to)
    nobody: Names = frozenset()
    return [
        Use(
            Unusual.SAME_SURNAME,
            who=pair["user_key"],
            day=timezone.localdate(pair["first"]),
            looks=pair["looks"],
            reference=pair["reference"],
        )
        for pair in pairs
        if share_a_surname(
            theirs.get(pair["user_key"], nobody), of_entries.get(pair["reference"], nobody)
        )
    ]


def _surnames_of_colleagues(keys: set[str]) -> dict[str, Names]:
    return {key: _words(surname_of(user)) for key, user in people_by_key(keys).items()}


def _surnames_of_entries(references: set[str], shown_to: Any) -> dict[str, Names]:
    """Only what still is on file: the names of the others are gone."""
    entries = Entry.objects.filter(
        reference__in=references, case_file__kind=SubjectKind.PERSON
    ).select_related("case_file__person")
    if shown_to is not None:
        entries = entries.filter(file_not_shut_out(shown_to))
    return {
        entry.reference: frozenset().union(
            *(_surname(name) for name in entry.case_file.person.identity.names)
        )
        for entry in entries
    }


def _surname(name: str) -> Names:
    """The words of the surname in "Given names Family name": ``Mc Donald``, ``Smith-Jones``."""
    parts = name.split()
    return _words(parts[-1]) | frozenset(name_words(name)[-1:]) if parts else frozenset()


def _words(text: str) -> Names:
    return frozenset(name_words(text))
