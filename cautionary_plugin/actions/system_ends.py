"""Whoever answers for a named system knows before its term is over (A40).

On that day the calls of a diary or a works order system are refused, and officers go out unchecked.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cautionary_plugin.access.standing import Standing
from cautionary_plugin.models import MailKind, NamedSystem, Register
from cautionary_plugin.rules.duties import Duty, Task
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import WARN_BEFORE, warning_due

from .base import action
from .mail import holders_of, queue_mail


@action
def warn_of_system_ends(*, at: datetime) -> int:
    """Warn of systems whose term is over soon: 30 days before, and 7, each once.

    Owners of their registers are told, and whoever keeps systems there.

    :returns: how many warnings were given.
    """
    given, today = 0, timezone.localdate(at)
    for system in _ending(at).select_for_update():
        days = warning_due(system.ends_on, on=today, warned=system.warned)
        if days is None:
            continue
        system.warned = days
        system.save(update_fields=["warned"])
        people = _who_answers_for(system, at)
        queue_mail(kind=MailKind.SYSTEM_EXPIRY, to=people, at=at, reference=system.slug)
        given += 1
    return given


def systems_to_renew(
    standing: Standing, registers: Iterable[Register], at: datetime
) -> Iterator[Task]:
    """Those whose term is over within 30 days."""
    for system in _ending(at).filter(registers__in=registers).distinct():
        yield Task(Duty.RENEW_SYSTEM, system.slug, system.slug, system.ends_on)


def _ending(at: datetime) -> QuerySet[NamedSystem]:
    today = timezone.localdate(at)
    last = today + timedelta(days=max(WARN_BEFORE))
    return NamedSystem.objects.in_force_on(today).filter(ends_on__lte=last)


def _who_answers_for(system: NamedSystem, at: datetime) -> list[Any]:
    """Each of them once, whatever posts they hold."""
    people = {
        person.pk: person
        for register in system.registers.all()
        for power in (Power.KEEP_SYSTEMS, Power.APPROVE_SYSTEMS)
        for person in holders_of(power, at=at, register=register)
    }
    return list(people.values())
