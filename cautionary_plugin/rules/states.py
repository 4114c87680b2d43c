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
THE_PANEL = "the panel"  # by a decision that was carried, or by not ratifying

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
    (EntryState.HELD, EntryState.ENDED): _by(THE_CLOCK, THE_PANEL, Power.DECIDE),
    (EntryState.LIVE, EntryState.ENDED): _by(
        THE_CLOCK,
        THE_PANEL,
        Power.DECIDE,
        Power.SIGN_REVIEWS_FOR_SAFETY,
        Power.HEAR_APPEALS,
        Power.HEAR_SCHEDULE_APPEALS,
        Power.HEAR_SCHEDULE_REVIEWS,
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
    (ReportState.SUBMITTED, ReportState.RETURNED): _by(Power.COUNTERSIGN, Power.REFER),
    # An Operations Manager puts a report before the panel; for a director it is countersigned.
    # The chair does so too, by adding an entry at once.
    (ReportState.SUBMITTED, ReportState.COUNTERSIGNED): _by(
        Power.COUNTERSIGN, Power.REFER, Power.ADD_URGENTLY, Power.ADD_URGENTLY_FOR_CHAIR
    ),
    (ReportState.RETURNED, ReportState.SUBMITTED): _by(ANYBODY),
    (ReportState.COUNTERSIGNED, ReportState.DECIDED): _by(Power.DECIDE, THE_PANEL),
    # The director takes up what the panel referred; the register has its own countersignature.
    (ReportState.DECIDED, ReportState.SUBMITTED): _by(Power.DECIDE),
}


class AppealState(Vocabulary):
    """Where an appeal stands."""

    LODGED = "lodged", "Waiting for a hearing"
    PROPOSED = "proposed", "Outcome proposed, waiting for the other hearers"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


HEARERS = _by(Power.HEAR_APPEALS, Power.HEAR_SCHEDULE_APPEALS, Power.HEAR_SCHEDULE_REVIEWS)

