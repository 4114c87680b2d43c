"""What follows the panel's decisions: whose it is, and what whoever keeps the schedule sees."""

from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from cautionary_plugin.models import (
    CourtSupport,
    FollowUpAction,
    PanelCase,
    Questionnaire,
    Register,
    SpecialistReferral,
)
from cautionary_plugin.rules.working_days import WorkingCalendar

from .exclusion import not_shut_out


def advice_asked_of(person: Any) -> QuerySet[SpecialistReferral]:
    """What somebody is asked as a specialist, in no case that they are shut out of."""
    unhindered = not_shut_out(person, case="questionnaire__letter__case")
    unhindered &= not_shut_out(person, case="item__case")
    found: QuerySet[SpecialistReferral] = SpecialistReferral.objects.filter(
        unhindered, specialist=person
    )
    related = "questionnaire__letter__case", "item__case", "case_file"
    return found.select_related(*related).order_by("due_on", "pk")


def actions_of(person: Any) -> QuerySet[FollowUpAction]:
    """The follow-up actions that are somebody's, in no case that they are shut out of."""
    found: QuerySet[FollowUpAction] = FollowUpAction.objects.filter(
        not_shut_out(person, case="case"), colleague=person
    )
    return found.select_related("case").order_by("due_on", "pk")


def supports_of(person: Any) -> QuerySet[CourtSupport]:
    """The summonses of somebody's employees, and their own; of the case, only its reference."""
    found: QuerySet[CourtSupport] = CourtSupport.objects.filter(
        Q(line_manager=person) | Q(employee=person)
    )
    return found.select_related("case", "employee", "line_manager").order_by("hearing_on", "pk")


def something_waits(person: Any) -> Q:
    """Whether anything of this waits for somebody, to be asked together with other things."""
    advice = advice_asked_of(person).filter(answered_at=None).order_by()
    actions = actions_of(person).filter(done_at=None).order_by()
    supports = CourtSupport.objects.filter(Q(line_manager=person) | Q(employee=person))
    return Q(Exists(advice)) | Q(Exists(actions)) | Q(Exists(supports))


def questionnaires_of(person: Any, registers: list[Register]) -> QuerySet[Questionnaire]:
    """The questionnaires of these registers, each marked if a specialist was asked."""
    asked = SpecialistReferral.objects.filter(questionnaire=OuterRef("pk"))
    found: QuerySet[Questionnaire] = Questionnaire.objects.filter(
        not_shut_out(person, case="letter__case"), letter__register__in=registers
    )
    related = "letter__entry", "letter__case", "letter__case_file", "letter__register"
    return found.select_related(*related).annotate(asked=Exists(asked))


def looked_for_by(questionnaire: Questionnaire, calendar: WorkingCalendar) -> date:
    """When a questionnaire is looked for: by the last day to ask for a review, as its letter."""
    letter = questionnaire.letter
    sent_on = cast(date, letter.sent_on)  # a questionnaire goes out with its letter
    return calendar.after(sent_on, letter.register.appeal_days)


def cases_kept(person: Any, registers: list[Register]) -> QuerySet[PanelCase]:
    """The cases of these registers that somebody may know of."""
    found: QuerySet[PanelCase] = PanelCase.objects.filter(
        not_shut_out(person), register__in=registers
    )
    return found
