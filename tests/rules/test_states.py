"""The whole grid of an entry's moves: from, to, by which post."""

import pytest

from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.posts import PostKind, powers_of
from cautionary_plugin.rules.states import EntryState, power_to_move

SENIOR = {PostKind.OWNER, PostKind.HEALTH_AND_SAFETY, PostKind.PANEL_CHAIR}
WHO_MAY = {(EntryState.HELD, EntryState.LIVE): SENIOR}


def may_move(start: EntryState, end: EntryState, kind: PostKind) -> bool:
    try:
        return power_to_move(start, end) in powers_of(kind)
    except IllegalMove:
        return False


@pytest.mark.clause("L2")
@pytest.mark.parametrize("kind", PostKind)
@pytest.mark.parametrize("end", EntryState)
@pytest.mark.parametrize("start", EntryState)
def test_entry_moves_only_as_the_table_by_hand_says(
    start: EntryState, end: EntryState, kind: PostKind
) -> None:
    assert may_move(start, end, kind) == (kind in WHO_MAY.get((start, end), set()))


def test_state_that_is_not_in_the_table_of_moves_is_refused_by_name_of_the_rule() -> None:
    with pytest.raises(IllegalMove):
        power_to_move(EntryState.LIVE, EntryState.LIVE)
