"""Who comes to a meeting: deputies and their briefing, apologies, arrivals, departures (B8)."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.exclusion import shut_out_of_each
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import Appointment, Attendee, MailKind, Meeting, Post
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NoSeat,
    NotYours,
    SamePerson,
)
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import Capacity

from .conflicts import tell_of_absent_chair
from .invitations import SEATS, appointed, invite, uninvite
from .meetings import check_runs, note
from .papers import released_to

SEATED = (Capacity.MEMBER, Capacity.DEPUTY)


@action
def name_deputy(*, meeting: Meeting, post: Post, user: Any, by: Any, at: datetime) -> Attendee:
    """One of the post's deputies comes to this meeting in the holder's place.

    They have a seat once their briefing is confirmed, and while the holder is away (B8). Whoever
    was named before and has not come is let go.

    :param by: the member whose post it is, or who runs the meetings.
    :raises NotYourPost: ``by`` is neither.
    :raises BadInput: under ``user``: no deputy of this post on that day, or they come as another.
    :raises AlreadyDone: they are named, or another deputy has come.
    :raises IllegalMove: the meeting is over or was cancelled.
    """
    meeting = lock(meeting)
    _check_member_or_runner(meeting, post, by=by, at=at)
    _check_not_over(meeting)
    _check_deputy(meeting, post, user)
    own = meeting.attendees.filter(user=user, case=None).first()
    if own is not None:
        if own.capacity == Capacity.DEPUTY and own.post_id == post.pk:
            raise AlreadyDone("They are named as deputy for this meeting.")
        raise BadInput({"user": ["They come to this meeting for another post, or as clerk."]})
    before = list(meeting.attendees.filter(capacity=Capacity.DEPUTY, post=post))
    if any(each.came_at for each in before):
        raise AlreadyDone("Another deputy of this post has come to the meeting.")
    uninvite(before, meeting=meeting, at=at)
    known = meeting.attendees.filter(user=user).exists()
    attendee = Attendee.objects.create(
        meeting=meeting, user=user, capacity=Capacity.DEPUTY, post=post, invited_at=at
    )
    invite([] if known else [user], meeting=meeting, at=at)
    note(meeting, by=by, at=at)
    return attendee


@action
def confirm_briefing(*, attendee: Attendee, by: Any, at: datetime) -> Attendee:
    """The deputy was suitably briefed, for this one post and this one meeting (B8).

    :param by: the member whose post it is, or the chair.
    :raises SamePerson: the deputy themselves.
    :raises NotYourPost: ``by`` is neither.
    :raises IllegalMove: they come as no deputy, or the meeting is over.
    :raises AlreadyDone: it was confirmed.
    """
    attendee = lock(attendee)
    meeting = attendee.meeting
    if by.pk == attendee.user_id:
        raise SamePerson("Nobody confirms their own briefing.")
    if attendee.capacity != Capacity.DEPUTY or attendee.post is None:
        raise IllegalMove("Only a deputy's briefing is confirmed.")
    if not _holds(meeting, attendee.post, by, at=at):
        standing = standing_of(by, at=at)
        standing.check_may_handle(Power.DECIDE_CONFLICTS, meeting.register)
    _check_not_over(meeting)
    if attendee.briefed_at is not None:
        raise AlreadyDone("The briefing was confirmed already.")
    attendee.briefed_by, attendee.briefed_at = by, at
    attendee.save(update_fields=["briefed_by", "briefed_at"])
    if attendee.user is not None and released_to(attendee.user, meeting):
        queue_mail(
            kind=MailKind.PAPERS,
            to=[attendee.user],
            at=at,
            reference=meeting.reference,
            meeting=meeting,
        )
    note(meeting, by=by, at=at)
    return attendee


@action
def give_apologies(
    *, by: Any, at: datetime, meeting: Meeting | None = None, attendee: Attendee | None = None
) -> Attendee:
    """Somebody cannot come. Told again, it stays as it was.

    :param meeting: for oneself.
    :param attendee: for another, by who runs the meetings.
    :raises NotYours: ``by`` is not invited.
    :raises NotYourPost: another's apologies, and ``by`` runs no meetings.
    :raises IllegalMove: the meeting is over, or they have come.
    """
    attendee = lock(attendee or _own(meeting, by))
    meeting = attendee.meeting
    if attendee.user_id != by.pk:
        check_runs(meeting.register, by=by, at=at)
    _check_not_over(meeting)
    if attendee.came_at is not None:
        raise IllegalMove("They have come to the meeting. Note when they leave.")
    if attendee.apologies_at is None:
        attendee.apologies_at = at
        attendee.save(update_fields=["apologies_at"])
        tell_of_absent_chair(meeting, attendee.user, at=at)
        note(meeting, by=by, at=at)
    return attendee


@action
def withdraw_apologies(
    *, by: Any, at: datetime, meeting: Meeting | None = None, attendee: Attendee | None = None
) -> Attendee:
    """Somebody can come after all. Told again, it stays as it was; a deputy stays named.

    :param meeting: for oneself.
    :param attendee: for another, by who runs the meetings.
    :raises NotYours: ``by`` is not invited.
    :raises NotYourPost: another's apologies, and ``by`` runs no meetings.
    :raises IllegalMove: the meeting is over.
    """
    attendee = lock(attendee or _own(meeting, by))
    meeting = attendee.meeting
    if attendee.user_id != by.pk:
        check_runs(meeting.register, by=by, at=at)
    _check_not_over(meeting)
    if attendee.apologies_at is not None:
        attendee.apologies_at = None
        attendee.save(update_fields=["apologies_at"])
        tell_of_absent_chair(meeting, attendee.user, at=at)
        note(meeting, by=by, at=at)
    return attendee


@action
def note_arrival(*, attendee: Attendee, by: Any, at: datetime) -> Attendee:
    """Somebody has come, or come back. Noted twice, it counts once.

    Whoever comes for items is noted for each of theirs at this meeting.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises Excluded: the panel is on an item that ``by`` is excluded from.
    :raises NoSeat: they hold the post no more that they were invited for.
    :raises IllegalMove: the meeting is over or was cancelled.
    """
    attendee, *others = _parts_of(attendee)
    check_runs(attendee.meeting.register, by=by, at=at)
    _check_not_over(attendee.meeting)
    _check_keeps_the_room(attendee, by=by)
    if attendee.capacity in SEATED and not _has_post(attendee, at=at):
        raise NoSeat("They hold no seat on the panel today, nor deputise for one.")
    away = [each for each in (attendee, *others) if each.came_at is None or each.left_at]
    for part in away:
        part.came_at, part.left_at = part.came_at or at, None
        part.save(update_fields=["came_at", "left_at"])
    if away:
        note(attendee.meeting, by=by, at=at)
    return attendee


@action
def note_leaving(*, attendee: Attendee, by: Any, at: datetime) -> Attendee:
    """Somebody has left. Noted twice, or of somebody who never came, it changes nothing.

    Whoever came for items has left for each of theirs.

    :raises NotYourPost: ``by`` runs no meetings on this register.
    :raises Excluded: the panel is on an item that ``by`` is excluded from.
    :raises IllegalMove: the meeting is over or was cancelled.
    """
    attendee, *others = _parts_of(attendee)
    check_runs(attendee.meeting.register, by=by, at=at)
    _check_not_over(attendee.meeting)
    _check_keeps_the_room(attendee, by=by)
    here = [each for each in (attendee, *others) if each.came_at and each.left_at is None]
    for part in here:
        part.left_at = at
        part.save(update_fields=["left_at"])
    if here:
        note(attendee.meeting, by=by, at=at)
    return attendee


def _parts_of(attendee: Attendee) -> list[Attendee]:
    """The part itself, then the other items that the person comes for; all locked, in one order.

    Whoever presents three cases walks in once.
    """
    if attendee.case_id is None or attendee.user_id is None:
        return [lock(attendee)]
    items = Attendee.objects.filter(
        meeting=attendee.meeting_id, user=attendee.user_id, case__isnull=False
    )
    parts = list(items.order_by("pk").select_for_update())
    own = [each for each in parts if each.pk == attendee.pk] or [lock(attendee)]
    return own + [each for each in parts if each.pk != attendee.pk]


def deputies_for(meeting: Meeting, post: Post) -> list[Any]:
    """Who deputises for a post on the day of a meeting."""
    day = timezone.localdate(meeting.starts_at)
    in_force = Appointment.objects.in_force_on(day).filter(
        post=post, as_deputy=True, user__is_active=True
    )
    return [each.user for each in in_force.select_related("user").order_by("pk")]


def _own(meeting: Meeting | None, by: Any) -> Attendee:
    """One's own seat; else the part that one was asked to come for."""
    parts = meeting.attendees.filter(user=by) if meeting else Attendee.objects.none()
    own: Attendee | None = parts.order_by("case", "pk").first()
    if own is None:
        raise NotYours("You are not invited to this meeting.")
    return own


