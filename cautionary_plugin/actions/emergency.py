"""Break the glass: an hour of read access for whoever has none, seen by those who answer for it."""

from datetime import datetime
from typing import Any

from cautionary_plugin.conf import conf
from cautionary_plugin.models import EmergencyAccess, MailKind, Register
from cautionary_plugin.rules.errors import AlreadyDone, NobodyToTell
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock
from .mail import has_address, holders_of, queue_mail


@action
def break_glass(*, user: Any, register: Register, reason: str, at: datetime) -> EmergencyAccess:
    """Give the person an hour of read access, and tell the owner and the data protection officer.

    The alert says that it happened, on which register; not who is listed, nor the reason.

    :raises BadInput: no reason that says something.
    :raises AlreadyDone: the person took it less than ``CAUTIONARY_EMERGENCY_PAUSE`` ago.
    :raises NobodyToTell: nobody else who answers for the register has an address.
    """
    check_reason(reason, field="reason")
    register = lock(register)
    _check_pause(user, register, at=at)
    told = _who_is_told(register, besides=user, at=at)
    if not told:
        raise NobodyToTell("Nobody who answers for this register can be told by e-mail.")
    access = EmergencyAccess.objects.create(
        user=user,
        register=register,
        opened_at=at,
        ends_at=at + conf.EMERGENCY_FOR,
        reason=reason.strip(),
    )
    record(act=Act.BROKE_GLASS, by=user, at=at, register=register)
    queue_mail(kind=MailKind.EMERGENCY, to=told, reference=register.prefix, at=at)
    return access


def _check_pause(user: Any, register: Register, *, at: datetime) -> None:
    taken = EmergencyAccess.objects.filter(user=user, register=register)
    if taken.open_at(at).exists():
        raise AlreadyDone("Your emergency access is open already.")
    if taken.filter(opened_at__gt=at - conf.EMERGENCY_PAUSE).exists():
        raise AlreadyDone("You took emergency access not long ago. Ask for access instead.")


def _who_is_told(register: Register, *, besides: Any, at: datetime) -> list[Any]:
    """Everybody else who sees the access record and has an address, and the fixed addresses."""
    people = holders_of(Power.SEE_ACCESS_RECORD, register=register, at=at)
    told = [each for each in people if each.pk != besides.pk and has_address(each)]
    return [*told, None] if conf.ALERT_ADDRESSES else told
