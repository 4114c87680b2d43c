"""Deliver what waits in the outbox, at least once.

An attempt is counted before the message is sent and outside any transaction that could hold a
lock meanwhile: a mail server that hangs holds nobody up, and of two deliverers one tries.
A process that dies between sending and noting so sends once more, under the same Message-ID.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet

from cautionary_plugin.conf import conf
from cautionary_plugin.models import OutboxMessage

from .compose import compose
from .partner_mail import compose_for_partner, may_go

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 60
DOUBLINGS = 6  # 1, 2, 4 … 32 minutes, then an hour each
MOST = 9000  # attempts: more than a year
GIVE_UP_AFTER = 20  # failures in a row: the server is away, and each may cost a whole timeout


def deliver_waiting(*, at: datetime, only: Collection[Any] | None = None) -> int:
    """Try each message whose time has come, those that were tried least first.

    A message that fails stays, and is tried again after 1, 2, 4 … minutes, an hour at most.

    :param only: ids of the messages to try, while somebody waits: then the first that fails ends
        it, since the next would hardly fare better.
    :returns: how many were delivered.
    """
    delivered = failed_in_a_row = 0
    patience = GIVE_UP_AFTER if only is None else 1
    for message in _due(at, only):
        if not (_claimed(message) and _may_go(message, at)):
            continue
        if _delivered(message, at):
            delivered, failed_in_a_row = delivered + 1, 0
            continue
        failed_in_a_row += 1
        if failed_in_a_row >= patience:
            break
    return delivered


def due_at(message: OutboxMessage) -> datetime:
    """When the next attempt is due, after so many that failed."""
    doubled = min(message.attempts, DOUBLINGS)
    minutes = 2**doubled - 1 + (message.attempts - doubled) * LONGEST_PAUSE
    return message.queued_at + timedelta(minutes=minutes)


def undelivered() -> QuerySet[OutboxMessage]:
    """Messages that were tried and did not get through; they are tried again."""
    stopped = Q(partner_mail__stopped_at__isnull=False)
    return OutboxMessage.objects.filter(sent_at=None, attempts__gt=0).exclude(stopped)


def _due(at: datetime, only: Collection[Any] | None) -> list[OutboxMessage]:
    waiting = OutboxMessage.objects.filter(
        sent_at=None, attempts__lt=MOST, partner_mail__stopped_at=None
    ).select_related("to", "partner_mail__partner")
    if only is not None:
        waiting = waiting.filter(pk__in=only)
    due = [message for message in waiting if due_at(message) <= at]
    return sorted(due, key=lambda message: (message.attempts, message.queued_at))


def _delivered(message: OutboxMessage, at: datetime) -> bool:
    if not _sent(message, at):
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=at)
    return True


def _claimed(message: OutboxMessage) -> bool:
    """Count this attempt, unless somebody else has just done so."""
    as_it_was = OutboxMessage.objects.filter(pk=message.pk, sent_at=None, attempts=message.attempts)
    return bool(as_it_was.update(attempts=F("attempts") + 1))


def _addresses(message: OutboxMessage) -> list[str]:
    if message.letter is not None:
        return [message.letter.sent_to]
    if message.to is None:
        return list(conf.ALERT_ADDRESSES)
    address = getattr(message.to, get_user_model().get_email_field_name(), "")
    return [address] if address else []


def _may_go(message: OutboxMessage, at: datetime) -> bool:
    if message.partner_mail is not None:
        return may_go(message, message.partner_mail, at=at)
    return _has_address(message)


def _has_address(message: OutboxMessage) -> bool:
    """A message to nobody is no sign that the mail server is away."""
    found = bool(message.letter_id or _addresses(message))
    if not found:
        logger.warning("Message %s cannot be delivered: the account has no address", message.pk)
    return found


def _sent(message: OutboxMessage, at: datetime) -> bool:
    try:
        if message.partner_mail is not None:
            return bool(compose_for_partner(message, message.partner_mail, at=at).send())
        return bool(compose(message, addresses=_addresses(message)).send())
    except Exception as failure:  # whatever the host's mail backend raises: the message stays
        logger.warning("Message %s was not delivered: %s", message.pk, type(failure).__name__)
        return False