def _check_deputy(meeting: Meeting, post: Post, user: Any) -> None:
    if post.kind not in SEATS or post.register_id not in (None, meeting.register_id):
        raise BadInput({"user": ["This post has no seat on the panel."]})
    if user.pk not in {each.pk for each in deputies_for(meeting, post)}:
        raise BadInput({"user": ["They are not appointed as deputy for this post on that day."]})


def _check_member_or_runner(meeting: Meeting, post: Post, *, by: Any, at: datetime) -> None:
    if not _holds(meeting, post, by, at=at):
        check_runs(meeting.register, by=by, at=at)


def _holds(meeting: Meeting, post: Post, person: Any, *, at: datetime) -> bool:
    """The person holds the post today, and does not only deputise."""
    today = appointed(meeting.register, timezone.localdate(at), kinds=SEATS)
    return any((each.user_id, each.post_id) == (person.pk, post.pk) for each in today)


def _has_post(attendee: Attendee, *, at: datetime) -> bool:
    in_force = appointed(
        attendee.meeting.register,
        timezone.localdate(at),
        kinds=SEATS,
        as_deputy=attendee.capacity == Capacity.DEPUTY,
    )
    wanted = (attendee.user_id, attendee.post_id)
    return any((each.user_id, each.post_id) == wanted for each in in_force)


def _check_keeps_the_room(attendee: Attendee, *, by: Any) -> None:
    """Whoever is shut out of the item at hand does not say who sits at it; of themselves they may.

    Else an excluded chair could send out whoever votes against them (B11).
    """
    if attendee.user_id == by.pk:
        return
    at_hand = attendee.meeting.items.filter(state__in=[ItemState.OPEN, ItemState.VOTING])
    apart = shut_out_of_each(at_hand.values_list("case", flat=True))
    if any(by.pk in people for people in apart.values()):
        raise Excluded(
            "You are excluded from the item that the panel is on. Somebody else who runs the "
            "meeting notes who comes and goes."
        )


def _check_not_over(meeting: Meeting) -> None:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.OPEN):
        raise IllegalMove(f"The meeting stands at “{MeetingState(meeting.state).label}”.")
