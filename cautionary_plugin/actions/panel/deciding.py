"""The decision of the panel is recorded, once and for good, and takes effect (B3, B19)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.figures import count
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import MailKind, Motion, PanelCase, PanelDecision, Register
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotReady
from cautionary_plugin.rules.figures import Measure
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import (
    THE_PANEL,
    CaseState,
    ItemState,
    ReportState,
    check_move,
)
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome, PanelOutcome

from .findings import findings_of
from .locking import check_open, check_runs, lock_motion
from .motions import check_proposal
from .outcomes import Ruling, change_schedule, owe_what_follows, refuse
from .tally import still_carries

# As the figures count them, beside those of a director.
COUNTED_AS = {
    PanelOutcome.ENTRY: DecisionOutcome.ADD,
    PanelOutcome.RATIFY: DecisionOutcome.ADD,
    PanelOutcome.LETTER: DecisionOutcome.WARNING,
    PanelOutcome.NO_ACTION: DecisionOutcome.DECLINE,
}


@action
def record_decision(*, motion: Motion, by: Any, at: datetime) -> PanelDecision:
    """Record the outcome of the last vote; where it was carried, what follows takes effect.

    Of a motion that was not carried nothing follows, and nobody is on the schedule by it.

    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises AlreadyDone: the item is decided.
    :raises IllegalMove: the vote is open, or the meeting is not in session.
    :raises NotReady: another motion was put since; a voter was shut out since, so that it would be
        carried no more; or what it says cannot be any more.
    """
    motion = _lock_all(motion)
    item, case = motion.item, lock(motion.item.case)
    check_runs(item, by=by, at=at)
    if item.state == ItemState.DECIDED:
        raise AlreadyDone("The decision on this item is recorded.")
    check_open(item)
    check_move(ItemState, item.state, ItemState.DECIDED, by=Power.RUN_MEETINGS)
    _check_counts(motion)
    _settle(case, at=at)
    item.case = case
    ruling = Ruling(case, motion, MotionTerms.from_json(motion.terms), by, at)
    if motion.carried:
        _check_still_possible(motion, at=at)
        ruling.entry = change_schedule(ruling)
    else:
        ruling.entry = refuse(ruling)
    decision = _write(ruling)
    item.state, item.closed_at = ItemState.DECIDED, at
    item.save(update_fields=["state", "closed_at"])
    _close_report(case, at=at)
    if motion.carried:
        owe_what_follows(ruling, decision)
    _count(ruling)
    record(act=Act.PANEL_DECIDED, by=by, at=at, register=case.register, reference=case.reference)
    _tell_presenter(case, at=at)
    return decision


def _lock_all(motion: Motion) -> Motion:
    """The report, the register, then the meeting, the item, the motion; the entry last.

    The register without its key, whose holder would wait for everybody who records an access: so
    that no two decisions make an entry on one subject.
    """
    case = motion.item.case
    if case.report is not None:
        lock(case.report)
    Register.objects.select_for_update(no_key=True).get(pk=case.register_id)
    motion = lock_motion(motion)
    if case.entry is not None:
        lock(case.entry)
    return motion


def _check_counts(motion: Motion) -> None:
    """It is the last motion that was not taken back, and it stands as it was counted."""
    last = motion.item.motions.filter(withdrawn=False).order_by("-number").first()
    if motion.withdrawn or motion.closed_at is None or last != motion:
        sentence = "Another motion was put since, or this one was withdrawn."
        raise NotReady(sentence, missing=[sentence])
    if motion.carried and not still_carries(motion):
        sentence = (
            "Somebody who voted was excluded since, and the motion has too few votes without "
            "theirs. Put it to the vote again."
        )
        raise NotReady(sentence, missing=[sentence])


def _check_still_possible(motion: Motion, *, at: datetime) -> None:
    """What was voted on can still be carried out.

    :raises NotReady: something has changed since, such as an entry that looks the same.
    """
    terms = MotionTerms.from_json(motion.terms)
    risk = motion.risk if motion.outcome == PanelOutcome.ENTRY else ""
    try:
        check_proposal(
            motion.item,
            PanelOutcome(motion.outcome),
            risk=risk,
            reasons=motion.reasons,
            terms=terms,
            at=at,
        )
    except BadInput as problem:
        missing = [sentence for part in problem.problems.values() for sentence in part]
        told = "Something has changed since the vote. Adjourn the item, and put it again."
        raise NotReady(" ".join([told, *missing]), missing=[told, *missing]) from None


def _settle(case: PanelCase, *, at: datetime) -> None:
    if case.state != CaseState.WAITING:
        raise IllegalMove("The case does not wait for the panel any more.")
    check_move(CaseState, case.state, CaseState.DECIDED, by=THE_PANEL)
    case.state, case.settled_at = CaseState.DECIDED, at
    case.save(update_fields=["state", "settled_at"])


def _write(ruling: Ruling) -> PanelDecision:
    case, motion = ruling.case, ruling.motion
    return PanelDecision.objects.create(
        case_file=case.case_file,
        case=case,
        item=motion.item,
        motion=motion,
        entry=ruling.entry,
        corrects=case.corrects,
        outcome=motion.outcome,
        carried=bool(motion.carried),
        risk=motion.risk,
        definition=motion.definition,
        recorded_by=ruling.by,
        recorded_at=ruling.at,
        reasons=motion.reasons,
        findings=findings_of(motion.item).to_json(),
        terms=motion.terms,
    )


def _close_report(case: PanelCase, *, at: datetime) -> None:
    """A report on the panel's own register is decided with its case, and no other."""
    report = case.report
    if report is None or report.register_id != case.register_id:
        return
    if report.state != ReportState.COUNTERSIGNED:
        return
    check_move(ReportState, report.state, ReportState.DECIDED, by=THE_PANEL)
    report.state, report.changed_at = ReportState.DECIDED, at
    report.save(update_fields=["state", "changed_at"])


def _count(ruling: Ruling) -> None:
    """For the figures, which outlast the file; what is renewed or ends was counted before."""
    outcome = PanelOutcome(ruling.motion.outcome)
    if ruling.case.entry is not None and outcome != PanelOutcome.RATIFY:
        return
    told = COUNTED_AS.get(outcome) if ruling.motion.carried else DecisionOutcome.DECLINE
    if told is not None:
        register, part = ruling.case.register, told.value
        count(register=register, measure=Measure.DECIDED, part=part, at=ruling.at)


def _tell_presenter(case: PanelCase, *, at: datetime) -> None:
    presenter = case.presenter
    if presenter is not None and presenter.is_active and presenter.pk not in shut_out(case):
        queue_mail(kind=MailKind.PANEL_DECIDED, to=[presenter], at=at, reference=case.reference)
