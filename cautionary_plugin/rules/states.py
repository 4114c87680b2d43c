"""The states of each aggregate, and the moves between them: from, to, by which power.

Nothing else assigns a state. Overdue, lapsing and expired are not states: they are computed.
"""

from .errors import IllegalMove
from .posts import Power
from .vocabulary import Vocabulary


class EntryState(Vocabulary):
    """Where an entry stands."""

    HELD = "held", "Held for senior sign-off"
    LIVE = "live", "Live"


ENTRY_MOVES: dict[tuple[EntryState, EntryState], Power] = {
    (EntryState.HELD, EntryState.LIVE): Power.SIGN_OFF_CHILDREN,
}


def power_to_move(start: str, end: str) -> Power:
    """The power that a move of an entry takes.

    :raises IllegalMove: the table has no such move.
    """
    try:
        return ENTRY_MOVES[EntryState(start), EntryState(end)]
    except KeyError:
        raise IllegalMove("The entry cannot go from where it is to there.") from None
