"""What programs ask for: each check and report as on the screens, and counted (L5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from cautionary_plugin.conf import conf
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord, IncidentReport, NamedSystem, Register
from cautionary_plugin.rules.errors import BadInput, SystemRefused, TooManyAttempts
from cautionary_plugin.rules.vocabulary import Act, Purpose
from cautionary_plugin.rules.waiting import in_words

from .access import key_of
from .base import action, lock
from .check import Answer, check_each
from .reports import report_at_once

HOUR = timedelta(hours=1)
COUNTED = (Act.CHECKED, Act.REPORTED)


@action
def check_for_caller(
    *, questions: Sequence[Question], purpose: Purpose, by: Any, at: datetime
) -> list[Answer]:
    """Check one or several, each recorded by itself; all of them, or none where they are too many.

    The caller is held meanwhile, so that two calls at once do not both take the last check.

    :param by: a person, or a named system.
    :raises TooManyAttempts: too many within an hour.
    :raises NotAllowed: the caller may read no register.
    :raises BadInput: a system checks for its own purpose only.
    """
    by, most = _held(by)
    if isinstance(by, NamedSystem) and purpose != by.purpose:
        raise BadInput({"purpose": [f"This system checks for one purpose: {by.purpose}."]})
    check_rate(more=len(questions), most=most, by=by, at=at)
    return check_each(questions=questions, purpose=purpose, by=by, at=at)


@action
def report_for_caller(
    *, register: Register, by: Any, at: datetime, **report: Any
) -> IncidentReport:
    """Send a whole report (:func:`report_at_once`).

    :param by: a person, or a named system, which says whose report it is.
    :raises SystemRefused: the system was not approved for this register.
    :raises TooManyAttempts: too many within an hour.
    :raises BadInput: as :func:`report_at_once`.
    """
    by, most = _held(by)
    if isinstance(by, NamedSystem) and not by.registers.filter(pk=register.pk).exists():
        raise SystemRefused("This system is not approved for this register.")
    check_rate(more=1, most=most, by=by, at=at)
    return report_at_once(register=register, by=by, at=at, **report)


def _held(caller: Any) -> tuple[Any, int]:
    """The caller, held until the transaction ends, and their bound of an hour.

    Both as they are now: they may have been ended since they passed the gate. An account is held
    so that only another call waits for it, and nothing that merely names it.
    """
    if isinstance(caller, NamedSystem):
        system = lock(caller)
        if system.ended_at:
            raise SystemRefused("This system may call no more.")
        return system, system.rate
    accounts = caller._meta.model._base_manager.select_for_update(no_key=True)
    return accounts.get(pk=caller.pk), conf.API_CHECKS


def check_rate(*, more: int, most: int, by: Any, at: datetime) -> None:
    """So many more checks and reports stay within the bound of an hour.

    The access record knows how many there were: it is the same for every process.

    :raises TooManyAttempts: they do not; it carries when they would.
    """
    lines = AccessRecord.objects.filter(act__in=COUNTED, user_key=key_of(by), at__gt=at - HOUR)
    instants = list(lines.order_by("at").values_list("at", flat=True)[: most + 1])
    over = len(instants) + more - most
    if over <= 0:
        return
    free_at = instants[min(over, len(instants)) - 1] + HOUR if instants else at + HOUR
    wait = max(1, ceil((free_at - at).total_seconds()))
    said = _what_is_left(max(0, most - len(instants)), more=more, most=most, wait=wait)
    raise TooManyAttempts(said, wait_seconds=wait)


def _what_is_left(left: int, *, more: int, most: int, wait: int) -> str:
    """How many may follow now, and when so many may that were asked for."""
    bound = f"At most {most} checks and reports an hour"
    if more > most:
        return f"{bound}, and these are {more} at once. Send fewer."
    now = f"{left} {'is' if left == 1 else 'are'} left, and {more} were asked for"
    then = "The next is" if more == 1 else f"{more} are"
    return f"{bound}: {now if left else 'none is left'}. {then} possible in {in_words(wait)}."
