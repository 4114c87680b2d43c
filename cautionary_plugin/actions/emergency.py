"""Break the glass: an hour of read access for whoever has none, seen by those who answer for it."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from cautionary_plugin.conf import conf
from cautionary_plugin.models import (
    Appointment,
    EmergencyAccess,
    MailKind,
    OutboxMessage,
    Register,
)
from cautionary_plugin.outbox.deliver import deliver_waiting
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power, powers_of
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock, write_alias


@action
def break_glass(*, user: Any, register: Register, reason: str, at: datetime) -> EmergencyAccess:
    """Give the person an hour of read access, and tell the owner and the data protection officer.

    The alert says that it happened, on which register; not who is listed, nor the reason.

    :raises BadInput: no reason that says something.
    :raises AlreadyDone: the person's emergency access to this register is open.
    """
    check_reason(reason, field="reason")
    register = lock(register)
    if EmergencyAccess.objects.filter(user=user, register=register).open_at(at).exists():
        raise AlreadyDone("Your emergency access is open already.")
    access = EmergencyAccess.objects.create(
        user=user,
        register=register,
        opened_at=at,
        ends_at=at + conf.EMERGENCY_FOR,
        reason=reason.strip(),
    )
    record(act=Act.BROKE_GLASS, by=user, at=at, register=register)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind=MailKind.EMERGENCY, to=answerable, reference=register.prefix, queued_at=at
        )
        for answerable in _who_answers_for(register, at=at)
    )
    transaction.on_commit(partial(deliver_waiting, at=at), using=write_alias(), robust=True)
    return access


def _who_answers_for(register: Register, *, at: datetime) -> list[Any]:
    in_force = Appointment.objects.in_force_on(timezone.localdate(at)).select_related(
        "post", "user"
    )
    people = {
        appointment.user_id: appointment.user
        for appointment in in_force
        if appointment.user
        and appointment.user.is_active
        and appointment.post.register_id in (None, register.pk)
        and Power.SEE_ACCESS_RECORD in powers_of(appointment.post.kind)
    }
    return list(people.values())
