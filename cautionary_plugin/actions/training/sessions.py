"""A briefing session is planned, colleagues are expected there, or it is called off (A49)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import Attendance, BriefingSession, MailKind
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, SamePerson
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act


@action
def plan_session(
    *,
    held_on: date,
    place: str,
    by: Any,
    at: datetime,
    at_time: time | None = None,
    trainer: Any = None,
) -> BriefingSession:
    """Plan a session; one that was held already may be put on file too.

    :param trainer: who gives it, where that is not ``by``.
    :raises NotYourPost: ``by`` records no briefings.
    :raises BadInput: no place was given.
    """
    _check_trains(by, at)
    if not place.strip():
        raise BadInput({"place": ["Say where it takes place, or that it is online."]})
    session = BriefingSession.objects.create(
        held_on=held_on,
        at_time=at_time,
        place=place.strip(),
        trainer=trainer or by,
        planned_by=by,
        planned_at=at,
    )
    record(act=Act.TRAINING, by=by, at=at)
    return session


@action
def expect(
    *, session: BriefingSession, people: Iterable[Any], by: Any, at: datetime
) -> list[Attendance]:
    """Put colleagues on the list of a session; each is told once where it is still to come.

    :raises NotYourPost: ``by`` records no briefings.
    :raises AlreadyDone: it is closed or called off.
    :raises SamePerson: the trainer, whom their own session does not brief.
    """
    session = _open(session, by, at)
    known = set(session.attendances.values_list("user", flat=True))
    new = [person for person in people if person.pk not in known]
    if any(person.pk == session.trainer_id for person in new):
        raise SamePerson("Nobody is briefed by a session that they give themselves.")
    added = Attendance.objects.bulk_create(
        Attendance(session=session, user=person) for person in new
    )
    if session.held_on >= timezone.localdate(at):
        queue_mail(kind=MailKind.BRIEFING_SESSION, to=new, at=at)
    record(act=Act.TRAINING, by=by, at=at)
    return added


@action
def take_off(*, attendance: Attendance, by: Any, at: datetime) -> BriefingSession:
    """Take a colleague off the list again.

    :raises NotYourPost: ``by`` records no briefings.
    :raises AlreadyDone: they are off it, or it is closed or called off.
    """
    session = _open(attendance.session, by, at)
    lock(attendance).delete()
    record(act=Act.TRAINING, by=by, at=at)
    return session


@action
def call_off_session(*, session: BriefingSession, by: Any, at: datetime) -> BriefingSession:
    """It does not take place, or it left a subject out: it briefs nobody.

    :raises NotYourPost: ``by`` records no briefings.
    :raises AlreadyDone: it is closed or called off.
    """
    session = _open(session, by, at)
    session.called_off_at = at
    session.save(update_fields=["called_off_at"])
    if session.held_on >= timezone.localdate(at):
        expected = session.attendances.select_related("user").exclude(user=None)
        people = [each.user for each in expected]
        queue_mail(kind=MailKind.BRIEFING_OFF, to=people, at=at)
    record(act=Act.TRAINING, by=by, at=at)
    return session


def lock_open(session: BriefingSession) -> BriefingSession:
    """The session, held until the transaction ends.

    :raises AlreadyDone: it is closed or called off.
    """
    session = lock(session)
    if session.closed_at or session.called_off_at:
        raise AlreadyDone("This session is closed, or was called off.")
    return session


def _open(session: BriefingSession, by: Any, at: datetime) -> BriefingSession:
    session = lock_open(session)
    _check_trains(by, at)
    return session


def _check_trains(by: Any, at: datetime) -> None:
    standing_of(by, at=at).check_power(Power.RECORD_BRIEFINGS)
