"""A high-risk entry is added ahead of the panel, which ratifies it or lets it lapse (B41, B42)."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from cautionary_plugin.access.exclusion import check_not_shut_out, shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.announcing import owe_announcement
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.concerned import concerned
from cautionary_plugin.actions.decisions.adding import make_entry
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.removal import tell_of_removal
from cautionary_plugin.models import (
    Entry,
    IncidentReport,
    MailKind,
    Meeting,
    PanelCase,
    Register,
    UrgentAddition,
)
from cautionary_plugin.rules.errors import BadInput, IllegalMove, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.not_concerned import check_not_concerned
from cautionary_plugin.rules.panel_terms import EntryTerms
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import (
    THE_PANEL,
    CaseState,
    EntryState,
    ReportState,
    check_move,
)
from cautionary_plugin.rules.vocabulary import Act, CaseKind, Risk, Route, SubjectKind, WhyEnded

from .cases import open_case
from .listing import addition_of, check_entry_terms
from .settling import settle_addition, take_off_agendas

REPORTED = (ReportState.SUBMITTED, ReportState.COUNTERSIGNED)


@action
def add_immediately(
    *,
    report: IncidentReport,
    register: Register,
    terms: EntryTerms,
    reasons: str,
    by: Any,
    at: datetime,
    absence: str = "",
    risk: str = Risk.HIGH,
) -> UrgentAddition:
    """Enter a high-risk person ahead of the next meeting of the panel.

    The entry stays provisional until the panel ratifies it, and lapses at the end of the next
    meeting that does not (panel procedure, "High Risk").

    :param reasons: why it cannot wait for a meeting.
    :param absence: why the chair cannot decide; of the Director for Legal and Democratic only.
    :raises NotYourPost: ``by`` holds neither the chair nor, in its absence, its stand-in.
    :raises SamePerson, Excluded: ``by`` is concerned in the report, or shut out of its case.
    :raises IllegalMove: the report is a draft, was sent back, is decided, or is about premises.
    :raises NotReady: it is on the schedule already, or nothing but a name is on file.
    :raises BadInput: the level is lower than high, or something is missing.
    """
    report = lock(report)
    Register.objects.select_for_update(no_key=True).get(pk=register.pk)
    for_chair = check_may_add(report, register, by=by, at=at)
    if report.state not in REPORTED:
        raise IllegalMove("The report is not one that waits for a decision.")
    if report.case_file.kind != SubjectKind.PERSON:
        raise IllegalMove("The panel decides about people. Premises are for the director.")
    case = _proposed(report, register)
    held: list[bool] = []
    gather(
        partial(_check_high, risk),
        partial(check_reason, reasons, field="reasons"),
        partial(_check_absence, absence, for_chair=for_chair),
        lambda: held.append(check_entry_terms(case, terms, risk=risk, at=at)),
    )
    entry = make_entry(
        report,
        addition_of(case, terms, risk=risk, at=at),
        held=any(held),
        by=by,
        at=at,
        register=register,
        provisional=True,
    )
    _put_before_panel(report, register, for_chair=for_chair, at=at)
    addition = UrgentAddition.objects.create(
        case_file=entry.case_file,
        entry=entry,
        case=_open_ratification(entry, report, by=by, at=at),
        added_by=by,
        added_at=at,
        for_chair=for_chair,
        reasons=reasons,
        absence=absence if for_chair else "",
    )
    if entry.state == EntryState.LIVE:
        owe_announcement(entry=entry, at=at)
        _quote_reasons(entry, terms)
    record(act=Act.ADDED_URGENTLY, by=by, at=at, register=register, reference=entry.reference)
    _tell(addition, by=by, at=at)
    return addition


@action
def lapse_unratified(*, meeting: Meeting, at: datetime) -> list[Entry]:
    """What was added before a meeting closes, and was not ratified by then, ends (B41).

    Called by the act that closes the meeting, which holds its row, in that transaction.
    """
    return [_lapse(addition, at=at) for addition in unratified(meeting, at=at)]


def unratified(meeting: Meeting, *, at: datetime) -> QuerySet[UrgentAddition]:
    """The additions that end if this meeting is closed now."""
    waiting = UrgentAddition.objects.filter(
        ratified=None, added_at__lte=at, entry__register=meeting.register
    )
    return waiting.select_related("case").order_by("added_at", "pk")


def _lapse(addition: UrgentAddition, *, at: datetime) -> Entry:
    entry, case = lock(addition.entry), lock(addition.case)
    if entry.state != EntryState.ENDED:
        entry = end_entry(entry=entry, why=WhyEnded.UNRATIFIED, by=THE_PANEL, at=at)
        record(act=Act.REMOVED, by=None, at=at, register=entry.register, reference=entry.reference)
        tell_of_removal(entry=entry, case=case, at=at)
    settle_addition(entry, ratified=False, at=at)
    if case.state == CaseState.WAITING:
        check_move(CaseState, case.state, CaseState.LAPSED, by=THE_PANEL)
        case.state, case.settled_at = CaseState.LAPSED, at
        case.save(update_fields=["state", "settled_at"])
        take_off_agendas(case, at=at)
    return entry


def check_may_add(report: IncidentReport, register: Register, *, by: Any, at: datetime) -> bool:
    """The chair, or the Director for Legal and Democratic for the chair; with no part in the case.

    :returns: whether it is done for the chair.
    """
    standing = standing_of(by, at=at)
    chairs = Power.ADD_URGENTLY in standing.powers(register)
    power = Power.ADD_URGENTLY if chairs else Power.ADD_URGENTLY_FOR_CHAIR
    standing.check_may_handle(power, register)
    if register.route != Route.PANEL:
        raise IllegalMove("No panel decides on this register.")
    check_not_concerned(by.pk, concerned=concerned(report))
    for case in PanelCase.objects.filter(report=report):
        check_not_shut_out(case, by)
    return not chairs


def _quote_reasons(entry: Entry, terms: EntryTerms) -> None:
    """Why nothing is limited stands in the letter that is owed now; its writer may change it.

    No decision of the panel is there yet that would say it (B46, B47).
    """
    letter = entry.letters.get()
    reasons = {
        "no_restrictions": terms.no_restrictions.strip(),
        "no_contact_limits": terms.no_contact_limits.strip(),
    }
    letter.own_words = {name: words for name, words in reasons.items() if words}
    letter.save(update_fields=["own_words"])


def _check_high(risk: str) -> None:
    if risk != Risk.HIGH:
        told = "Only a high risk is added ahead of the panel. Refer the case to a meeting."
        raise BadInput({"risk": [told]})


def _check_absence(absence: str, *, for_chair: bool) -> None:
    if not for_chair:
        return
    try:
        check_reason(absence, field="absence")
    except BadInput:
        raise BadInput({"absence": ["Say why the chair cannot decide."]}) from None


def _proposed(report: IncidentReport, register: Register) -> PanelCase:
    """The case as it would be: what an entry may say is checked against it, nothing is written."""
    return PanelCase(report=report, register=register, case_file=report.case_file)


def _put_before_panel(
    report: IncidentReport, register: Register, *, for_chair: bool, at: datetime
) -> None:
    """A report on the panel's own register is before the panel with that."""
    if report.register_id != register.pk or report.state != ReportState.SUBMITTED:
        return
    power = Power.ADD_URGENTLY_FOR_CHAIR if for_chair else Power.ADD_URGENTLY
    check_move(ReportState, report.state, ReportState.COUNTERSIGNED, by=power)
    report.state, report.changed_at = ReportState.COUNTERSIGNED, at
    report.save(update_fields=["state", "changed_at"])


