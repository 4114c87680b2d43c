"""How a vote stands, without the votes of whoever is shut out now (B11, B19)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.models import Motion
from cautionary_plugin.rules.voting import Cast, Count, count

from .seating import seats_at


def casts(motion: Motion) -> list[Cast]:
    """The votes that were not struck."""
    return [
        Cast(person=vote.user_id, post=vote.post_id, choice=vote.choice)
        for vote in motion.votes.counting()
    ]


def strike_votes(motion: Motion, *, at: datetime) -> int:
    """Votes of whoever is shut out now do not count; they stay on the record, as struck.

    So that a briefed deputy may vote for the post.

    :returns: how many were struck.
    """
    excluded = shut_out(motion.item.case)
    struck: int = motion.votes.counting().filter(user__in=excluded).update(struck_at=at)
    return struck


def count_now(motion: Motion) -> Count:
    """The count as it is at this moment."""
    return count(casts(motion), excluded=shut_out(motion.item.case))


def still_carries(motion: Motion) -> bool:
    """The motion has its votes without those of whoever was shut out since it was closed."""
    needed = motion.item.meeting.register.votes_needed or 0
    return count_now(motion).is_carried(needed=needed)


def close_with(motion: Motion, *, withdrawn: bool, by: Any, at: datetime) -> Motion:
    """Freeze the count; what is withdrawn is not carried, whatever the count."""
    strike_votes(motion, at=at)
    counted = count_now(motion)
    motion.present = len(seats_at(motion.item))
    motion.votes_for, motion.votes_against = counted.votes_for, counted.against
    motion.abstentions = counted.abstained
    motion.carried = not withdrawn and still_carries(motion)
    motion.withdrawn = withdrawn
    motion.closed_by, motion.closed_at = by, at
    motion.save()
    return motion
