"""Who is in the room, and who sits for which post at one item, now (B7, B8, B11)."""

from collections.abc import Hashable

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.models import AgendaItem, Meeting
from cautionary_plugin.rules.quorum import Present, seats
from cautionary_plugin.rules.vocabulary import Capacity


def present_at(meeting: Meeting) -> list[Present]:
    """Members and deputies who came and have not left, in the order in which they were invited."""
    seated = (Capacity.MEMBER, Capacity.DEPUTY)
    return [
        Present(
            person=each.user_id,
            post=each.post_id,
            as_deputy=each.capacity == Capacity.DEPUTY,
            briefed=each.briefed_at is not None,
        )
        for each in meeting.attendees.present().filter(capacity__in=seated, user__is_active=True)
    ]


def seats_at(item: AgendaItem) -> dict[Hashable, Present]:
    """Key of each post → who sits for it at this item at this moment."""
    return seats(present_at(item.meeting), excluded=shut_out(item.case))
