"""What is put to the vote: an outcome with its terms, complete before anybody votes (B15–B23)."""

from datetime import datetime
from functools import partial
from typing import Any

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.contact.terms import check_spoc_terms
from cautionary_plugin.models import AgendaItem, Entry, Motion, PanelCase
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotReady, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.panel_item import (
    check_level,
    check_outcome,
    check_terms_fit,
    definition_of,
    missing_before_motion,
)
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms, SpocTerms
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.quorum import check_quorate
from cautionary_plugin.rules.states import ItemState, check_move
from cautionary_plugin.rules.vocabulary import Act, PanelOutcome

from .findings import check_nothing_carried, findings_of
from .listing import check_entry_terms
from .locking import check_open, check_runs, lock_item, lock_motion
from .repeat import check_repeated
from .seating import seats_at
from .subject import counts_now, point_of_contact
from .tally import close_with


@action
def put_motion(
    *,
    item: AgendaItem,
    outcome: PanelOutcome,
    risk: str,
    reasons: str,
    terms: MotionTerms,
    by: Any,
    at: datetime,
) -> Motion:
    """Put an outcome to the vote, with all that would follow from it.

    :param risk: the level of an entry (B18); empty with every other outcome.
    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises IllegalMove: the item is not open.
    :raises NotReady: not quorate, the panel has not found what it must find first, a motion was
        carried already, or nothing new has happened that would carry a renewal (B52); ``missing``
        has all of it.
    :raises BadInput: under the names of what is wrong with the outcome or its terms.
    """
    item = lock_item(item)
    check_runs(item, by=by, at=at)
    check_open(item)
    check_move(ItemState, item.state, ItemState.VOTING, by=Power.RUN_MEETINGS)
    check_nothing_carried(item)
    _check_ready(item, outcome)
    check_proposal(item, outcome, risk=risk, reasons=reasons, terms=terms, at=at)
    level = _level(item.case, outcome, risk)
    motion = Motion.objects.create(
        case_file=item.case_file,
        item=item,
        number=item.motions.count() + 1,
        outcome=outcome,
        risk=level,
        definition=definition_of(level),
        put_by=by,
        put_at=at,
        reasons=reasons,
        terms=terms.to_json(),
    )
    item.state = ItemState.VOTING
    item.save(update_fields=["state"])
    record(
        act=Act.ITEM, by=by, at=at, register=item.meeting.register, reference=item.case.reference
    )
    return motion


@action
def take_back_motion(*, motion: Motion, by: Any, at: datetime) -> Motion:
    """A motion that was put by mistake is withdrawn, and the item stays open.

    Only while nobody has voted on it: else whoever runs the meeting could take back what is about
    to be lost. It stays on the record as withdrawn, and counts for nothing.

    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises IllegalMove: the meeting is not in session, or somebody has voted.
    :raises AlreadyDone: the vote is closed.
    """
    motion = lock_motion(motion)
    item = motion.item
    check_runs(item, by=by, at=at)
    if motion.closed_at is not None:
        raise AlreadyDone("The vote on this motion is closed, or it was taken back before.")
    if motion.votes.exists():
        raise IllegalMove("Somebody has voted: close the vote, or adjourn the item.")
    check_move(ItemState, item.state, ItemState.OPEN, by=Power.RUN_MEETINGS)
    close_with(motion, withdrawn=True, by=by, at=at)
    item.state = ItemState.OPEN
    item.save(update_fields=["state"])
    record(
        act=Act.ITEM, by=by, at=at, register=item.meeting.register, reference=item.case.reference
    )
    return motion


def check_proposal(
    item: AgendaItem,
    outcome: PanelOutcome,
    *,
    risk: str,
    reasons: str,
    terms: MotionTerms,
    at: datetime,
) -> None:
    """The outcome fits the case, and its terms are complete: at the vote, and when it is recorded.

    :raises NotReady: a second identifier is missing (L3), or the schedule cannot be checked.
    :raises BadInput: with everything else that is wrong, under the names of the terms.
    """
    case = item.case
    live = counts_now(case, at=at)
    has_spoc = point_of_contact(case) is not None
    fits = partial(check_terms_fit, outcome, terms, spoc_needed=item.spoc_needed, has_spoc=has_spoc)
    gather(
        partial(check_outcome, case.kind, outcome, on_entry=live is not None),
        partial(check_level, outcome, risk),
        partial(check_reason, reasons, field="reasons"),
        fits,
        partial(_check_entry, case, live, risk, terms.entry, at=at),
        partial(_check_spoc, case, terms.spoc),
    )


def _check_ready(item: AgendaItem, outcome: PanelOutcome) -> None:
    """The panel is quorate at this moment, and has answered its questions; all at once.

    :raises NotReady: with all that is missing.
    """
    missing: list[str] = []
    register = item.meeting.register
    for check in (
        partial(check_quorate, seats_at(item), quorum=register.quorum or 0),
        partial(_check_new, item.case, outcome),
    ):
        try:
            check()
        except NotReady as lacking:
            missing += lacking.missing
    missing += missing_before_motion(findings_of(item), kind=item.case.kind, outcome=outcome)
    if missing:
        raise NotReady(" ".join(missing), missing=missing)


def _check_new(case: PanelCase, outcome: PanelOutcome) -> None:
    if outcome == PanelOutcome.RENEW and case.entry is not None:
        check_repeated(case.entry)


def _check_entry(
    case: PanelCase, live: Entry | None, risk: str, terms: EntryTerms | None, *, at: datetime
) -> None:
    if terms is not None:
        check_entry_terms(case, terms, risk=risk, instead_of=live, at=at)


def _check_spoc(case: PanelCase, terms: SpocTerms | None) -> None:
    """The terms can be carried out; their reasons are asked for beside those of the motion.

    :raises BadInput: under the names of the terms, and ``spoc_reasons``.
    """
    if terms is None:
        return
    try:
        check_spoc_terms(case=case, terms=terms)
    except BadInput as problem:
        told = dict(problem.problems)
        if "reasons" in told:
            told["spoc_reasons"] = told.pop("reasons")
        raise BadInput(told) from None


def _level(case: PanelCase, outcome: PanelOutcome, risk: str) -> str:
    """The level that is voted on; where an entry is to stand, the one that it has."""
    if outcome in (PanelOutcome.RATIFY, PanelOutcome.RENEW) and case.entry is not None:
        return case.entry.risk
    return risk
