"""A case comes before the panel, whoever or whatever brings it there."""

from datetime import date, datetime
from typing import Any

from cautionary_plugin.access.exclusion import shut_out_of_each
from cautionary_plugin.access.families import whole_family
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.concerned import concerned
from cautionary_plugin.actions.mail import apart_from_case, holders_of, queue_mail
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.models import (
    CaseFile,
    ConflictDeclaration,
    Entry,
    IncidentReport,
    MailKind,
    PanelCase,
    PanelDecision,
    Register,
)
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.vocabulary import CaseKind

from .agenda import list_on_next
from .deciding_conflicts import tell_deciders

NAMED = "The report itself names them as one of the employees concerned."
BEFORE = "They were shut out of an earlier case about the same customer."


@action
def open_case(
    *,
    kind: CaseKind,
    register: Register,
    case_file: CaseFile,
    risk: str,
    by: Any,
    at: datetime,
    report: IncidentReport | None = None,
    entry: Entry | None = None,
    corrects: PanelDecision | None = None,
    presenter: Any = None,
    statement: str = "",
    letter_tried: str = "",
    proceedings: bool = False,
    decide_by: date | None = None,
) -> PanelCase:
    """A case waits for the panel from now on, on the agenda of the next meeting that is planned.

    Called by the act that brings it, in its transaction; the clerk is told. A member whom the
    report itself concerns is shut out of the case until the chair has decided on it (B9).

    :param by: who brings it; None where a day has come.
    :param risk: the level as it is presented.
    """
    [reference] = take_references(Prefix.PANEL_CASE, 1, at=at)
    case = PanelCase.objects.create(
        reference=reference,
        kind=kind,
        register=register,
        case_file=case_file,
        report=report,
        entry=entry,
        corrects=corrects,
        risk=risk,
        presenter=presenter,
        referred_by=by,
        referred_at=at,
        statement=statement,
        letter_tried=letter_tried,
        proceedings=proceedings,
        decide_by=decide_by,
    )
    shut_out_whom_it_concerns(case, at=at)
    clerks = holders_of(Power.RUN_MEETINGS, at=at, register=register)
    told = apart_from_case(clerks, case)
    queue_mail(kind=MailKind.REFERRED, to=told, at=at, reference=reference)
    list_on_next(case=case, at=at)
    return case


@action
def shut_out_whom_it_concerns(
    case: PanelCase, *, at: datetime, report: IncidentReport | None = None
) -> None:
    """Whom the report names, and who was shut out of a case about the same customer before.

    It is decided anew for each case; until then they stay shut out. What was declared or decided
    in this case stays as it is.

    :param report: one that came to the case later; else the case's own.
    """
    apart = dict.fromkeys(_shut_out_before(case), BEFORE)
    report = report or case.report
    if report is not None:
        apart |= dict.fromkeys(concerned(report), NAMED)
    for known in case.conflicts.values_list("user", flat=True):
        apart.pop(known, None)
    members = holders_of(Power.SIT_ON_PANEL, at=at, register=case.register)
    declared = ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(
            case_file=case.case_file,
            case=case,
            user=member,
            declared_at=at,
            reasons=apart[member.pk],
        )
        for member in members
        if member.pk in apart
    )
    for conflict in declared:
        tell_deciders(conflict, at=at)


def _shut_out_before(case: PanelCase) -> set[Any]:
    cases = PanelCase.objects.filter(case_file__in=whole_family([case.case_file_id]))
    earlier = cases.exclude(pk=case.pk).values_list("pk", flat=True)
    return set().union(*shut_out_of_each(earlier).values())
