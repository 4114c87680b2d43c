"""Who is invited to a meeting, as what; each is told once, with a calendar entry (B5, B12, B13)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.models import (
    AgendaItem,
    Appointment,
    Attendee,
    MailKind,
    Meeting,
    Post,
    Register,
)
from cautionary_plugin.rules.posts import POWERS, PostKind, Power
from cautionary_plugin.rules.vocabulary import Capacity, Risk

SEATS = [kind for kind, powers in POWERS.items() if Power.SIT_ON_PANEL in powers]


def panel_posts(register: Register) -> QuerySet[Post]:
    """The posts that have a seat on a register's panel."""
    posts: QuerySet[Post] = Post.objects.filter(kind__in=SEATS)
    return posts.filter(Q(register=register) | Q(register=None))


def in_order(posts: Iterable[Post]) -> list[Post]:
    """Posts as every page shows them: the chair's first, then by their titles."""
    return sorted(posts, key=lambda post: (post.kind != PostKind.PANEL_CHAIR, post.title, post.pk))


def appointed(
    register: Register, day: date, *, kinds: Iterable[PostKind], as_deputy: bool = False
) -> list[Appointment]:
    """The appointments of active people in force on a day, the chair's first."""
    in_force = Appointment.objects.in_force_on(day).filter(
        Q(post__register=register) | Q(post__register=None),
        post__kind__in=list(kinds),
        as_deputy=as_deputy,
        user__is_active=True,
    )
    return sorted(
        in_force.select_related("post", "user"),
        key=lambda each: (each.post.kind != PostKind.PANEL_CHAIR, each.post.title, each.pk),
    )


@action
def invite_panel(*, meeting: Meeting, at: datetime) -> None:
    """Whoever holds a seat on the day of the meeting is invited, and the clerk; nobody else stays.

    Called again when the day changes and when the meeting opens: posts change hands meanwhile.
    """
    day = timezone.localdate(meeting.starts_at)
    seats: dict[Any, Appointment] = {}
    for each in appointed(meeting.register, day, kinds=SEATS):
        seats.setdefault(each.user_id, each)
    clerks: dict[Any, Any] = {
        each.user_id: each.user
        for each in appointed(meeting.register, day, kinds=[PostKind.PANEL_CLERK])
        if each.user_id not in seats
    }
    _let_go(meeting, seats, {*clerks}, day, at)
    told = _known(meeting)
    for key, appointment in seats.items():
        _seat(meeting, key, appointment.post, at)
    for key in clerks:
        if not meeting.attendees.filter(user=key, case=None).exists():
            Attendee.objects.create(
                meeting=meeting, user_id=key, capacity=Capacity.CLERK, invited_at=at
            )
    people = {key: each.user for key, each in seats.items()} | clerks
    new = [person for key, person in people.items() if key not in told]
    invite(new, meeting=meeting, at=at)


def _seat(meeting: Meeting, key: Any, post: Post, at: datetime) -> None:
    """A member's place; whoever was to come as deputy or clerk comes for their own post now."""
    attendee = meeting.attendees.filter(user=key, case=None).first()
    if attendee is None:
        Attendee.objects.create(
            meeting=meeting, user_id=key, capacity=Capacity.MEMBER, post=post, invited_at=at
        )
    elif (attendee.capacity, attendee.post_id) != (Capacity.MEMBER, post.pk):
        attendee.capacity, attendee.post = Capacity.MEMBER, post
        attendee.briefed_at = attendee.briefed_by = None
        attendee.save(update_fields=["capacity", "post", "briefed_at", "briefed_by"])


def _let_go(
    meeting: Meeting, seats: dict[Any, Appointment], clerks: set[Any], day: date, at: datetime
) -> None:
    """Whoever lost the post that they were invited for, and has not come."""
    deputies = {
        (each.user_id, each.post_id)
        for each in appointed(meeting.register, day, kinds=SEATS, as_deputy=True)
    }
    gone = []
    for attendee in meeting.attendees.filter(case=None, came_at=None):
        stays = {
            Capacity.MEMBER: attendee.user_id in seats,
            Capacity.DEPUTY: (attendee.user_id, attendee.post_id) in deputies,
            Capacity.CLERK: attendee.user_id in clerks or attendee.user_id in seats,
        }
        if not stays[Capacity(attendee.capacity)]:
            gone.append(attendee)
    uninvite(gone, meeting=meeting, at=at)


@action
def invite_for(*, item: AgendaItem, at: datetime) -> None:
    """The presenter of a case, and Legal where the risk is high or proceedings were intimated.

    Legal comes by itself, without anybody asking (B13). Neither votes; nobody who is shut out of
    the case is asked to it.
    """
    case, meeting = item.case, item.meeting
    invited: dict[Any, tuple[Any, Capacity]] = {}
    if case.presenter is not None and case.presenter.is_active:
        invited[case.presenter.pk] = (case.presenter, Capacity.PRESENTER)
    if case.risk == Risk.HIGH or case.proceedings:
        for person in holders_of(Power.ADVISE_PANEL, at=at, register=case.register):
            invited.setdefault(person.pk, (person, Capacity.LEGAL))
    apart = shut_out(case)
    told = _known(meeting)
    known = set(meeting.attendees.filter(case=case).values_list("user", flat=True))
    new = {key: each for key, each in invited.items() if key not in apart and key not in known}
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, user=person, capacity=capacity, case=case, invited_at=at)
        for person, capacity in new.values()
    )
    people = [person for key, (person, _capacity) in new.items() if key not in told]
    invite(people, meeting=meeting, at=at)


@action
def uninvite_for(*, item: AgendaItem, at: datetime) -> None:
    """A case came off the agenda: who was asked to come for it alone need not."""
    asked = item.meeting.attendees.filter(case=item.case, came_at=None)
    uninvite(list(asked), meeting=item.meeting, at=at)


@action
def invite(people: Iterable[Any], *, meeting: Meeting, at: datetime) -> None:
    """An invitation to each of these people."""
    _mail(MailKind.MEETING, people, meeting, at)


@action
def uninvite(attendees: list[Attendee], *, meeting: Meeting, at: datetime) -> None:
    """Take them off the list; who has no other part in the meeting is told."""
    Attendee.objects.filter(pk__in=[each.pk for each in attendees]).delete()
    left = _known(meeting)
    people = [each.user for each in attendees if each.user and each.user_id not in left]
    _mail(MailKind.NOT_NEEDED, people, meeting, at)


@action
def tell_everybody(kind: MailKind, *, meeting: Meeting, at: datetime) -> None:
    """One message to each who is invited, in whatever part."""
    attendees = meeting.attendees.filter(user__is_active=True).select_related("user")
    _mail(kind, [each.user for each in attendees], meeting, at)


def _known(meeting: Meeting) -> set[Any]:
    return set(meeting.attendees.values_list("user", flat=True)) - {None}


def _mail(kind: MailKind, people: Iterable[Any], meeting: Meeting, at: datetime) -> None:
    queue_mail(kind=kind, to=people, at=at, reference=meeting.reference, meeting=meeting)
