"""The decision itself: add, join, warn or decline, with its reasons (A10)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.announcing import owe_announcement
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.figures import count
from cautionary_plugin.actions.letters import owe_letter
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.actions.panel.renewals import renew_at_once
from cautionary_plugin.models import Decision, Entry, IncidentReport, MailKind, Register
from cautionary_plugin.rules.additions import Addition, Finding
from cautionary_plugin.rules.errors import AlreadyDone, gather
from cautionary_plugin.rules.factors import check_answered
from cautionary_plugin.rules.figures import Measure, span_of
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState, ReportState, check_move
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome, LetterKind

from .adding import check_addition, make_entry
from .gates import check_may_decide, check_nothing_missing
from .joining import check_join


@dataclass(frozen=True, repr=False)
class Ruling:
    """A decision as it is proposed: what was found, and what follows from it.

    :ivar addition: the entry to make; of a decision to add only.
    :ivar join_to: the entry whose file the report joins; of a decision to join only.
    """

    outcome: DecisionOutcome
    finding: Finding
    addition: Addition | None
    join_to: Entry | None
    by: Any
    at: datetime

    def __post_init__(self) -> None:
        if (self.addition is None) == (self.outcome == DecisionOutcome.ADD):
            raise TypeError("An entry goes with a decision to add, and with no other.")


@action
def decide_report(
    *,
    report: IncidentReport,
    outcome: DecisionOutcome,
    finding: Finding,
    addition: Addition | None = None,
    join_to: Entry | None = None,
    by: Any,
    at: datetime,
) -> Decision:
    """Decide on a report, once and for good (A10).

    A refusal leaves no entry and no marker; a warning is a letter without an entry; a report
    about somebody who is on the register joins the file of that entry.

    :param addition: the entry to make, with ``ADD``.
    :param join_to: the live entry whose file the report joins, with ``JOIN``.
    :raises NotYourPost, BriefingLapsed: ``by`` does not decide on this register.
    :raises SamePerson: ``by`` has had a part in the case.
    :raises AlreadyDone: it is decided.
    :raises IllegalMove: it is not countersigned.
    :raises NotReady: an account (A11), the Police (A12) or a second identifier (L3) is missing.
    :raises BadInput: a factor without an answer, no credible risk, a term too long …
    """
    report = lock(report)
    _one_at_a_time(report.register)
    ruling = Ruling(DecisionOutcome(outcome), finding, addition, join_to, by, at)
    held = _check(report, ruling)
    entry = _carry_out(report, ruling, held=held)
    decision = _write(report, ruling, entry)
    report.state, report.changed_at = ReportState.DECIDED, at
    report.save(update_fields=["state", "changed_at"])
    renew_at_once(case_file=report.case_file, at=at)
    _count(report, ruling)
    record(act=Act.DECIDED, by=by, at=at, register=report.register, reference=report.reference)
    if report.reporter is not None:
        queue_mail(kind=MailKind.DECIDED, to=[report.reporter], at=at, reference=report.reference)
    return decision


@action
def check_decision(
    *,
    report: IncidentReport,
    outcome: DecisionOutcome,
    finding: Finding,
    addition: Addition | None = None,
    join_to: Entry | None = None,
    by: Any,
    at: datetime,
) -> bool:
    """Whether the decision could be recorded as it stands, before it is read back.

    :raises CautionaryError: whatever :func:`decide_report` would raise.
    """
    _check(report, Ruling(DecisionOutcome(outcome), finding, addition, join_to, by, at))
    return True


def _check(report: IncidentReport, ruling: Ruling) -> bool:
    """Every rule of a decision.

    :returns: whether the new entry must wait for a senior signature (L2).
    """
    check_may_decide(report, standing_of(ruling.by, at=ruling.at))
    if report.state == ReportState.DECIDED:
        raise AlreadyDone("This report was decided already.")
    check_move(ReportState, report.state, ReportState.DECIDED, by=Power.DECIDE)
    check_nothing_missing(report, on=timezone.localdate(ruling.at))
    held: list[bool] = []
    finding = ruling.finding
    gather(
        partial(_check_factors, report, finding),
        partial(check_reason, finding.reasons, field="reasons"),
        lambda: held.append(_check_outcome(report, ruling)),
    )
    return any(held)


def _check_factors(report: IncidentReport, finding: Finding) -> None:
    check_answered(finding.factors, kind=report.case_file.kind)


def _check_outcome(report: IncidentReport, ruling: Ruling) -> bool:
    if ruling.addition is not None:
        return check_addition(report, ruling.finding, ruling.addition, at=ruling.at)
    if ruling.outcome == DecisionOutcome.JOIN:
        check_join(report, ruling.finding, ruling.join_to, at=ruling.at)
    return False


def _carry_out(report: IncidentReport, ruling: Ruling, *, held: bool) -> Entry | None:
    """What follows from the decision, other than its own record; the entry, if there is one."""
    if ruling.addition is not None:
        entry = make_entry(report, ruling.addition, held=held, by=ruling.by, at=ruling.at)
        if entry.state == EntryState.LIVE:
            owe_announcement(entry=entry, at=ruling.at)
        return entry
    if ruling.outcome == DecisionOutcome.JOIN and ruling.join_to is not None:
        report.case_file.joined_to = ruling.join_to.case_file
        report.case_file.save(update_fields=["joined_to"])
        return ruling.join_to
    if ruling.outcome == DecisionOutcome.WARNING:
        owe_letter(
            kind=LetterKind.WARNING,
            case_file=report.case_file,
            register=report.register,
            at=ruling.at,
        )
    return None


def _one_at_a_time(register: Register) -> None:
    """Wait for other decisions on this register, so that no two make an entry on one subject.

    Without the key of the row, whose holder would wait for everybody who records an access.
    """
    Register.objects.select_for_update(no_key=True).get(pk=register.pk)


def _count(report: IncidentReport, ruling: Ruling) -> None:
    """For the figures, which outlast the file: how it went, and how long it took."""
    sent = timezone.localdate(cast(datetime, report.submitted_at))
    days = report.register.calendar.between(sent, timezone.localdate(ruling.at))
    parts = {Measure.DECIDED: ruling.outcome.value, Measure.WAITED: span_of(days).value}
    for measure, part in parts.items():
        count(register=report.register, measure=measure, part=part, at=ruling.at)


def _write(report: IncidentReport, ruling: Ruling, entry: Entry | None) -> Decision:
    finding, addition = ruling.finding, ruling.addition
    return Decision.objects.create(
        case_file=report.case_file,
        report=report,
        entry=entry,
        outcome=ruling.outcome,
        decided_by=ruling.by,
        decided_at=ruling.at,
        reasons=finding.reasons,
        factors=check_answered(finding.factors, kind=report.case_file.kind),
        second_identifier=finding.second_identifier,
        another_person=finding.another_person,
        credible_risk=addition.credible_risk if addition else "",
        audience_reasons=addition.audience_reasons if addition else "",
        term_reasons=addition.term_reasons if addition else "",
    )