def _open_ratification(entry: Entry, report: IncidentReport, *, by: Any, at: datetime) -> PanelCase:
    """It comes before the panel by itself, with what is known of the referral, if there was one."""
    referred = PanelCase.objects.filter(report=report, register=entry.register).order_by(
        "-referred_at"
    )
    before = referred.first()
    return open_case(
        kind=CaseKind.RATIFICATION,
        register=entry.register,
        case_file=entry.case_file,
        risk=Risk.HIGH,
        by=by,
        at=at,
        report=report,
        entry=entry,
        presenter=before.presenter if before else None,
        statement=before.statement if before else "",
        letter_tried=before.letter_tried if before else "",
        proceedings=before.proceedings if before else False,
    )


def _tell(addition: UrgentAddition, *, by: Any, at: datetime) -> None:
    """The members, the chair and the clerk; nobody who is shut out."""
    entry, case = addition.entry, addition.case
    powers = (Power.SIT_ON_PANEL, Power.RUN_MEETINGS)
    people = {
        person.pk: person
        for power in powers
        for person in holders_of(power, at=at, register=entry.register)
        if person != by
    }
    apart = shut_out(case)
    told = [person for key, person in people.items() if key not in apart]
    queue_mail(kind=MailKind.URGENT, to=told, at=at, reference=entry.reference)
