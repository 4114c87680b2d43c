"""A specialist colleague is asked, and their answer brings the case before the panel (B21, B39)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.panel.cases import open_case
from cautionary_plugin.models import (
    AgendaItem,
    Entry,
    Letter,
    MailKind,
    PanelCase,
    Questionnaire,
    SpecialistReferral,
)
from cautionary_plugin.rules.errors import AlreadyDone, IllegalMove, NotYours, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.states import CaseState, EntryState
from cautionary_plugin.rules.vocabulary import Act, CaseKind

from .keeping import check_colleague, check_keeps, check_length

LONGEST = 4000


@action
def refer_to_specialist(
    *,
    specialist: Any,
    asked: str,
    by: Any,
    at: datetime,
    questionnaire: Questionnaire | None = None,
    item: AgendaItem | None = None,
) -> SpecialistReferral:
    """Ask a colleague who knows about such needs; they need no post, and are mailed.

    :param questionnaire: that came back and tells of something new (B39); or else
    :param item: of the panel, where the question came up (B21).
    :param asked: all that the specialist is shown: what they must know, and no more.
    :raises NotYourPost, Excluded: ``by`` does not keep the schedule, or is shut out of the case.
    :raises IllegalMove: the questionnaire is out, or tells of nothing new.
    :raises AlreadyDone: this colleague was asked, and has not answered yet.
    :raises BadInput: nobody who may be asked, or no words.
    """
    if (questionnaire is None) == (item is None):
        raise TypeError("A specialist is asked about a questionnaire, or at an item.")
    case = item.case if item else _letter(questionnaire).case
    register = item.meeting.register if item else _letter(questionnaire).register
    check_keeps(register, case, by=by, at=at)
    if item is not None:
        item = lock(item)
    if questionnaire is not None:
        questionnaire = lock(questionnaire)
        if not questionnaire.new_issues:
            raise IllegalMove("The questionnaire tells of nothing new that a specialist is asked.")
    gather(
        partial(check_colleague, specialist, case, field="specialist"),
        partial(check_reason, asked, field="asked", told="Say what you ask them, in a sentence."),
        partial(check_length, asked, LONGEST, field="asked"),
    )
    waiting = SpecialistReferral.objects.filter(questionnaire=questionnaire, item=item)
    if waiting.filter(specialist=specialist, answered_at=None).exists():
        raise AlreadyDone("This colleague was asked before, and has not answered yet.")
    referral = SpecialistReferral.objects.create(
        case_file=item.case_file if item else _letter(questionnaire).case_file,
        questionnaire=questionnaire,
        item=item,
        register=register,
        specialist=specialist,
        referred_by=by,
        referred_at=at,
        due_on=register.calendar.after(timezone.localdate(at), register.statement_days),
        asked=asked.strip(),
    )
    reference = reference_of(referral)
    record(act=Act.QUESTIONNAIRE, by=by, at=at, register=register, reference=reference)
    queue_mail(kind=MailKind.SPECIALIST, to=[specialist], at=at, reference=reference)
    return referral


@action
def answer_specialist(
    *, referral: SpecialistReferral, advice: str, by: Any, at: datetime
) -> SpecialistReferral:
    """Give one's advice, once; the panel looks at the case again by itself.

    What still waits for the panel is not doubled: the advice joins it.

    :raises NotYours: ``by`` was not asked.
    :raises Excluded: ``by`` is shut out of the case.
    :raises AlreadyDone: answered before.
    :raises BadInput: no advice.
    """
    referral = lock(referral)
    check_asked(referral, by=by, at=at)
    gather(
        partial(check_reason, advice, field="advice", told="Give your advice, in a sentence."),
        partial(check_length, advice, LONGEST, field="advice"),
    )
    referral.advice, referral.answered_at = advice.strip(), at
    referral.case = _back_to_the_panel(referral, by, at)
    referral.save(update_fields=["advice", "answered_at", "case"])
    record(
        act=Act.QUESTIONNAIRE,
        by=by,
        at=at,
        register=referral.register,
        reference=reference_of(referral),
    )
    return referral


def check_asked(referral: SpecialistReferral, *, by: Any, at: datetime) -> None:
    """The person is asked, has not answered, and may know of the case.

    :raises NotYours, Excluded, AlreadyDone, NoSuchEntry: else.
    """
    if referral.specialist_id != by.pk:
        raise NotYours("You have not been asked for this advice.")
    if referral.answered_at is not None:
        raise AlreadyDone("You have answered this before, and the answer stays as it is.")
    case = case_asked_about(referral)
    if case is not None:
        check_not_shut_out(case, by)
    check_in_use(referral.case_file, at=at)


def case_asked_about(referral: SpecialistReferral) -> PanelCase | None:
    """The case from which the question came."""
    if referral.item is not None:
        return referral.item.case
    return _letter(referral.questionnaire).case


def reference_of(referral: SpecialistReferral) -> str:
    """The public reference of what is asked about."""
    case = case_asked_about(referral)
    return case.reference if case else referral.case_file.reference


def _back_to_the_panel(referral: SpecialistReferral, by: Any, at: datetime) -> PanelCase | None:
    """The case that waits, or a new one; none where there is nothing left to reconsider."""
    before = case_asked_about(referral)
    if before is not None and before.state == CaseState.WAITING:
        return before
    entry = _entry(referral)
    report = before.report if before else None
    if entry is None and report is None:
        return None
    if entry is not None and (waiting := _waiting(entry)):
        return waiting
    opened: PanelCase = open_case(
        kind=CaseKind.RECONSIDERATION,
        register=referral.register,
        case_file=referral.case_file,
        risk=entry.risk if entry else before.risk if before else "",
        report=report,
        entry=entry,
        presenter=before.presenter if before else None,
        statement=f"Advice of a specialist colleague:\n\n{referral.advice}",
        by=by,
        at=at,
    )
    return opened


def _waiting(entry: Entry) -> PanelCase | None:
    waiting = entry.panel_cases.filter(kind=CaseKind.RECONSIDERATION, state=CaseState.WAITING)
    return waiting.first()


def _entry(referral: SpecialistReferral) -> Entry | None:
    """The entry that the question is about, while it counts."""
    entry = referral.item.case.entry if referral.item else _letter(referral.questionnaire).entry
    return entry if entry is not None and entry.state != EntryState.ENDED else None


def _letter(questionnaire: Questionnaire | None) -> Letter:
    if questionnaire is None:
        raise TypeError("This was not asked about a questionnaire.")
    return questionnaire.letter
