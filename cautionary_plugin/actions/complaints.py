"""Complaints about the register: recorded, acknowledged within 30 days, answered (L10)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_file_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import CaseFile, Complaint, Entry, IncidentReport, Register
from cautionary_plugin.rules.appeals import acknowledge_by, check_day_of_complaint
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, Route

from .access import record
from .base import action, lock
from .references import take_references


@action
def record_complaint(
    *, about: str, received_on: date, text: str, by: Any, at: datetime
) -> Complaint:
    """Record a complaint about an entry or a report; the 30 days run from the day it came.

    :param about: reference of the entry or of the report.
    :raises NotYourPost: ``by`` records no complaints of that register.
    :raises BadInput: there is no such reference, no text, or a day still to come.
    """
    case_file, register = _file_of(about)
    standing_of(by, at=at).check_may_handle(Power.RECORD_APPEALS, register)
    _check_not_shut_out(case_file, register, by)
    check_reason(text, field="text", told="Say what the complaint is, in a sentence.")
    today = timezone.localdate(at)
    check_day_of_complaint(received_on, field="received_on", not_before=date.min, today=today)
    (reference,) = take_references(Prefix.COMPLAINT, 1, at=at)
    complaint = Complaint.objects.create(
        reference=reference,
        case_file=case_file,
        register=register,
        received_on=received_on,
        acknowledge_by=acknowledge_by(received_on),
        recorded_by=by,
        recorded_at=at,
        text=text,
    )
    record(act=Act.COMPLAINT, by=by, at=at, register=register, reference=reference)
    return complaint


@action
def open_complaint(*, complaint: Complaint, by: Any, at: datetime) -> None:
    """Record that somebody read a complaint.

    :raises NotYourPost: ``by`` records no complaints of its register.
    """
    register = complaint.register
    standing_of(by, at=at).check_may_handle(Power.RECORD_APPEALS, register)
    _check_not_shut_out(complaint.case_file, register, by)
    record(act=Act.COMPLAINT, by=by, at=at, register=register, reference=complaint.reference)


@action
def acknowledge_complaint(
    *, complaint: Complaint, acknowledged_on: date, by: Any, at: datetime
) -> Complaint:
    """Record that the complaint was acknowledged.

    :raises NotYourPost: ``by`` records no complaints of its register.
    :raises AlreadyDone: it was acknowledged before.
    :raises BadInput: the day is still to come, or before the complaint.
    """
    complaint = _mine(complaint, by=by, at=at)
    if complaint.acknowledged_on:
        raise AlreadyDone("This complaint was acknowledged before.")
    _check_day(complaint, acknowledged_on, field="acknowledged_on", at=at)
    complaint.acknowledged_on = acknowledged_on
    complaint.save(update_fields=["acknowledged_on"])
    _record(complaint, by=by, at=at)
    return complaint


@action
def answer_complaint(
    *, complaint: Complaint, answered_on: date, answer: str, by: Any, at: datetime
) -> Complaint:
    """Record the answer; one that came before any acknowledgement acknowledges too.

    :raises NotYourPost: ``by`` records no complaints of its register.
    :raises AlreadyDone: it was answered before.
    :raises BadInput: no answer, or a day still to come or before the complaint.
    """
    complaint = _mine(complaint, by=by, at=at)
    if complaint.answered_on:
        raise AlreadyDone("This complaint was answered before.")
    check_reason(answer, field="answer", told="Say what was answered, in a sentence.")
    _check_day(complaint, answered_on, field="answered_on", at=at)
    complaint.answered_on, complaint.answer = answered_on, answer
    complaint.acknowledged_on = complaint.acknowledged_on or answered_on
    complaint.save(update_fields=["answered_on", "answer", "acknowledged_on"])
    _record(complaint, by=by, at=at)
    return complaint


def _file_of(about: str) -> tuple[CaseFile, Register]:
    wanted = about.strip().upper()
    entry = Entry.objects.filter(reference=wanted).select_related("case_file", "register").first()
    reports = IncidentReport.objects.exclude(state=ReportState.DRAFT)
    found = entry or reports.filter(reference=wanted).select_related("case_file").first()
    if found is None:
        raise BadInput({"about": ["No entry and no report has this reference."]})
    return found.case_file, found.register


def _mine(complaint: Complaint, *, by: Any, at: datetime) -> Complaint:
    complaint = lock(complaint)
    standing_of(by, at=at).check_may_handle(Power.RECORD_APPEALS, complaint.register)
    _check_not_shut_out(complaint.case_file, complaint.register, by)
    return complaint


def _check_not_shut_out(case_file: CaseFile, register: Register, by: Any) -> None:
    if register.route == Route.PANEL:
        check_file_not_shut_out(case_file, by)


def _check_day(complaint: Complaint, day: date, *, field: str, at: datetime) -> None:
    check_day_of_complaint(
        day, field=field, not_before=complaint.received_on, today=timezone.localdate(at)
    )


def _record(complaint: Complaint, *, by: Any, at: datetime) -> None:
    record(
        act=Act.COMPLAINT,
        by=by,
        at=at,
        register=complaint.register,
        reference=complaint.reference,
    )
