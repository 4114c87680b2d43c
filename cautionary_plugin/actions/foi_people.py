"""How many people had access when a year was over, and how many used it (L6)."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cautionary_plugin.conf import conf
from cautionary_plugin.models import AccessRecord, Appointment, ReadingGrant, Register
from cautionary_plugin.rules import systems
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.foi import People, Year, year_of
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.vocabulary import Act

from .base import action
from .foi import counted_since, year_now
from .tallies import count_up, tallies_of

SEEN = (Act.SHOWN, Act.VIEWED)


def count_people(*, at: datetime) -> int:
    """Count, once a year is over, who had access and who used it; return for how many registers.

    What is left out, because nothing ran for a year, is never made up.
    """
    year = year_of(year_now(at=at).first - timedelta(days=1), starts=conf.FIGURES_YEAR_STARTS)
    return sum(_count_people(register, year) for register in Register.objects.order_by("pk"))


@action
def _count_people(register: Register, year: Year) -> bool:
    """In the last month of the year, whatever day it is."""
    register = Register.objects.select_for_update(no_key=True).get(pk=register.pk)
    since = counted_since(register)
    if not since or since >= year.after or tallies_of(register, Measure.PEOPLE, year).exists():
        return False
    last = year.after - timedelta(days=1)
    access, used = len(_with_access(register, last)), len(_who_used(register, year))
    counts = {People.ACCESS: access, People.USED: used}
    count_up(
        register,
        Counter({(Measure.PEOPLE, part.value): number for part, number in counts.items()}),
        at=_start(last),
    )
    return True


def _with_access(register: Register, day: date) -> set[str]:
    """Whoever had a grant, or a post that reads, on a day."""
    return _keys(
        register,
        ReadingGrant.objects.in_force_on(day),
        Appointment.objects.in_force_on(day),
    )


def _who_used(register: Register, year: Year) -> set[str]:
    """Whoever saw an entry, or checked while they had access, found or not."""
    lines = AccessRecord.objects.filter(at__gte=_start(year.first), at__lt=_start(year.after))
    lines = lines.exclude(user_key="").exclude(user_key__startswith=systems.KEY).order_by()

    def people(**narrowed: Any) -> set[str]:
        return set(lines.filter(**narrowed).values_list("user_key", flat=True).distinct())

    within = Q(ended_at=None) | Q(ended_at__gte=_start(year.first))
    with_access = _keys(
        register,
        ReadingGrant.objects.filter(
            within, approved_at__isnull=False, starts_on__lt=year.after, ends_on__gt=year.first
        ),
        Appointment.objects.filter(
            within,
            Q(ends_on=None) | Q(ends_on__gt=year.first),
            accepted_at__isnull=False,
            starts_on__lt=year.after,
        ),
    )
    checked = people(act=Act.CHECKED) & with_access
    return people(register=register, act__in=SEEN) | checked


def _keys(register: Register, grants: Any, appointments: Any) -> set[str]:
    users = set(grants.filter(register=register).values_list("user", flat=True))
    users |= {
        each.user_id
        for each in appointments.select_related("post")
        if each.post.register_id in (None, register.pk) and Power.READ in powers_of(each.post.kind)
    }
    return {str(user) for user in users if user is not None}


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
