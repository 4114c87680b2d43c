"""A member is implicated in a case, or related to the customer (B9–B11).

From the declaration on they are shut out, whatever they have read or cast before; whether it stays
so is decided once, by the chair or the Monitoring Officer.
"""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out, shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import (
    ConflictDeclaration,
    MailKind,
    Meeting,
    PanelCase,
    Register,
    Vote,
)
from cautionary_plugin.rules.conflicts import Decider, check_may_decide, decider, deciders
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ItemState
from cautionary_plugin.rules.vocabulary import Act

from .agenda import ON_AGENDA
from .deciding_conflicts import CHAIRS, circumstances, circumstances_of, tell_deciders


@action
def declare_conflict(
    *, case: PanelCase, member: Any, reasons: str, by: Any, at: datetime
) -> ConflictDeclaration:
    """A member has a conflict of interest in a case; they are shut out of it from now on.

    A vote of theirs that is not counted yet is struck. After it was decided that they may take
    part, something new is a new declaration.

    :param by: the member; or who runs the meetings, on what they were told.
    :raises NotYourPost: ``by`` is neither.
    :raises Excluded: ``by`` declares for another, and is shut out of the case themselves.
    :raises BadInput: under ``member``: no member of this panel; under ``reasons``: none given.
    :raises AlreadyDone: it was declared before, and waits or was decided so.
    :raises IllegalMove: the case is decided.
    """
    case = _lock_case(case)
    _check_may_declare(case, member, by=by, at=at)
    check_reason(reasons, field="reasons")
    if case.state != CaseState.WAITING:
        raise IllegalMove("The case is decided.")
    if member.pk in shut_out(case):
        raise AlreadyDone("It is declared already, and they are shut out of the case.")
    conflict = ConflictDeclaration.objects.create(
        case_file=case.case_file,
        case=case,
        user=member,
        declared_by=by,
        declared_at=at,
        reasons=reasons,
    )
    _strike(case, member, at=at)
    _note(conflict, by=by, at=at)
    tell_deciders(conflict, at=at, but=by)
    return conflict


@action
def decide_conflict(
    *, conflict: ConflictDeclaration, excluded: bool, reasons: str, by: Any, at: datetime
) -> ConflictDeclaration:
    """Whether the member stays excluded, or may take part; decided once, with reasons.

    :raises NotYourPost: it is another's to decide.
    :raises SamePerson: it is about ``by``.
    :raises Excluded: ``by`` is shut out of the case themselves.
    :raises BadInput: under ``reasons``: none given.
    :raises AlreadyDone: it is decided.
    """
    _case, conflict = _lock(conflict)
    check_may_decide_now(conflict, by=by, at=at)
    check_reason(reasons, field="reasons")
    _check_open(conflict)
    conflict.excluded, conflict.decision = excluded, reasons
    conflict.decided_by, conflict.decided_at = by, at
    conflict.save(update_fields=["excluded", "decision", "decided_by", "decided_at"])
    _note(conflict, by=by, at=at)
    if conflict.user is not None:
        queue_mail(
            kind=MailKind.CONFLICT_DECIDED,
            to=[conflict.user],
            at=at,
            reference=conflict.case.reference,
        )
    return conflict


@action
def pass_on(*, conflict: ConflictDeclaration, by: Any, at: datetime) -> ConflictDeclaration:
    """The chair is absent: the Monitoring Officer decides on this one.

    :param by: the chair, or who runs the meetings; not the one whom it is about.
    :raises NotYourPost, SamePerson, Excluded: ``by`` may not.
    :raises AlreadyDone: it is decided, or the Monitoring Officer's already.
    """
    _case, conflict = _lock(conflict)
    check_may_pass_on(conflict, by=by, at=at)
    conflict.passed_on_by, conflict.passed_on_at = by, at
    conflict.save(update_fields=["passed_on_by", "passed_on_at"])
    _note(conflict, by=by, at=at)
    tell_deciders(conflict, at=at)
    return conflict


@action
def open_conflict(*, conflict: ConflictDeclaration, by: Any, at: datetime) -> None:
    """Whoever is to decide reads what was declared; that it was opened is recorded.

    :raises CautionaryError: whatever :func:`decide_conflict` says of ``by``.
    """
    if by.pk not in shut_out(conflict.case):
        _check_open(conflict)
    check_may_decide_now(conflict, by=by, at=at)
    record(
        act=Act.READ_CASE,
        by=by,
        at=at,
        register=conflict.case.register,
        reference=conflict.case.reference,
    )


