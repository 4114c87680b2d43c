"""Deliver what waits in the outbox, and note which letters and which mail to partners have gone."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from cautionary_plugin.models import Letter, MailKind, OutboxMessage, PartnerMail
from cautionary_plugin.outbox.deliver import deliver_waiting
from cautionary_plugin.rules.vocabulary import SentBy

from .base import action, write_alias
from .enclosures import enclose

AT_ONCE = 10  # so many within the request that queued them; cron delivers the rest


def deliver(*, at: datetime, only: Collection[Any] | None = None) -> int:
    """Try what waits; each attempt is a transaction of its own.

    :param only: ids of the messages to try.
    :returns: how many were delivered.
    """
    delivered = deliver_waiting(at=at, only=only)
    note_delivered_letters(at=at)
    note_delivered_partner_mail()
    return delivered


def hurry(messages: Sequence[OutboxMessage], *, at: datetime) -> None:
    """Try the first few of these as soon as the transaction is through."""
    first = [message.pk for message in messages[:AT_ONCE]]
    transaction.on_commit(lambda: deliver(at=at, only=first), using=write_alias(), robust=True)


@action
def note_delivered_letters(*, at: datetime) -> int:
    """Letters that a mail server has taken count as sent, on the day on which it took them.

    From the message's own date, so that a process that died in between loses nothing.
    """
    gone = OutboxMessage.objects.filter(
        kind=MailKind.LETTER, letter__sent_on=None, sent_at__isnull=False
    )
    return sum(_note_gone(message, at) for message in gone.select_related("letter"))


@action
def note_delivered_partner_mail() -> int:
    """What a mail server has taken counts as sent, even when the message of the outbox is gone."""
    gone = OutboxMessage.objects.filter(sent_at__isnull=False, partner_mail=OuterRef("pk"))
    when = Subquery(gone.order_by().values("sent_at")[:1])
    return PartnerMail.objects.filter(Exists(gone), sent_at=None).update(sent_at=when)


def _note_gone(message: OutboxMessage, at: datetime) -> int:
    noted = Letter.objects.filter(messages=message, sent_on=None).update(
        sent_on=timezone.localdate(message.sent_at),
        sent_by_method=SentBy.EMAIL,
        sent_recorded_at=at,
    )
    if noted and message.letter is not None:
        enclose(message.letter)
    return noted
