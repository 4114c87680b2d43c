"""An employee was summoned to give evidence: their line manager supports them (B51)."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import CourtSupport, MailKind, PanelCase
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYours, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.vocabulary import Act

from .keeping import check_between, check_keeps, check_length, check_not_past


@action
def record_summons(
    *,
    case: PanelCase,
    employee: Any,
    line_manager: Any,
    hearing_on: date,
    by: Any,
    at: datetime,
) -> CourtSupport:
    """Record that an employee was summoned; their line manager is told, and so are they.

    A witness may well be a member of the panel who is shut out of the case: they see their own
    summons all the same, with the day, the reference and whom to ask, and nothing of the case.

    :raises NotYourPost, Excluded: ``by`` does not keep the schedule, or is shut out of the case.
    :raises AlreadyDone: this summons was recorded before.
    :raises BadInput: the same person twice, no active account, or a day that has passed.
    """
    case = lock(case)
    check_keeps(case.register, case, by=by, at=at)
    gather(
        partial(_check_active, employee, "employee"),
        partial(_check_active, line_manager, "line_manager"),
        partial(_check_others, employee, line_manager),
        partial(check_not_past, hearing_on, today=timezone.localdate(at), field="hearing_on"),
    )
    if case.court_supports.filter(employee=employee, hearing_on=hearing_on).exists():
        raise AlreadyDone("This summons was recorded before.")
    support = CourtSupport.objects.create(
        case_file=case.case_file,
        case=case,
        employee=employee,
        line_manager=line_manager,
        hearing_on=hearing_on,
        told_by=by,
        told_at=at,
    )
    _note(support, by, at)
    queue_mail(kind=MailKind.COURT, to=[line_manager], at=at, reference=case.reference)
    return support


@action
def record_offer(
    *, support: CourtSupport, offered_on: date, note: str, by: Any, at: datetime
) -> CourtSupport:
    """Say which support was offered, and when; the line manager does.

    :raises NotYours: ``by`` is not the line manager.
    :raises AlreadyDone: recorded before.
    :raises BadInput: a day that cannot be, or no words.
    """
    support = lock(support)
    check_supports(support, by=by)
    gather(
        partial(
            check_between,
            offered_on,
            first=timezone.localdate(support.told_at),
            last=timezone.localdate(at),
            field="offered_on",
        ),
        partial(check_reason, note, field="note", told="Say what was offered, in a sentence."),
        partial(check_length, note, 4000, field="note"),
    )
    support.offered_on, support.note = offered_on, note.strip()
    support.save(update_fields=["offered_on", "note"])
    _note(support, by, at)
    return support


def check_supports(support: CourtSupport, *, by: Any) -> None:
    """The person is the line manager, and has not said yet what was offered.

    :raises NotYours, AlreadyDone: else.
    """
    if support.line_manager_id != by.pk:
        raise NotYours("You have not been asked to support anybody.")
    if support.offered_on is not None:
        raise AlreadyDone("This was recorded before.")


def _check_active(person: Any, field: str) -> None:
    if person is None or not person.is_active:
        raise BadInput({field: ["Name a colleague who has an active account."]})


def _check_others(employee: Any, line_manager: Any) -> None:
    if employee == line_manager:
        raise BadInput({"line_manager": ["Nobody supports themselves: name their line manager."]})


def _note(support: CourtSupport, by: Any, at: datetime) -> None:
    case = support.case
    record(act=Act.COURT, by=by, at=at, register=case.register, reference=case.reference)
