"""In which order rows are locked: the meeting, the item, the motion.

Who is in the room, who is shut out and how far an item is are looked up after that, so that they
are what they are when the act counts. Whoever declares a conflict locks the same rows.
"""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import check_not_shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import lock
from cautionary_plugin.models import AgendaItem, Meeting, Motion
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ItemState, MeetingState


def lock_item(item: AgendaItem) -> AgendaItem:
    """The item as it is now, with its meeting held before it."""
    meeting = lock(Meeting(pk=item.meeting_id))
    item = lock(item)
    item.meeting = meeting
    return item


def lock_motion(motion: Motion) -> Motion:
    """The motion as it is now, with its meeting and its item held before it."""
    item = lock_item(motion.item)
    motion = lock(motion)
    motion.item = item
    return motion


def check_runs(item: AgendaItem, *, by: Any, at: datetime) -> None:
    """The person runs this meeting, which is in session, and is not shut out of the case.

    :raises NotYourPost, BriefingLapsed: no post that runs meetings of this panel.
    :raises Excluded: the chair or the clerk has a conflict here; somebody else runs the item.
    :raises IllegalMove: the meeting is not in session.
    """
    standing_of(by, at=at).check_may_handle(Power.RUN_MEETINGS, item.meeting.register)
    check_not_shut_out(item.case, by)
    check_in_session(item.meeting)


def check_in_session(meeting: Meeting) -> None:
    """The meeting was opened and not closed.

    :raises IllegalMove: it is planned, closed or cancelled.
    """
    if meeting.state != MeetingState.OPEN:
        raise IllegalMove("The meeting is not in session.")


def check_open(item: AgendaItem) -> None:
    """The panel is on this item, and does not vote.

    :raises IllegalMove: the item is not open, or its vote is.
    """
    if item.state == ItemState.VOTING:
        raise IllegalMove("The panel is voting: close the vote, or adjourn the item.")
    if item.state != ItemState.OPEN:
        raise IllegalMove("The item is not open.")
