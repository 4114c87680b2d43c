"""Appointments: somebody holds a post, or deputises for its holder (A5, B5, B8)."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Appointment, Post, Register, Service
from cautionary_plugin.rules.errors import AlreadyDone, NotYourPost
from cautionary_plugin.rules.grants import check_second_person
from cautionary_plugin.rules.posts import PostKind, Power
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock


@action
def create_post(
    *,
    kind: PostKind,
    title: str,
    by: Any,
    at: datetime,
    register: Register | None = None,
    service: Service | None = None,
) -> Post:
    """A post of the council, under its own title; called at the console when ``by`` is None.

    :raises NotYourPost: ``by`` may not appoint.
    """
    if by is not None:
        standing_of(by, at=at).check_power(Power.APPOINT, register)
    return Post.objects.create(kind=kind, title=title, register=register, service=service)


@action
def name_first_owner(*, post: Post, user: Any, at: datetime) -> Appointment:
    """The console names the first owner; the only appointment that takes one person.

    :raises AlreadyDone: the register has had an owner; from then on appointments take two.
    """
    if post.appointments.filter(accepted_at__isnull=False).exists():
        raise AlreadyDone(
            "This register has an owner already. Appointments are made on the screen."
        )
    appointment = Appointment.objects.create(
        post=post, user=user, starts_on=timezone.localdate(at), proposed_at=at, accepted_at=at
    )
    record(act=Act.APPOINTED, by=None, at=at, register=post.register)
    return appointment


@action
def propose_appointment(
    *,
    post: Post,
    user: Any,
    starts_on: date,
    by: Any,
    at: datetime,
    ends_on: date | None = None,
    as_deputy: bool = False,
) -> Appointment:
    """Propose somebody for a post; nothing of it counts until they accept.

    :raises NotYourPost: ``by`` may not appoint.
    :raises SamePerson: ``by`` proposes themselves.
    """
    standing_of(by, at=at).check_power(Power.APPOINT, post.register)
    check_second_person(first=by, second=user)
    appointment = Appointment.objects.create(
        post=post,
        user=user,
        starts_on=starts_on,
        ends_on=ends_on,
        as_deputy=as_deputy,
        proposed_by=by,
        proposed_at=at,
    )
    record(act=Act.APPOINTED, by=by, at=at, register=post.register)
    return appointment


@action
def accept_appointment(*, appointment: Appointment, by: Any, at: datetime) -> Appointment:
    """The appointee accepts, and the powers of the post begin on the first day.

    :raises NotYourPost: somebody else was proposed.
    :raises AlreadyDone: accepted or ended before.
    """
    appointment = lock(appointment)
    if appointment.user_id != by.pk:
        raise NotYourPost("Somebody else was proposed for this post.")
    if appointment.accepted_at or appointment.ended_at:
        raise AlreadyDone("This appointment was settled before.")
    appointment.accepted_at = at
    appointment.save(update_fields=["accepted_at"])
    record(act=Act.APPOINTED, by=by, at=at, register=appointment.post.register)
    return appointment


@action
def end_appointment(*, appointment: Appointment, by: Any, at: datetime) -> Appointment:
    """End an appointment now; the next request of the person finds the powers gone.

    :raises NotYourPost: ``by`` may not appoint and is not the appointee.
    :raises AlreadyDone: ended before.
    """
    appointment = lock(appointment)
    if appointment.user_id != by.pk:
        standing_of(by, at=at).check_power(Power.APPOINT, appointment.post.register)
    if appointment.ended_at:
        raise AlreadyDone("This appointment was ended before.")
    appointment.ended_at, appointment.ended_by = at, by
    appointment.save(update_fields=["ended_at", "ended_by"])
    record(act=Act.APPOINTED, by=by, at=at, register=appointment.post.register)
    return appointment
