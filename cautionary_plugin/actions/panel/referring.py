"""A report is put before the panel, sent back, or the case is withdrawn (B12, B14, B17)."""

from datetime import datetime
from functools import partial
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out, not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.referrers import check_may_refer
from cautionary_plugin.models import (
    Countersignature,
    IncidentReport,
    MailKind,
    PanelCase,
    Register,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotYourPost,
    gather,
)
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ReportState, check_move
from cautionary_plugin.rules.vocabulary import (
    Act,
    CaseKind,
    CountersignOutcome,
    Risk,
    Route,
    SubjectKind,
)

from .agenda import current_item, take_off
from .cases import open_case

SAY_WHAT = "Say what happened, and what you ask of the panel."
SAY_OF_LETTERS = "Say when a letter was sent and what came of it, or why there was none."
LONGEST_STATEMENT = 20000
LONGEST_LETTERS = 4000
SETTLED_OTHERWISE = (CaseKind.RATIFICATION, CaseKind.RENEWAL)


@action
def open_report(*, report: IncidentReport, register: Register, by: Any, at: datetime) -> None:
    """Record that a report was opened by somebody who may put it before the panel of a register.

    :raises NotYourPost: they may not: it is of another service, or a draft.
    :raises NoSuchEntry: it led to an entry that has expired (A32).
    """
    check_may_open(report, register, by=by, at=at)
    record(act=Act.READ_REPORT, by=by, at=at, register=report.register, reference=report.reference)


def check_may_open(report: IncidentReport, register: Register, *, by: Any, at: datetime) -> None:
    """The report was sent, and is this person's to put before the panel.

    :raises NotYourPost: it is not.
    :raises Excluded: they are shut out of a case on it: the report is among its papers.
    """
    check_may_refer(report, standing_of(by, at=at), register)
    if PanelCase.objects.filter(report=report).exclude(not_shut_out(by)).exists():
        raise Excluded("You are excluded from the case on this report.")
    if report.state in (ReportState.DRAFT, ReportState.RETURNED):
        raise NotYourPost("The report was not sent, or was sent back to its reporter.")
    check_in_use(report.case_file, at=at)


@action
def refer_report(
    *,
    report: IncidentReport,
    register: Register,
    statement: str,
    risk: str,
    letter_tried: str,
    presenter: Any,
    by: Any,
    at: datetime,
    proceedings: bool = False,
) -> PanelCase:
    """Put a report before the panel: a case waits for its next meeting (B12).

    A report to the panel's register goes on with it. One to a director's register may be referred
    as well and stays where it is there: one incident file, two routes.

    :param register: the panel's.
    :param statement: of the Operations Manager: what the panel decides on where papers are missing
        (B14).
    :param letter_tried: what is known of a letter of expected behaviour before (B17).
    :param presenter: who puts the case at the meeting.
    :param proceedings: legal proceedings were intimated, so that Legal is invited (B13).
    :raises NotYourPost: not a report of the person's service.
    :raises AlreadyDone: it is before the panel, or was.
    :raises IllegalMove: it was not sent, or is about premises.
    :raises BadInput: under the names of what is missing.
    """
    report = lock(report)
    _check_could_refer(report, register, by=by, at=at)
    gather(
        partial(check_reason, statement, field="statement", told=SAY_WHAT),
        partial(check_reason, letter_tried, field="letter_tried", told=SAY_OF_LETTERS),
        partial(_check_length, statement, LONGEST_STATEMENT, "statement"),
        partial(_check_length, letter_tried, LONGEST_LETTERS, "letter_tried"),
        partial(_check_risk, risk),
        partial(_check_presenter, presenter, register, at),
    )
    if report.register.route == Route.PANEL and report.state == ReportState.SUBMITTED:
        _move(report, ReportState.COUNTERSIGNED, at)
    case: PanelCase = open_case(
        kind=CaseKind.REFERRAL,
        register=register,
        case_file=report.case_file,
        report=report,
        risk=Risk(risk),
        presenter=presenter,
        statement=statement,
        letter_tried=letter_tried,
        proceedings=proceedings,
        by=by,
        at=at,
    )
    record(act=Act.REFERRED, by=by, at=at, register=register, reference=case.reference)
    return case


