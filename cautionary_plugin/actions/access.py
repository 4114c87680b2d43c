"""The access record: who did what, when, why and on which reference (A40, L5).

The only writer of :class:`AccessRecord`. Nothing that was typed or read comes in here: neither
a name, nor a search, nor an address.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cautionary_plugin.models import AccessRecord, Register
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from cautionary_plugin.signals import refused

from .base import action


@action
def record(
    *,
    act: Act,
    by: Any,
    at: datetime,
    register: Register | None = None,
    reference: str = "",
    purpose: Purpose | str = "",
    outcome: Outcome | str = "",
    screen: str = "",
) -> AccessRecord:
    """Write one line of the access record.

    :param by: the person, or None for the console.
    :param reference: the public reference of an entry, where the act is about one.
    """
    known = by is not None and by.is_authenticated
    return AccessRecord.objects.create(
        at=at,
        user=by if known else None,
        user_key=str(by.pk) if known else "",
        act=act,
        register=register,
        reference=reference,
        purpose=purpose,
        outcome=outcome,
        screen=screen[:80],
    )


@receiver(refused, dispatch_uid="cautionary_plugin.record_refusal")
def record_refusal(*, user: Any, screen: str, at: datetime, **_signal: Any) -> None:
    """Record that somebody was refused at a door."""
    record(act=Act.REFUSED, by=user, at=at, screen=screen)
