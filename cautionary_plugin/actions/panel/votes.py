"""Members vote by name, for one post each, and the vote is closed (B7, B8, B11, B19)."""

from datetime import datetime
from typing import Any, cast

from cautionary_plugin.access.exclusion import check_not_shut_out, shut_out
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import Motion, Vote
from cautionary_plugin.rules.errors import AlreadyDone, BadInput
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.quorum import check_quorate, seat_of
from cautionary_plugin.rules.states import ItemState, check_move
from cautionary_plugin.rules.vocabulary import Act, Choice
from cautionary_plugin.rules.voting import check_enough_voted, check_first_vote

from .locking import check_in_session, check_runs, lock_motion
from .seating import seats_at
from .tally import casts, close_with, count_now, strike_votes


@action
def cast_vote(*, motion: Motion, choice: Choice, by: Any, at: datetime) -> Vote:
    """Vote for, against, or abstain, for the post that one sits for at this moment.

    The votes of whoever was shut out meanwhile are struck first, so that a deputy can vote.

    :raises NotYourPost, BriefingLapsed: ``by`` is neither a member nor a deputy.
    :raises Excluded: ``by`` is shut out of the case.
    :raises NoSeat: ``by`` is not in the room, or somebody else sits for the post.
    :raises AlreadyDone: the vote is closed, or ``by``, or somebody for the post, has voted.
    """
    motion = lock_motion(motion)
    item = motion.item
    standing_of(by, at=at).check_may_handle(Power.SIT_ON_PANEL, item.meeting.register)
    check_not_shut_out(item.case, by)
    check_in_session(item.meeting)
    _check_voting(motion)
    if choice not in set(Choice):
        raise BadInput({"choice": ["Vote for or against, or abstain."]})
    seat = seat_of(by.pk, seats_at(item))
    strike_votes(motion, at=at)
    check_first_vote(casts(motion), person=by.pk, post=seat.post)
    vote = Vote.objects.create(
        motion=motion,
        post_id=cast(int, seat.post),
        user=by,
        as_deputy=seat.as_deputy,
        choice=choice,
        cast_at=at,
    )
    _note(motion, Act.VOTED, by=by, at=at)
    return vote


@action
def close_vote(*, motion: Motion, by: Any, at: datetime) -> Motion:
    """Count the votes as they are now; fewer than are needed *for* is not carried (B19).

    :raises NotYourPost, Excluded: ``by`` does not run this item.
    :raises AlreadyDone: the vote is closed.
    :raises NotReady: not quorate at this moment (B7): call a deputy, or adjourn the item; or fewer
        have voted than make the quorum.
    """
    motion = lock_motion(motion)
    item = motion.item
    check_runs(item, by=by, at=at)
    _check_voting(motion)
    quorum = item.meeting.register.quorum or 0
    check_quorate(seats_at(item), quorum=quorum)
    check_enough_voted(count_now(motion).cast, quorum=quorum)
    check_move(ItemState, item.state, ItemState.OPEN, by=Power.RUN_MEETINGS)
    close_with(motion, withdrawn=False, by=by, at=at)
    item.state = ItemState.OPEN
    item.save(update_fields=["state"])
    _note(motion, Act.ITEM, by=by, at=at)
    return motion


def votes_seen_by(motion: Motion, person: Any) -> list[Vote]:
    """The votes that somebody may see: all once the vote is closed, or once they have voted.

    Nobody votes by how others did. Whoever is shut out of the case sees none.
    """
    if person.pk in shut_out(motion.item.case):
        return []
    votes = list(motion.votes.select_related("post", "user"))
    voted = any(vote.user_id == person.pk and vote.struck_at is None for vote in votes)
    return votes if motion.closed_at is not None or voted else []


def _check_voting(motion: Motion) -> None:
    if motion.closed_at is not None or motion.item.state != ItemState.VOTING:
        raise AlreadyDone("The vote on this motion is closed.")


def _note(motion: Motion, act: Act, *, by: Any, at: datetime) -> None:
    item = motion.item
    record(act=act, by=by, at=at, register=item.meeting.register, reference=item.case.reference)