APPEAL_MOVES: Moves = {
    (AppealState.LODGED, AppealState.PROPOSED): HEARERS,
    (AppealState.PROPOSED, AppealState.LODGED): HEARERS,
    (AppealState.PROPOSED, AppealState.DECIDED): HEARERS,
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


class CaseState(Vocabulary):
    """Where a case before the panel stands. Whether it is on an agenda is computed."""

    WAITING = "waiting", "Waiting for the panel"
    DECIDED = "decided", "Decided"
    LAPSED = "lapsed", "Lapsed: not ratified in time"
    WITHDRAWN = "withdrawn", "Withdrawn"


CASE_MOVES: Moves = {
    (CaseState.WAITING, CaseState.DECIDED): _by(THE_PANEL),
    (CaseState.WAITING, CaseState.LAPSED): _by(THE_PANEL),
    (CaseState.WAITING, CaseState.WITHDRAWN): _by(THE_CLOCK, Power.RUN_MEETINGS),
}


class MeetingState(Vocabulary):
    """Where a meeting of the panel stands."""

    PLANNED = "planned", "Planned"
    OPEN = "open", "In session"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


MEETING_MOVES: Moves = {
    (MeetingState.PLANNED, MeetingState.OPEN): _by(Power.RUN_MEETINGS),
    (MeetingState.PLANNED, MeetingState.CANCELLED): _by(Power.RUN_MEETINGS),
    (MeetingState.OPEN, MeetingState.CLOSED): _by(Power.RUN_MEETINGS),
}


class ItemState(Vocabulary):
    """Where an item of the agenda stands."""

    LISTED = "listed", "On the agenda"
    OPEN = "open", "Open"
    VOTING = "voting", "Voting is open"
    DECIDED = "decided", "Decided"
    ADJOURNED = "adjourned", "Adjourned to another meeting"
    REMOVED = "removed", "Taken off the agenda"


ITEM_MOVES: Moves = {
    (ItemState.LISTED, ItemState.OPEN): _by(Power.RUN_MEETINGS),
    (ItemState.LISTED, ItemState.ADJOURNED): _by(Power.RUN_MEETINGS),
    (ItemState.LISTED, ItemState.REMOVED): _by(THE_CLOCK, Power.RUN_MEETINGS),
    (ItemState.OPEN, ItemState.VOTING): _by(Power.RUN_MEETINGS),
    (ItemState.OPEN, ItemState.DECIDED): _by(Power.RUN_MEETINGS),
    (ItemState.OPEN, ItemState.ADJOURNED): _by(Power.RUN_MEETINGS),
    (ItemState.VOTING, ItemState.OPEN): _by(Power.RUN_MEETINGS),
    (ItemState.VOTING, ItemState.ADJOURNED): _by(Power.RUN_MEETINGS),
}


class DivertState(Vocabulary):
    """Where an e-mail divert stands (B28–B30)."""

    PREPARED = "prepared", "Being prepared"
    REQUESTED = "requested", "To be switched on"
    ACTIVE = "active", "Switched on"
    ENDING = "ending", "To be switched off"
    ENDED = "ended", "Ended"


DIVERT_MOVES: Moves = {
    (DivertState.PREPARED, DivertState.REQUESTED): _by(Power.KEEP_SCHEDULE),
    (DivertState.PREPARED, DivertState.ENDED): _by(THE_CLOCK, Power.KEEP_SCHEDULE),
    (DivertState.REQUESTED, DivertState.ACTIVE): _by(Power.RUN_DIVERTS),
    (DivertState.REQUESTED, DivertState.ENDED): _by(THE_CLOCK, Power.KEEP_SCHEDULE),
    # The officer has delegated, or a councillor has answered otherwise: it is switched anew, and
    # stays on as it was meanwhile.
    (DivertState.ACTIVE, DivertState.REQUESTED): _by(ANYBODY, Power.KEEP_SCHEDULE),
    (DivertState.REQUESTED, DivertState.ENDING): _by(THE_CLOCK, Power.KEEP_SCHEDULE),
    (DivertState.ACTIVE, DivertState.ENDING): _by(THE_CLOCK, Power.KEEP_SCHEDULE),
    (DivertState.ENDING, DivertState.ENDED): _by(Power.RUN_DIVERTS),
}


class RequestState(Vocabulary):
    """Where a subject access request stands (L8)."""

    OPEN = "open", "Received"
    REVIEWING = "reviewing", "Being gone through"
    RELEASED = "released", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


REQUEST_MOVES: Moves = {
    (RequestState.OPEN, RequestState.REVIEWING): _by(Power.PREPARE_PACKS),
    (RequestState.REVIEWING, RequestState.RELEASED): _by(Power.RELEASE_PACKS),
    (RequestState.OPEN, RequestState.WITHDRAWN): _by(Power.PREPARE_PACKS),
    (RequestState.REVIEWING, RequestState.WITHDRAWN): _by(Power.PREPARE_PACKS),
}


TABLES: dict[type[Vocabulary], Moves] = {
    ReportState: REPORT_MOVES,
    EntryState: ENTRY_MOVES,
    AppealState: APPEAL_MOVES,
    ReviewState: REVIEW_MOVES,
    CaseState: CASE_MOVES,
    MeetingState: MEETING_MOVES,
    ItemState: ITEM_MOVES,
    DivertState: DIVERT_MOVES,
    RequestState: REQUEST_MOVES,
}


def check_move(states: type[Vocabulary], start: str, end: str, *, by: str) -> None:
    """The table has this move, for this mover.

    :param by: the power that the caller has checked, ``ANYBODY``, ``THE_CLOCK``
        or ``THE_PANEL``.
    :raises IllegalMove: the table has no such move.
    """
    movers = TABLES[states].get((states(start), states(end)), frozenset())
    if start == end and by not in movers:
        raise IllegalMove(f"This was done before: it stands at “{states(end).label}” already.")
    if by not in movers:
        raise IllegalMove(
            f"What stands at “{states(start).label}” cannot go to “{states(end).label}”."
        )
