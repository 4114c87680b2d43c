"""The states of each aggregate, and the moves between them: from, to, by which power.

Nothing else assigns a state. Overdue, lapsing and expired are not states: they are computed.
``docs/states.md`` is drawn from these tables.
"""

from collections.abc import Mapping
from typing import Any

from .errors import IllegalMove
from .posts import Power
from .vocabulary import Vocabulary

ANYBODY = "anybody"  # every member of staff, on what is their own
THE_CLOCK = "the clock"  # nobody: a day has come

Moves = Mapping[tuple[Any, Any], frozenset[str]]


def _by(*movers: str) -> frozenset[str]:
    return frozenset(movers)


class EntryState(Vocabulary):
    """Where an entry stands. An entry that has ended never comes back."""

    HELD = "held", "Held for senior sign-off"
    LIVE = "live", "Live"
    ENDED = "ended", "Ended"


ENTRY_MOVES: Moves = {
    (EntryState.HELD, EntryState.LIVE): _by(Power.SIGN_OFF_CHILDREN),
    (EntryState.HELD, EntryState.ENDED): _by(THE_CLOCK, Power.DECIDE),
    (EntryState.LIVE, EntryState.ENDED): _by(
        THE_CLOCK, Power.DECIDE, Power.SIGN_REVIEWS_FOR_SAFETY, Power.HEAR_APPEALS
    ),
}


class ReportState(Vocabulary):
    """Where a report stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for countersignature"
    RETURNED = "returned", "Sent back to the reporter"
    COUNTERSIGNED = "countersigned", "Waiting for a decision"
    DECIDED = "decided", "Decided"


REPORT_MOVES: Moves = {
    (ReportState.DRAFT, ReportState.SUBMITTED): _by(ANYBODY),
    (ReportState.SUBMITTED, ReportState.RETURNED): _by(Power.COUNTERSIGN),
    (ReportState.SUBMITTED, ReportState.COUNTERSIGNED): _by(Power.COUNTERSIGN),
    (ReportState.RETURNED, ReportState.SUBMITTED): _by(ANYBODY),
    (ReportState.COUNTERSIGNED, ReportState.DECIDED): _by(Power.DECIDE),
}


class AppealState(Vocabulary):
    """Where an appeal stands."""

    LODGED = "lodged", "Waiting for a hearing"
    PROPOSED = "proposed", "Outcome proposed, waiting for the other hearers"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


APPEAL_MOVES: Moves = {
    (AppealState.LODGED, AppealState.PROPOSED): _by(Power.HEAR_APPEALS),
    (AppealState.PROPOSED, AppealState.LODGED): _by(Power.HEAR_APPEALS),
    (AppealState.PROPOSED, AppealState.DECIDED): _by(Power.HEAR_APPEALS),
    (AppealState.LODGED, AppealState.WITHDRAWN): _by(Power.RECORD_APPEALS),
    (AppealState.PROPOSED, AppealState.WITHDRAWN): _by(Power.RECORD_APPEALS),
}


class ReviewState(Vocabulary):
    """Where the review of an entry stands."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Signed by the director"
    SIGNED = "signed", "Signed by both, letter to go"
    CLOSED = "closed", "Closed"
    ABANDONED = "abandoned", "Abandoned: the entry ended, or an appeal changed it"


REVIEW_MOVES: Moves = {
    (ReviewState.OPEN, ReviewState.PROPOSED): _by(Power.SIGN_REVIEWS),
    (ReviewState.PROPOSED, ReviewState.OPEN): _by(Power.SIGN_REVIEWS_FOR_SAFETY),
    (ReviewState.PROPOSED, ReviewState.SIGNED): _by(Power.SIGN_REVIEWS_FOR_SAFETY),
    (ReviewState.PROPOSED, ReviewState.CLOSED): _by(Power.SIGN_REVIEWS_FOR_SAFETY),
    (ReviewState.SIGNED, ReviewState.CLOSED): _by(Power.SIGN_REVIEWS),
    (ReviewState.OPEN, ReviewState.ABANDONED): _by(THE_CLOCK, Power.HEAR_APPEALS, Power.DECIDE),
    (ReviewState.PROPOSED, ReviewState.ABANDONED): _by(THE_CLOCK, Power.HEAR_APPEALS, Power.DECIDE),
    (ReviewState.SIGNED, ReviewState.ABANDONED): _by(THE_CLOCK, Power.HEAR_APPEALS, Power.DECIDE),
}

TABLES: dict[type[Vocabulary], Moves] = {
    ReportState: REPORT_MOVES,
    EntryState: ENTRY_MOVES,
    AppealState: APPEAL_MOVES,
    ReviewState: REVIEW_MOVES,
}


def check_move(states: type[Vocabulary], start: str, end: str, *, by: str) -> None:
    """The table has this move, for this mover.

    :param by: the power that the caller has checked, ``ANYBODY`` or ``THE_CLOCK``.
    :raises IllegalMove: the table has no such move.
    """
    movers = TABLES[states].get((states(start), states(end)), frozenset())
    if by not in movers:
        raise IllegalMove(
            f"What stands at “{states(start).label}” cannot go to “{states(end).label}”."
        )
