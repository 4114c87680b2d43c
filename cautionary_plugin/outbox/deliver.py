"""Deliver what waits in the outbox: at least once, each message in a transaction of its own."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import router, transaction

from cautionary_plugin.models import OutboxMessage

from .compose import compose

logger = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(hours=1)


def deliver_waiting(*, at: datetime) -> int:
    """Try each message whose time has come.

    A message that fails stays, and is tried again after 1, 2, 4 … minutes, an hour at most.

    :returns: how many were delivered.
    """
    waiting = OutboxMessage.objects.filter(sent_at=None).values_list("pk", flat=True)
    return sum(_deliver(pk, at=at) for pk in list(waiting))


def _deliver(pk: Any, *, at: datetime) -> bool:
    with transaction.atomic(using=router.db_for_write(OutboxMessage)):
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(pk=pk, sent_at=None)
            .first()
        )
        if message is None or not _is_due(message, at):
            return False
        address = getattr(message.to, get_user_model().get_email_field_name(), "") or ""
        sent = _send(message, address)
        message.attempts = min(message.attempts + 1, 1000)
        message.sent_at = at if sent else None
        message.save(update_fields=["attempts", "sent_at"])
        return sent


def _is_due(message: OutboxMessage, at: datetime) -> bool:
    if message.attempts == 0:
        return True
    pause = min(timedelta(minutes=2 ** min(message.attempts - 1, 10)), LONGEST_PAUSE)
    return at >= message.queued_at + pause


def _send(message: OutboxMessage, address: str) -> bool:
    if not address:
        logger.warning("Message %s cannot be delivered: the account has no address", message.pk)
        return False
    try:
        compose(message, address=address).send()
    except OSError as failure:  # smtplib's errors and the socket's
        logger.warning("Message %s was not delivered: %s", message.pk, type(failure).__name__)
        return False
    return True
