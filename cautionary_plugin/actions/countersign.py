"""A Head of Service or Director reads a report, and confirms it or sends it back (A3, A8)."""

from datetime import datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cautionary_plugin.access.exclusion import check_file_not_shut_out
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.standing import Standing, standing_of
from cautionary_plugin.models import Countersignature, IncidentReport, MailKind
from cautionary_plugin.rules.errors import AlreadyDone, NotYourPost
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.hearsay import check_first_hand
from cautionary_plugin.rules.not_concerned import check_not_concerned
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReportState, check_move
from cautionary_plugin.rules.vocabulary import Act, CountersignOutcome, Route

from .access import record
from .base import action, lock
from .concerned import concerned
from .mail import holders_of, queue_mail
from .referrers import referrers_of

STATES = {
    CountersignOutcome.CONFIRMED: ReportState.COUNTERSIGNED,
    CountersignOutcome.RETURNED: ReportState.RETURNED,
}


@action
def open_report(*, report: IncidentReport, by: Any, at: datetime) -> None:
    """Record that a report was opened by somebody who decides on it or may countersign it.

    :raises NotYourPost: ``by`` may do neither.
    :raises SamePerson: it is ``by``'s own.
    :raises AlreadyDone: it waits for no countersignature, and ``by`` does not decide.
    :raises BriefingLapsed: a lapse suspends access at once.
    :raises NoSuchEntry: it led to an entry that has expired (A32).
    :raises Excluded: ``by`` is shut out of a case before the panel about it (B11).
    """
    check_file_not_shut_out(report.case_file, by)
    standing = standing_of(by, at=at)
    check_may_open(report, standing)
    check_in_use(report.case_file, at=at)
    record(act=Act.READ_REPORT, by=by, at=at, register=report.register, reference=report.reference)


def check_may_open(report: IncidentReport, standing: Standing) -> None:
    """Who decides may open a report that was submitted; who countersigns, while it waits for that.

    What is for the panel is opened by those who put it before the panel, on a screen of theirs.

    :raises NotAllowed: as :func:`open_report`.
    """
    check_directors(report)
    submitted = report.state != ReportState.DRAFT
    if submitted and Power.DECIDE in standing.powers(report.register):
        standing.check_may_handle(Power.DECIDE, report.register)
        return
    standing.check_may_handle(Power.COUNTERSIGN, report.register)
    check_not_concerned(standing.user.pk, concerned=concerned(report))
    if report.state != ReportState.SUBMITTED:
        raise AlreadyDone("The report does not wait for a countersignature.")


def check_directors(report: IncidentReport) -> None:
    """A director decides on the register of this report.

    :raises NotYourPost: a panel does.
    """
    if report.register.route != Route.DIRECTOR:
        raise NotYourPost("This report is for the panel.")


@action
def countersign_report(
    *, report: IncidentReport, outcome: CountersignOutcome, reasons: str, by: Any, at: datetime
) -> Countersignature:
    """Confirm a report, or send it back to its reporter with reasons (A8).

    :raises NotYourPost: ``by`` holds no post that countersigns.
    :raises SamePerson: ``by`` reported or typed it, or was there.
    :raises AlreadyDone: it does not wait for a countersignature.
    :raises BadInput: sent back without ``reasons``.
    :raises NotReady: nothing but hearsay can be confirmed (A3).
    """
    report = lock(report)
    check_countersignature(report=report, outcome=outcome, reasons=reasons, by=by, at=at)
    signature = Countersignature.objects.create(
        report=report, outcome=outcome, reasons=reasons, by=by, at=at
    )
    report.state, report.changed_at = STATES[CountersignOutcome(outcome)], at
    report.save(update_fields=["state", "changed_at"])
    record(
        act=Act.COUNTERSIGNED, by=by, at=at, register=report.register, reference=report.reference
    )
    _tell(report, signature, at)
    return signature


def check_countersignature(
    *, report: IncidentReport, outcome: CountersignOutcome, reasons: str, by: Any, at: datetime
) -> bool:
    """Whether a signature could be recorded as it stands, before it is read back.

    :raises CautionaryError: whatever :func:`countersign_report` would raise.
    """
    check_directors(report)
    standing_of(by, at=at).check_may_handle(Power.COUNTERSIGN, report.register)
    check_not_concerned(by.pk, concerned=concerned(report))
    if report.state != ReportState.SUBMITTED:
        raise AlreadyDone("The report does not wait for a countersignature.")
    state = STATES[CountersignOutcome(outcome)]
    check_move(ReportState, report.state, state, by=Power.COUNTERSIGN)
    if outcome == CountersignOutcome.RETURNED:
        check_reason(reasons, field="reasons")
    else:
        check_first_hand(
            seen=report.seen,
            accounts=report.statements.exclude(given_at=None).count(),
            evidence=report.case_file.evidence.count(),
        )
    return True


def chase_countersignatures(*, at: datetime) -> int:
    """Remind of each report whose countersignature is late, once a day; how many there were."""
    today = timezone.localdate(at)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    late = IncidentReport.objects.filter(
        Q(chased_at=None) | Q(chased_at__lt=midnight),
        state=ReportState.SUBMITTED,
        countersign_by__lt=today,
    )
    return sum(_chase(report, midnight, at) for report in late.select_related("register"))


@action
def _chase(report: IncidentReport, midnight: datetime, at: datetime) -> bool:
    report = lock(report)
    chased = report.chased_at is not None and report.chased_at >= midnight
    if chased or report.state != ReportState.SUBMITTED:
        return False
    kind, people = _who_is_late(report, at)
    queue_mail(kind=kind, to=people, at=at, reference=report.reference)
    report.chased_at = at
    report.save(update_fields=["chased_at"])
    return True


def _who_is_late(report: IncidentReport, at: datetime) -> tuple[MailKind, list[Any]]:
    owners = holders_of(Power.DECIDE, at=at, register=report.register)
    if report.register.route == Route.PANEL:
        return MailKind.REFER, [*referrers_of(report, at=at), *owners]
    apart = concerned(report)
    signers = holders_of(Power.COUNTERSIGN, at=at, register=report.register)
    others = [person for person in signers if person.pk not in apart]
    return MailKind.COUNTERSIGN_LATE, [*others, *owners]


def _tell(report: IncidentReport, signature: Countersignature, at: datetime) -> None:
    if signature.outcome == CountersignOutcome.RETURNED:
        kind, people = MailKind.RETURNED, [report.reporter, report.typed_by]
    else:
        kind = MailKind.DECIDE
        people = holders_of(Power.DECIDE, at=at, register=report.register)
    known = [person for person in people if person is not None]
    queue_mail(kind=kind, to=known, at=at, reference=report.reference)
