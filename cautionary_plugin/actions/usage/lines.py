"""The lines of the access record that tell of looks, between two days, counted."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Register
from cautionary_plugin.rules.unusual import LOOKS, SEES_ENTRY


@dataclass(frozen=True)
class Period:
    """Some days of the use of one register; a check is of every register, and counts for each.

    :ivar until: the day after the last.
    """

    register: Register
    since: date
    until: date

    @property
    def lines(self) -> QuerySet[AccessRecord]:
        """Every line of these days that the register's owner answers for."""
        return AccessRecord.objects.filter(
            Q(register=self.register) | Q(register=None),
            at__gte=_midnight(self.since),
            at__lt=_midnight(self.until),
        ).order_by()

    @property
    def looks(self) -> QuerySet[AccessRecord]:
        """What people did to look; the console does not look."""
        return self.lines.filter(act__in=LOOKS).exclude(user_key="")

    @property
    def views(self) -> QuerySet[AccessRecord]:
        """The lines by which somebody saw an entry."""
        return self.lines.filter(_sees_entry()).exclude(user_key="")


def month_of_use(register: Register, month: date) -> Period:
    """A calendar month; ``month`` is its first day."""
    return Period(register, month, next_month(month))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def by_person(period: Period) -> QuerySet[Any]:
    """Per account: its key, how many looks, at how many entries, and the last."""
    return (
        period.lines.filter(act__in=LOOKS | SEES_ENTRY)
        .exclude(user_key="")
        .values("user_key")
        .annotate(
            looks=Count("pk", filter=Q(act__in=LOOKS)),
            seen=Count("reference", filter=_sees_entry(), distinct=True),
            last=Max("at"),
        )
        .order_by("-looks", "user_key")
    )


def by_entry(period: Period) -> QuerySet[Any]:
    """Per entry: its reference, by how many people it was seen, how often, and when last."""
    return (
        period.views.values("reference")
        .annotate(people=Count("user_key", distinct=True), looks=Count("pk"), last=Max("at"))
        .order_by("-people", "reference")
    )


def _sees_entry() -> Q:
    return Q(act__in=SEES_ENTRY) & ~Q(reference="")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
