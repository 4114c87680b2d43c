"""Name a system, approve it, end it; and let it in when it calls (A40)."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.models import NamedSystem, Register, Service
from cautionary_plugin.rules.duties import Duty, Task
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost, gather
from cautionary_plugin.rules.grants import check_second_person
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.systems import (
    MOST_AN_HOUR,
    Doing,
    check_system,
    check_term,
    read_networks,
)
from cautionary_plugin.rules.vocabulary import Act, Purpose

from .access import record
from .base import action, lock

EITHER = frozenset({Power.KEEP_SYSTEMS, Power.APPROVE_SYSTEMS})


@dataclass(frozen=True)
class Made:
    """A system that was named, and its key, which nobody sees again."""

    system: NamedSystem
    key: str = field(repr=False)


@action
def name_system(
    *,
    slug: str,
    name: str,
    service: Service,
    registers: Iterable[Register],
    doings: Iterable[str],
    purpose: str,
    networks: str,
    rate: int,
    ends_on: date,
    by: Any,
    at: datetime,
) -> Made:
    """Put a system on file, with a key that works once a second person has approved it.

    :param networks: CIDR, one on each line.
    :param rate: checks and reports within an hour.
    :raises NotYourPost: ``by`` does not keep systems.
    :raises BadInput: under the fields.
    """
    standing_of(by, at=at).check_power(Power.KEEP_SYSTEMS)
    wanted, chosen = set(doings), list(registers)
    gather(
        lambda: read_networks(networks),
        lambda: check_term(ends_on, on=timezone.localdate(at)),
        lambda: _check_is_new(slug),
        lambda: _check_given(wanted, chosen, purpose, rate),
    )
    key = secrets.token_urlsafe(32)
    system = NamedSystem.objects.create(
        slug=slug,
        name=name,
        service=service,
        purpose=purpose,
        may_check=Doing.CHECK in wanted,
        may_report=Doing.REPORT in wanted,
        networks="\n".join(read_networks(networks)),
        rate=rate,
        ends_on=ends_on,
        key_digest=_digest(key),
        made_by=by,
        made_at=at,
    )
    system.registers.set(chosen)
    record(act=Act.SYSTEM, by=by, at=at, reference=slug)
    return Made(system, key)


@action
def approve_system(*, system: NamedSystem, by: Any, at: datetime) -> NamedSystem:
    """Let a system call; never by whoever named it.

    :raises AlreadyDone: approved or ended before.
    :raises NotYourPost: ``by`` does not own each of its registers.
    :raises SamePerson: ``by`` has named it.
    :raises BadInput: its term is over before it began.
    """
    system = lock(system)
    if system.approved_at or system.ended_at:
        raise AlreadyDone("This system was approved or ended before.")
    if not may_approve(system, standing_of(by, at=at)):
        raise NotYourPost("A system is approved by whoever owns each of its registers.")
    check_second_person(first=system.made_by_id, second=by.pk)
    check_term(system.ends_on, on=timezone.localdate(at))
    system.approved_by, system.approved_at = by, at
    system.save(update_fields=["approved_by", "approved_at"])
    record(act=Act.SYSTEM, by=by, at=at, reference=system.slug)
    return system


@action
def end_system(*, system: NamedSystem, by: Any, at: datetime) -> NamedSystem:
    """Refuse every further call of a system, from now.

    :raises AlreadyDone: ended before.
    :raises NotYourPost: ``by`` neither keeps nor approves systems of one of its registers.
    """
    system = lock(system)
    if system.ended_at:
        raise AlreadyDone("This system was ended before.")
    if not may_end(system, standing_of(by, at=at)):
        raise NotYourPost("A system is ended by whoever answers for one of its registers.")
    system.ended_by, system.ended_at = by, at
    system.save(update_fields=["ended_by", "ended_at"])
    record(act=Act.SYSTEM, by=by, at=at, reference=system.slug)
    return system


def may_approve(system: NamedSystem, standing: Standing) -> bool:
    """Whether somebody approves systems on each of its registers."""
    registers = system.registers.all()
    return all(Power.APPROVE_SYSTEMS in standing.powers(register) for register in registers)


def may_end(system: NamedSystem, standing: Standing) -> bool:
    """Whether somebody keeps or approves systems on one of its registers: each may stop it."""
    return any(EITHER & standing.powers(register) for register in system.registers.all())


def find_system(key: str) -> NamedSystem | None:
    """The system with this key; None where there is none."""
    rows = NamedSystem.objects.select_related("service").prefetch_related("registers")
    found: NamedSystem | None = rows.filter(key_digest=_digest(key)).first()
    return found


def check_may_call(system: NamedSystem, *, doing: Doing | None, address: str, at: datetime) -> None:
    """A system that calls may do this now, from here.

    :raises SystemRefused: with what is missing.
    """
    check_system(system.approval, doing=doing, address=address, on=timezone.localdate(at))


def systems_to_approve(
    standing: Standing, registers: Iterable[Register], at: datetime
) -> Iterator[Task]:
    """Those that somebody else has named, for these registers."""
    waiting = NamedSystem.objects.waiting().filter(registers__in=registers).distinct()
    for each in waiting.exclude(made_by=standing.user):
        yield Task(Duty.SYSTEM, each.slug, each.slug)


def _check_is_new(slug: str) -> None:
    if NamedSystem.objects.filter(slug=slug).exists():
        raise BadInput({"slug": ["There is, or was, a system with this short name."]})


def _check_given(doings: set[str], registers: list[Register], purpose: str, rate: int) -> None:
    problems = {}
    if not doings or doings - set(Doing):
        problems["doings"] = ["Say what it may do."]
    if not registers:
        problems["registers"] = ["Say on which registers."]
    if purpose not in list(Purpose):
        problems["purpose"] = ["Say what it checks for."]
    if not 1 <= rate <= MOST_AN_HOUR:
        problems["rate"] = [f"From 1 to {MOST_AN_HOUR} an hour."]
    if problems:
        raise BadInput(problems)


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
