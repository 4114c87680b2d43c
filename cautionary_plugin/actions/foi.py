"""The figures of a year that is over, for Freedom of Information requests (L6)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.conf import conf
from cautionary_plugin.models import Entry, Register, Tally
from cautionary_plugin.rules.errors import NotNow
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.foi import (
    BREAKDOWNS,
    People,
    Told,
    Year,
    break_down,
    year_of,
    years_over,
)
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.small_numbers import Flow, alone, protect_flow
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action
from .tallies import tallies_of

FLOWS = (Measure.ENTERED, Measure.LEFT)


@dataclass(frozen=True)
class YearlyFigures:
    """What is told of a register and a year.

    :ivar counted_from: the first month that was counted, where it is within the year.
    """

    register: Register
    year: Year
    flow: Flow
    tables: tuple[Told, ...]
    counted_from: date | None


def years_of(register: Register, *, at: datetime) -> list[Year]:
    """The years that are over and were counted, the latest first."""
    since = counted_since(register)
    if since is None:
        return []
    return years_over(since=since, on=timezone.localdate(at), starts=conf.FIGURES_YEAR_STARTS)


def year_now(*, at: datetime) -> Year:
    """The year that is not over yet."""
    return year_of(timezone.localdate(at), starts=conf.FIGURES_YEAR_STARTS)


@action
def yearly_figures(*, register: Register, year: Year, by: Any, at: datetime) -> YearlyFigures:
    """The figures of a year, small numbers hidden; recorded, for they are given away.

    Only of years that are over: their numbers do not change any more, so that two answers to the
    same question never differ by somebody.

    :raises NotYourPost: ``by`` may not publish figures of this register.
    :raises NotNow: the year is not over, or was not counted.
    """
    standing_of(by, at=at).check_power(Power.PUBLISH_FIGURES, register)
    if year not in years_of(register, at=at):
        raise NotNow("There are no figures of this year: it is not over, or was not counted.")
    record(act=Act.FIGURES, by=by, at=at, register=register)
    flow = _flow(register, year)
    since = counted_since(register)
    return YearlyFigures(
        register=register,
        year=year,
        flow=flow,
        tables=(
            *(break_down(each, _parts(register, each.measure, year), flow) for each in BREAKDOWNS),
            _people(register, year),
        ),
        counted_from=since if since and since > year.first else None,
    )


def _flow(register: Register, year: Year) -> Flow:
    """Reckoned back from what is listed now, so that it holds for what was never counted.

    In one statement: what is added between two would be in one number and not in the other.
    """
    mine = Tally.objects.filter(register=OuterRef("pk")).order_by()
    within, later = (
        mine.filter(month__gte=year.first, month__lt=year.after),
        mine.filter(month__gte=year.after),
    )
    listed = Entry.objects.filter(register=OuterRef("pk")).exclude(state=EntryState.ENDED)
    found = (
        Register.objects.filter(pk=register.pk)
        .annotate(
            now=_number(listed, Count("pk")),
            added=_sum(within, Measure.ENTERED),
            removed=_sum(within, Measure.LEFT),
            added_later=_sum(later, Measure.ENTERED),
            removed_later=_sum(later, Measure.LEFT),
        )
        .values("now", "added", "removed", "added_later", "removed_later")
        .get()
    )
    end = found["now"] - found["added_later"] + found["removed_later"]
    added, removed = found["added"], found["removed"]
    return protect_flow(start=end - added + removed, added=added, removed=removed, end=end)


def _sum(rows: Any, measure: Measure) -> Coalesce:
    return _number(rows.filter(measure=measure), Sum("number"))


def _number(rows: Any, counted: Any) -> Coalesce:
    """One number of the rows of a register, nought where there are none."""
    grouped = rows.order_by().values("register").annotate(found=counted)
    return Coalesce(Subquery(grouped.values("found")), 0)


def _parts(register: Register, measure: Measure, year: Year) -> dict[str, int]:
    rows = tallies_of(register, measure, year).order_by().values_list("part")
    return dict(rows.annotate(Sum("number")))


def _people(register: Register, year: Year) -> Told:
    counts = _parts(register, Measure.PEOPLE, year)
    if not counts:
        return Told("People with access", (), "They were not counted when the year was over.")
    cells = tuple((each.label, alone(counts.get(each.value, 0))) for each in People)
    return Told("People with access", cells)


def counted_since(register: Register) -> date | None:
    """The first month in which anything of a register was counted."""
    rows = Tally.objects.filter(register=register, measure__in=(*FLOWS, Measure.PEOPLE))
    found: date | None = rows.aggregate(first=Min("month"))["first"]
    return found
