"""The director answers a referral of the panel: takes the report up, or says why not."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.reports.submission import countersigners_of
from cautionary_plugin.models import DirectorReferral, IncidentReport, MailKind
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReportState, check_move
from cautionary_plugin.rules.vocabulary import Act

from .subject import report_of


@action
def open_referral(*, referral: DirectorReferral, by: Any, at: datetime) -> None:
    """Read what the panel refers; that somebody did is recorded.

    :raises NotYourPost, BriefingLapsed: ``by`` does not decide on the director's register.
    :raises NoSuchEntry: the file is not read any more.
    """
    standing_of(by, at=at).check_may_handle(Power.DECIDE, referral.register)
    check_not_shut_out(referral.decision.case, by)
    check_in_use(referral.case_file, at=at)
    reference = referral.decision.case.reference
    record(act=Act.READ_CASE, by=by, at=at, register=referral.register, reference=reference)


@action
def take_up(*, referral: DirectorReferral, by: Any, at: datetime) -> DirectorReferral:
    """The report goes the director's own way, which begins with a countersignature (A8).

    It makes no entry: what the panel found is no decision of the director.

    :raises NotYourPost, BriefingLapsed: ``by`` does not decide on the director's register.
    :raises AlreadyDone: it was answered.
    """
    report = lock(report_of(referral.decision.case))
    referral = _unanswered(referral, by=by, at=at)
    if report.register_id != referral.register_id:
        _move_to(report, referral, at=at)
    return _answer(referral, taken=True, reasons="", by=by, at=at)


@action
def turn_down(
    *, referral: DirectorReferral, reasons: str, by: Any, at: datetime
) -> DirectorReferral:
    """The director does not take the report up, and says why.

    :raises NotYourPost, BriefingLapsed: ``by`` does not decide on the director's register.
    :raises AlreadyDone: it was answered.
    :raises BadInput: no reasons.
    """
    referral = _unanswered(referral, by=by, at=at)
    check_reason(reasons, field="reasons")
    return _answer(referral, taken=False, reasons=reasons, by=by, at=at)


def _unanswered(referral: DirectorReferral, *, by: Any, at: datetime) -> DirectorReferral:
    referral = lock(referral)
    standing_of(by, at=at).check_may_handle(Power.DECIDE, referral.register)
    check_not_shut_out(referral.decision.case, by)
    if referral.answered_at is not None:
        raise AlreadyDone("This referral was answered.")
    return referral


def _move_to(report: IncidentReport, referral: DirectorReferral, *, at: datetime) -> None:
    check_move(ReportState, report.state, ReportState.SUBMITTED, by=Power.DECIDE)
    report.register = referral.register
    report.state, report.changed_at, report.chased_at = ReportState.SUBMITTED, at, None
    today, register = timezone.localdate(at), referral.register
    report.countersign_by = register.calendar.after(today, register.countersign_days)
    report.save()
    people = countersigners_of(report, at=at)
    queue_mail(kind=MailKind.COUNTERSIGN, to=people, at=at, reference=report.reference)


def _answer(
    referral: DirectorReferral, *, taken: bool, reasons: str, by: Any, at: datetime
) -> DirectorReferral:
    referral.taken, referral.reasons = taken, reasons
    referral.answered_by, referral.answered_at = by, at
    referral.save(update_fields=["taken", "reasons", "answered_by", "answered_at"])
    reference = referral.decision.case.reference
    record(act=Act.REFERRED, by=by, at=at, register=referral.register, reference=reference)
    return referral
