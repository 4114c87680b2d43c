"""Legal holds: a file that a court may ask for is not erased yet (L13).

A hold stops the erasing and nothing else. What has expired is as unreadable as before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cautionary_plugin.access.exclusion import check_file_not_shut_out, file_not_shut_out
from cautionary_plugin.access.families import family_of, root_of, roots_of
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.models import (
    CaseFile,
    Entry,
    IncidentReport,
    LegalHold,
    PanelCase,
    Register,
)
from cautionary_plugin.rules.duties import Duty, Task
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, Excluded, NotYourPost
from cautionary_plugin.rules.holds import check_hold
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock

WARNED = timedelta(days=28)  # enough to ask the solicitor whether the claim is settled


@action
def place_hold(
    *, case_file: CaseFile, reason: str, ends_on: date, by: Any, at: datetime
) -> LegalHold:
    """Stop the erasing of a file, and of what is joined to it, until a day.

    :param ends_on: the day from which it may be erased again.
    :raises NotYourPost: ``by`` may not place holds on this register.
    :raises BadInput: under ``reason`` or ``ends_on``.
    :raises AlreadyDone: the file is being erased, or was.
    """
    case_file = lock(case_file)
    check_hold_may_be_placed(case_file=case_file, reason=reason, ends_on=ends_on, by=by, at=at)
    hold = LegalHold.objects.create(
        case_file=case_file, placed_by=by, placed_at=at, ends_on=ends_on, reason=reason
    )
    _record(case_file, by, at)
    return hold


def check_hold_may_be_placed(
    *, case_file: CaseFile, reason: str, ends_on: date, by: Any, at: datetime
) -> None:
    """As :func:`place_hold`, without placing it."""
    check_may_hold(case_file, by, at)
    check_hold(reason=reason, ends_on=ends_on, on=timezone.localdate(at))
    if case_file.key_is_forgotten:
        raise AlreadyDone("This file is being erased, and nobody can stop that any more.")


@action
def lift_hold(*, hold: LegalHold, by: Any, at: datetime) -> LegalHold:
    """Let a file be erased again when its time has come.

    :raises NotYourPost: ``by`` may not lift holds on this register.
    :raises AlreadyDone: it was lifted before, or it is over.
    """
    hold = lock(hold)
    check_may_hold(hold.case_file, by, at)
    if hold.lifted_at or hold.ends_on <= timezone.localdate(at):
        raise AlreadyDone("This hold is lifted or over already.")
    hold.lifted_at, hold.lifted_by = at, by
    hold.save(update_fields=["lifted_at", "lifted_by"])
    _record(hold.case_file, by, at)
    return hold


def holds_that_end(standing: Standing, registers: list[Register], at: datetime) -> Iterator[Task]:
    """Holds whose day is near, unless a later one keeps the file: after it the file is erased."""
    today = timezone.localdate(at)
    in_force = LegalHold.objects.in_force_on(today).filter(file_not_shut_out(standing.user))
    longer = in_force.filter(case_file=OuterRef("case_file"), ends_on__gt=today + WARNED)
    holds = list(in_force.filter(~Exists(longer)).select_related("case_file"))
    mine = {register.pk for register in registers}
    about = registers_of_each(hold.case_file_id for hold in holds)
    for hold in holds:
        if about[hold.case_file_id] & mine:
            yield Task(Duty.HOLD_ENDS, hold.case_file.reference, str(hold.pk), hold.ends_on)


def find_file(reference: str) -> CaseFile:
    """The file that a reference leads to: an entry's, a report's, or its own.

    A file that was joined to another leads to that one, however often.

    :raises BadInput: under ``reference``: there is none.
    """
    wanted = reference.strip().upper()
    for rows in (
        CaseFile.objects.filter(reference=wanted),
        CaseFile.objects.filter(entries__reference=wanted),
        CaseFile.objects.filter(report__reference=wanted),
    ):
        if found := rows.values_list("pk", flat=True).first():
            return CaseFile.objects.get(pk=root_of(found))
    raise no_such_file()


def find_file_to_hold(reference: str, *, by: Any, at: datetime) -> CaseFile:
    """As :func:`find_file`, of the files that somebody may hold; of no other they learn anything.

    :raises BadInput: under ``reference``: there is none.
    """
    found = find_file(reference)
    try:
        check_may_hold(found, by, at)
    except (NotYourPost, Excluded):
        raise no_such_file() from None
    return found


def no_such_file() -> BadInput:
    """The one answer, be there none or one that somebody may not know of."""
    return BadInput({"reference": ["There is no file, entry or report with this reference."]})


def registers_of(case_file: CaseFile) -> list[Register]:
    """The registers of all that goes with a file: of reports, entries and cases before a panel."""
    keys = registers_of_each([case_file.pk])[case_file.pk]
    return list(Register.objects.filter(pk__in=keys))


def registers_of_each(files: Iterable[UUID]) -> dict[UUID, set[Any]]:
    """As :func:`registers_of`: file → keys of registers, in a few queries for all of them."""
    roots = roots_of(files)
    family = family_of(roots.values())
    found: defaultdict[UUID, set[Any]] = defaultdict(set)
    for model in (IncidentReport, Entry, PanelCase):
        rows = model._base_manager.filter(case_file__in=list(family)).order_by()
        for file, register in rows.values_list("case_file", "register"):
            found[family[file]].add(register)
    return {file: found[root] for file, root in roots.items()}


def check_may_hold(case_file: CaseFile, by: Any, at: datetime) -> None:
    """The person may place and lift holds on a register of the file, or of what goes with it.

    A hold keeps all of that, so whoever answers for a part of it may place one.

    :raises NotYourPost: they may not.
    :raises Excluded: they are shut out of a case about it (B11).
    """
    standing = standing_of(by, at=at)
    registers = registers_of(case_file)
    if not any(Power.PLACE_LEGAL_HOLDS in standing.powers(each) for each in registers):
        raise NotYourPost("None of your posts may do this.")
    check_file_not_shut_out(case_file, by)


def _record(case_file: CaseFile, by: Any, at: datetime) -> None:
    record(
        act=Act.HELD_LEGALLY,
        by=by,
        at=at,
        register=next(iter(registers_of(case_file)), None),
        reference=case_file.reference,
    )