def earlier_declarations(conflict: ConflictDeclaration) -> list[ConflictDeclaration]:
    """What was declared and decided of the same member in the same case before."""
    before = ConflictDeclaration.objects.filter(case=conflict.case, user=conflict.user)
    return list(before.exclude(excluded=None).select_related("case_file").order_by("declared_at"))


def check_may_decide_now(conflict: ConflictDeclaration, *, by: Any, at: datetime) -> None:
    """As things stand, ``by`` decides on this declaration.

    :raises CautionaryError: whatever :func:`decide_conflict` says of ``by``.
    """
    check_may_decide(by.pk, circumstances(conflict, at=at))
    standing = standing_of(by, at=at)
    register = conflict.case.register
    chair = Power.DECIDE_CONFLICTS in standing.powers(register)
    power = Power.DECIDE_CONFLICTS if chair else Power.DECIDE_CONFLICTS_FOR_CHAIR
    standing.check_may_handle(power, register)


def check_may_pass_on(conflict: ConflictDeclaration, *, by: Any, at: datetime) -> None:
    """As things stand, ``by`` can leave this declaration to the Monitoring Officer.

    :raises CautionaryError: whatever :func:`pass_on` says.
    """
    case = conflict.case
    standing_of(by, at=at).check_may_handle(Power.RUN_MEETINGS, case.register)
    check_not_shut_out(case, by)
    _check_open(conflict)
    if decider(circumstances(conflict, at=at)) is Decider.MONITORING_OFFICER:
        raise AlreadyDone("It is the Monitoring Officer's to decide already.")


def conflicts_to_decide(
    registers: list[Register], *, by: Any, at: datetime
) -> list[ConflictDeclaration]:
    """The declarations that wait for this person, the oldest first."""
    waiting = ConflictDeclaration.objects.filter(excluded=None, case__register__in=registers)
    found = list(waiting.select_related("case__register", "case_file", "user"))
    facts = circumstances_of(found, at=at)
    return [conflict for conflict in found if by.pk in deciders(facts[conflict.pk])]


def tell_of_absent_chair(meeting: Meeting, user: Any, *, at: datetime) -> None:
    """The chair sent apologies, or comes after all: what waits on this agenda is another's now."""
    held = meeting.register.posts.filter(kind__in=CHAIRS, appointments__user=user)
    if not held.exists():
        return
    waiting = ConflictDeclaration.objects.filter(
        excluded=None, case__items__meeting=meeting, case__items__state__in=ON_AGENDA
    )
    for conflict in waiting.select_related("case__register"):
        tell_deciders(conflict, at=at)


def _check_may_declare(case: PanelCase, member: Any, *, by: Any, at: datetime) -> None:
    standing = standing_of(by, at=at)
    if by.pk == member.pk:
        standing.check_power(Power.SIT_ON_PANEL, case.register)
        return
    standing.check_may_handle(Power.RUN_MEETINGS, case.register)
    check_not_shut_out(case, by)
    if Power.SIT_ON_PANEL not in standing_of(member, at=at).powers(case.register):
        raise BadInput({"member": ["This colleague has no seat on the panel, nor a deputyship."]})


def _lock_case(case: PanelCase) -> PanelCase:
    """The items first, where votes are cast, then the case: nobody votes meanwhile."""
    list(case.items.select_for_update().filter(state__in=ON_AGENDA).order_by("pk"))
    return lock(case)


def _lock(conflict: ConflictDeclaration) -> tuple[PanelCase, ConflictDeclaration]:
    case = _lock_case(conflict.case)
    return case, lock(conflict)


def _check_open(conflict: ConflictDeclaration) -> None:
    if conflict.excluded is not None:
        raise AlreadyDone("It is decided. What comes up later is a new declaration.")


def _strike(case: PanelCase, member: Any, *, at: datetime) -> None:
    """Votes on what is not decided yet count no more; they stay on record as struck."""
    votes = Vote.objects.counting().filter(user=member, motion__item__case=case)
    votes.filter(motion__closed_at=None, motion__item__state=ItemState.VOTING).update(struck_at=at)


def _note(conflict: ConflictDeclaration, *, by: Any, at: datetime) -> None:
    record(
        act=Act.CONFLICT,
        by=by,
        at=at,
        register=conflict.case.register,
        reference=conflict.case.reference,
    )
