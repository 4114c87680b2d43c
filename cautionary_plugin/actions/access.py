"""The access record: who did what, when, why and on which reference (A40, L5).

The only writer of :class:`AccessRecord`. Nothing that was typed or read comes in here: neither
a name, nor a search, nor an address.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cautionary_plugin.models import AccessRecord, Entry, Register
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from cautionary_plugin.signals import refused

from .access_chain import link_when_committed
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
    """Write one line of the access record; it gets its place in the chain after the commit.

    :param by: the person, or None for the console.
    :param reference: the public reference of an entry, where the act is about one.
    """
    link_when_committed()
    return AccessRecord.objects.create(
        **_who(by),
        at=at,
        act=act,
        register=register,
        reference=reference,
        purpose=purpose,
        outcome=outcome,
        screen=screen[:80],
    )


@action
def record_shown(
    entries: Iterable[Entry], *, by: Any, at: datetime, purpose: Purpose | str
) -> None:
    """Write one line for each entry that a check has shown, in one statement."""
    link_when_committed()
    AccessRecord.objects.bulk_create(
        AccessRecord(
            **_who(by),
            at=at,
            act=Act.SHOWN,
            register=entry.register,
            reference=entry.reference,
            purpose=purpose,
        )
        for entry in entries
    )


def _who(by: Any) -> dict[str, Any]:
    known = by is not None and by.is_authenticated
    return {"user": by if known else None, "user_key": str(by.pk) if known else ""}


@receiver(refused, dispatch_uid="cautionary_plugin.record_refusal")
def record_refusal(*, user: Any, screen: str, at: datetime, **_signal: Any) -> None:
    """Record that somebody was refused at a door."""
    record(act=Act.REFUSED, by=user, at=at, screen=screen)
