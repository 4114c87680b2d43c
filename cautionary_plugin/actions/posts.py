"""Appointments: somebody holds a post, or deputises for its holder (A5, B5, B8)."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Appointment, Post, Register, Service
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, LastOwner, NotYourPost
from cautionary_plugin.rules.grants import check_appointment_period, check_second_person
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

    :param register: None for a post that counts for every register.
    :raises NotYourPost: ``by`` may not appoint to such a post.
    :raises BadInput: there is a post of this title.
    """
    if by is not None:
        _check_may_appoint(by, register, at=at)
    post = Post(kind=kind, title=title, register=register, service=service)
    try:
        post.full_clean()
    except ValidationError as problem:
        raise BadInput(problem.message_dict) from problem
    post.save()
    record(act=Act.APPOINTED, by=by, at=at, register=register)
    return post


@action
def name_first_owner(*, post: Post, user: Any, at: datetime) -> Appointment:
    """The console names an owner where there is none; the one appointment that takes one person.

    :raises AlreadyDone: the register has an owner in force; appointments take two people then.
    """
    lock(post)
    if _active_owners(post.register, at=at):
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

    :raises NotYourPost: ``by`` may not appoint to this post.
    :raises SamePerson: ``by`` proposes themselves.
    :raises BadInput: it would end before it starts.
    :raises AlreadyDone: the person is proposed for the post already.
    """
    post = lock(post)
    _check_may_appoint(by, post.register, at=at)
    check_second_person(first=by, second=user)
    check_appointment_period(starts_on=starts_on, ends_on=ends_on)
    if post.appointments.filter(user=user, accepted_at=None, ended_at=None).exists():
        raise AlreadyDone("This colleague has been proposed for this post already.")
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

    :raises NotYourPost: somebody else was proposed, or whoever proposed may no longer appoint.
    :raises AlreadyDone: accepted or ended before.
    """
    appointment = lock(appointment)
    if appointment.user_id != by.pk:
        raise NotYourPost("Somebody else was proposed for this post.")
    if appointment.accepted_at or appointment.ended_at:
        raise AlreadyDone("This appointment was settled before.")
    _check_may_appoint(appointment.proposed_by, appointment.post.register, at=at)
    appointment.accepted_at = at
    appointment.save(update_fields=["accepted_at"])
    record(act=Act.APPOINTED, by=by, at=at, register=appointment.post.register)
    return appointment


@action
def end_appointment(*, appointment: Appointment, by: Any, at: datetime) -> Appointment:
    """End an appointment now; the next request of the person finds the powers gone.

    :raises NotYourPost: ``by`` may not appoint and is not the appointee.
    :raises AlreadyDone: ended before.
    :raises LastOwner: nobody else owns the register, so that nobody could appoint the next owner.
    """
    appointment = lock(appointment)
    if appointment.user_id != by.pk:
        _check_may_appoint(by, appointment.post.register, at=at)
    if appointment.ended_at:
        raise AlreadyDone("This appointment was ended before.")
    _check_not_last_owner(appointment, at=at)
    appointment.ended_at, appointment.ended_by = at, by
    appointment.save(update_fields=["ended_at", "ended_by"])
    record(act=Act.APPOINTED, by=by, at=at, register=appointment.post.register)
    return appointment


def _check_may_appoint(by: Any, register: Register | None, *, at: datetime) -> None:
    if by is None or register not in standing_of(by, at=at).over(Power.APPOINT):
        raise NotYourPost("None of your posts may fill this one.")


def _active_owners(register: Register | None, *, at: datetime) -> list[Appointment]:
    """Who owns the register now with an account that works, deputies included."""
    owners = Appointment.objects.filter(post__kind=PostKind.OWNER, post__register=register)
    in_force = owners.in_force_on(timezone.localdate(at)).select_related("user")
    return [each for each in in_force if each.user and each.user.is_active]


def _check_not_last_owner(appointment: Appointment, *, at: datetime) -> None:
    if appointment.post.kind != PostKind.OWNER or appointment.accepted_at is None:
        return
    if appointment.post.register:
        lock(appointment.post.register)
    if _active_owners(appointment.post.register, at=at) == [appointment]:
        raise LastOwner("The register needs an owner: appoint the next one first.")