@action
def send_back(*, report: IncidentReport, reasons: str, by: Any, at: datetime) -> Countersignature:
    """Send a report to the panel's register back to its reporter, with reasons.

    :raises NotYourPost: not a report of the person's service, or a director's.
    :raises AlreadyDone: it waits for nobody's word.
    :raises BadInput: no ``reasons``.
    """
    report = lock(report)
    check_may_refer(report, standing_of(by, at=at))
    if report.register.route != Route.PANEL:
        raise NotYourPost("This report is the director’s to send back.")
    if report.state != ReportState.SUBMITTED:
        raise AlreadyDone("The report does not wait to be put before the panel.")
    check_reason(reasons, field="reasons")
    _move(report, ReportState.RETURNED, at)
    signature = Countersignature.objects.create(
        report=report, by=by, at=at, outcome=CountersignOutcome.RETURNED, reasons=reasons
    )
    people = [each for each in (report.reporter, report.typed_by) if each is not None]
    queue_mail(kind=MailKind.RETURNED, to=people, at=at, reference=report.reference)
    record(act=Act.REFERRED, by=by, at=at, register=report.register, reference=report.reference)
    return signature


@action
def withdraw_case(*, case: PanelCase, reasons: str, by: Any, at: datetime) -> PanelCase:
    """Take a case back before the panel has decided on it; the report may be referred again.

    :raises NotYourPost: ``by`` does not run the panel's meetings.
    :raises Excluded: ``by`` is shut out of the case.
    :raises AlreadyDone: it is settled.
    :raises IllegalMove: the panel is at it; or it ratifies or renews an entry, which the panel
        decides or which lapses by itself.
    :raises BadInput: no ``reasons``.
    """
    check_could_withdraw(case, by=by, at=at)
    check_reason(reasons, field="reasons")
    if (item := current_item(case)) is not None:
        take_off(item=item, by=by, at=at)  # the meeting is locked before its cases
    case = lock(case)
    check_could_withdraw(case, by=by, at=at)
    if current_item(case) is not None:
        raise AlreadyDone("Somebody has just put this case on an agenda. Take it off first.")
    check_move(CaseState, case.state, CaseState.WITHDRAWN, by=Power.RUN_MEETINGS)
    case.state, case.settled_at = CaseState.WITHDRAWN, at
    case.withdrawn_by, case.withdrawn_because = by, reasons
    case.save(update_fields=["state", "settled_at", "withdrawn_by", "withdrawn_because"])
    record(act=Act.REFERRED, by=by, at=at, register=case.register, reference=case.reference)
    return case


def check_could_withdraw(case: PanelCase, *, by: Any, at: datetime) -> None:
    """The person runs the meetings, and the case waits and is theirs to take back.

    :raises NotAllowed, NotNow: as :func:`withdraw_case`.
    """
    standing_of(by, at=at).check_may_handle(Power.RUN_MEETINGS, case.register)
    check_not_shut_out(case, by)
    if case.state != CaseState.WAITING:
        raise AlreadyDone("This case does not wait for the panel any more.")
    if case.kind in SETTLED_OTHERWISE:
        raise IllegalMove("The panel decides on this case, or it lapses by itself.")


def _check_could_refer(
    report: IncidentReport, register: Register, *, by: Any, at: datetime
) -> None:
    check_may_open(report, register, by=by, at=at)
    if register.route != Route.PANEL:
        raise BadInput({"register": ["No panel decides on this register."]})
    if report.register.route == Route.PANEL and report.register_id != register.pk:
        raise BadInput({"register": ["The report was made to another panel’s register."]})
    if report.case_file.kind != SubjectKind.PERSON:
        raise IllegalMove("The panel decides about people. Premises are for the director.")
    before = PanelCase.objects.filter(report=report, register=register)
    if before.exclude(state__in=[CaseState.WITHDRAWN, CaseState.LAPSED]).exists():
        raise AlreadyDone("This report is before the panel, or has been.")


def _check_length(text: str, longest: int, field: str) -> None:
    if len(text) > longest:
        raise BadInput({field: [f"This is longer than {longest} signs."]})


def _check_risk(risk: str) -> None:
    if risk not in list(Risk):
        raise BadInput({"risk": ["Choose one of these."]})


def _check_presenter(presenter: Any, register: Register, at: datetime) -> None:
    known = presenter is not None and standing_of(presenter, at=at).powers(register)
    if not known or Power.REFER not in known:
        raise BadInput({"presenter": ["Name a colleague whose post puts cases before the panel."]})


def _move(report: IncidentReport, state: ReportState, at: datetime) -> None:
    check_move(ReportState, report.state, state, by=Power.REFER)
    report.state, report.changed_at = state, at
    report.save(update_fields=["state", "changed_at"])
