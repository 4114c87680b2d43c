"""Count what happens, and tell the figures to whoever may see them."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Entry, Register, Tally
from cautionary_plugin.rules.figures import Measure, Span, Table, months_back
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import DecisionOutcome, Risk, Trigger, Vocabulary

from .base import action

MONTHS = 12


@action
def count(*, register: Register, measure: Measure, part: str, at: datetime) -> None:
    """One more, in the transaction of the act that is counted."""
    month = timezone.localdate(at).replace(day=1)
    tally, _made = Tally.objects.get_or_create(
        register=register, measure=measure, month=month, part=part
    )
    Tally.objects.filter(pk=tally.pk).update(number=F("number") + 1)


def figures(*, register: Register, by: Any, at: datetime) -> list[Table]:
    """The tables of one register, for the last twelve months.

    :raises NotYourPost: ``by`` may not see figures.
    """
    standing_of(by, at=at).check_power(Power.SEE_FIGURES, register)
    months = months_back(timezone.localdate(at), MONTHS)
    return [
        _by_month(register, Measure.REPORTED, Trigger, months),
        _by_month(register, Measure.DECIDED, DecisionOutcome, months),
        _waited(register, months),
        _live(register, at),
    ]


def _by_month(
    register: Register, measure: Measure, parts: type[Vocabulary], months: list[date]
) -> Table:
    found = {
        (tally.part, tally.month): tally.number for tally in _tallies(register, measure, months)
    }
    return Table(
        measure.label,
        tuple(f"{month:%b %Y}" for month in months),
        tuple(
            (part.label, tuple(found.get((part.value, month), 0) for month in months))
            for part in parts
        ),
    )


def _waited(register: Register, months: list[date]) -> Table:
    found: Counter[str] = Counter()
    for tally in _tallies(register, Measure.WAITED, months):
        found[tally.part] += tally.number
    spans = list(Span)
    return Table(
        Measure.WAITED.label,
        tuple(span.label for span in spans),
        (("Decisions", tuple(found[span.value] for span in spans)),),
    )


def _live(register: Register, at: datetime) -> Table:
    counted = Entry.objects.live_at(at).filter(register=register).order_by().values_list("risk")
    found = dict(counted.annotate(Count("pk")))
    return Table(
        "Live entries by risk",
        tuple(risk.label for risk in Risk),
        (("Entries", tuple(found.get(risk.value, 0) for risk in Risk)),),
    )


def _tallies(register: Register, measure: Measure, months: list[date]) -> list[Tally]:
    return list(
        Tally.objects.filter(
            register=register, measure=measure, month__gte=months[0], month__lte=months[-1]
        )
    )
