"""Staff are told that there is a new entry, and nothing about it (A20, A21)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Entry, MailKind, ReadingGrant, Register, StaffBulletin
from cautionary_plugin.rules.errors import AlreadyDone, IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act

from .access import record
from .base import action, lock
from .mail import holders_of, queue_mail


@action
def owe_bulletin(*, entry: Entry, at: datetime) -> StaffBulletin:
    """From now a bulletin about this entry is owed, within the register's working days (A20).

    Called by the act that makes the entry, in its transaction.
    """
    register = entry.register
    due_on = register.calendar.after(timezone.localdate(at), register.notice_days)
    bulletin, _made = StaffBulletin.objects.get_or_create(entry=entry, defaults={"due_on": due_on})
    return bulletin


@action
def send_bulletin(*, entry: Entry, by: Any, at: datetime) -> StaffBulletin:
    """Tell everybody who reads this entry for their job that there is a new one.

    The mail has no fact of the entry, not even its reference: whoever gets it signs in and checks.

    :raises NotYourPost: ``by`` does not write for this register.
    :raises AlreadyDone: it was sent before.
    :raises IllegalMove: the entry is not live.
    """
    entry = lock(entry)
    standing = standing_of(by, at=at)
    standing.check_power(Power.WRITE_LETTERS, entry.register)
    standing.check_may_read(entry.register)
    bulletin = owe_bulletin(entry=entry, at=entry.made_at)
    if bulletin.queued_at is not None:
        raise AlreadyDone("This bulletin was sent before.")
    if entry.state != EntryState.LIVE or entry.expires_at <= at:
        raise IllegalMove("Only a live entry is told of.")
    told = queue_mail(kind=MailKind.BULLETIN, to=readers_of(entry, at=at), at=at, bulletin=bulletin)
    bulletin.queued_at, bulletin.queued_by, bulletin.recipients = at, by, len(told)
    bulletin.save(update_fields=["queued_at", "queued_by", "recipients"])
    record(act=Act.BULLETIN, by=by, at=at, register=entry.register, reference=entry.reference)
    return bulletin


def readers_of(entry: Entry, *, at: datetime) -> list[Any]:
    """Who reads this entry for their job, briefed or not, each once (A21, L1).

    Reading grants for a service of its audience, and posts that read the register.
    """
    grants = (
        ReadingGrant.objects.filter(
            register=entry.register,
            service__in=entry.audience.all(),
            user__isnull=False,
            user__is_active=True,
        )
        .in_force_on(timezone.localdate(at))
        .select_related("user")
    )
    by_post = holders_of(Power.READ, at=at, register=entry.register)
    people = {person.pk: person for person in [*(each.user for each in grants), *by_post]}
    return list(people.values())


def bulletins_owed(registers: list[Register]) -> QuerySet[StaffBulletin]:
    """Bulletins of live entries that were not sent yet, by the day on which they are due."""
    return (
        StaffBulletin.objects.filter(
            queued_at=None, entry__state=EntryState.LIVE, entry__register__in=registers
        )
        .select_related("entry__register")
        .order_by("due_on", "entry__reference")
    )
