"""The access record: who did what, when, why and on which reference (A40, L5).

The only writer of :class:`AccessRecord`. Nothing that was typed or read comes in here: neither
a name, nor a search, nor an address.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cautionary_plugin.models import AccessRecord, Entry, NamedSystem, Register
from cautionary_plugin.rules import systems
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from cautionary_plugin.signals import refused

from .access_chain import link_when_committed
from .base import action

BATCH = 500


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

    :param by: the person, the named system, or None for the console.
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
def record_checks(*, outcomes: Iterable[Outcome], by: Any, at: datetime, purpose: Purpose) -> None:
    """Write one line for each of several checks, in one statement.

    :param by: the person, or the named system.
    """
    link_when_committed()
    who = _who(by)
    AccessRecord.objects.bulk_create(
        (
            AccessRecord(**who, at=at, act=Act.CHECKED, purpose=purpose, outcome=outcome)
            for outcome in outcomes
        ),
        batch_size=BATCH,
    )


@action
def record_entries(
    *,
    act: Act,
    entries: Iterable[Entry],
    by: Any,
    at: datetime,
    purpose: Purpose | str = "",
    screen: str = "",
) -> None:
    """Write one line for each of several entries, in one statement.

    :param by: the person, or None for the clock.
    """
    link_when_committed()
    AccessRecord.objects.bulk_create(
        (
            AccessRecord(
                **_who(by),
                at=at,
                act=act,
                register_id=entry.register_id,
                reference=entry.reference,
                purpose=purpose,
                screen=screen[:80],
            )
            for entry in entries
        ),
        batch_size=BATCH,
    )


def key_of(by: Any) -> str:
    """What the lines of somebody are found by, also when the host has deleted their account."""
    if isinstance(by, NamedSystem):
        return f"{systems.KEY}{by.slug}"
    return str(by.pk) if by is not None and by.is_authenticated else ""


def _who(by: Any) -> dict[str, Any]:
    key = key_of(by)
    is_person = key and not isinstance(by, NamedSystem)
    return {"user": by if is_person else None, "user_key": key}


@receiver(refused, dispatch_uid="cautionary_plugin.record_refusal")
def record_refusal(*, user: Any, screen: str, at: datetime, **_signal: Any) -> None:
    """Record that somebody was refused at a door."""
    record(act=Act.REFUSED, by=user, at=at, screen=screen)
