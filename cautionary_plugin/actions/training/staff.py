"""All staff are reminded to report incidents and concerns: on a schedule, and recorded (A47)."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import has_address, queue_mail
from cautionary_plugin.conf import conf
from cautionary_plugin.models import MailKind, Register, StaffReminder
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.starters import reminder_due_on
from cautionary_plugin.rules.vocabulary import Act


@action
def remind_all_staff(*, by: Any, at: datetime) -> StaffReminder:
    """Write to everybody with an active account; the first time begins the schedule.

    :raises NotYourPost: ``by`` records no briefings.
    :raises AlreadyDone: they were reminded today.
    """
    standing_of(by, at=at).check_power(Power.RECORD_BRIEFINGS)
    _one_at_a_time()
    last = last_reminder()
    if last is not None and timezone.localdate(last.sent_at) == timezone.localdate(at):
        raise AlreadyDone("All staff were reminded today already.")
    return _remind(by=by, at=at)


@action
def remind_staff_when_due(*, at: datetime) -> int:
    """Remind all staff when the schedule says so.

    :returns: how many people were written to.
    """
    _one_at_a_time()
    due_on = next_reminder_on()
    if due_on is None or timezone.localdate(at) < due_on:
        return 0
    return _remind(by=None, at=at).recipients


def next_reminder_on() -> date | None:
    """The day of the next reminder by the schedule; None before the first, and without one."""
    last = last_reminder()
    sent_on = timezone.localdate(last.sent_at) if last else None
    return reminder_due_on(sent_on, months=conf.REMIND_STAFF_MONTHS)


def last_reminder() -> StaffReminder | None:
    """The last time that all staff were reminded."""
    return StaffReminder.objects.order_by("-sent_at", "-pk").first()


def all_staff() -> list[Any]:
    """Everybody whose account is active and has an address."""
    people = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    return [person for person in people if has_address(person)]


def _remind(*, by: Any, at: datetime) -> StaffReminder:
    queued = queue_mail(kind=MailKind.STAFF_REMINDER, to=all_staff(), at=at)
    made = StaffReminder.objects.create(sent_at=at, sent_by=by, recipients=len(queued))
    record(act=Act.REMINDED, by=by, at=at)
    return made


def _one_at_a_time() -> None:
    """Two runs at once, or two buttons, write once."""
    list(Register.objects.select_for_update().order_by("pk"))
