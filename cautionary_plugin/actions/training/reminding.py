"""Whoever reads a register is told before their briefing runs out, and when it has (A49)."""

from datetime import datetime, timedelta

from cautionary_plugin.access.briefed import readers_at
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import queue_mail
from cautionary_plugin.models import MailKind, OutboxMessage, Register
from cautionary_plugin.rules.briefings import Briefed

PAUSE = timedelta(days=28)


@action
def remind_of_briefings(*, at: datetime) -> int:
    """Tell each reader whose briefing is missing, has lapsed, or lapses within sixty days.

    Every four weeks at most: a message of that time is remembered by itself.

    :returns: how many were told.
    """
    list(Register.objects.select_for_update().order_by("pk"))  # two runs at once remind once
    told = OutboxMessage.objects.filter(kind=MailKind.BRIEFING_DUE, queued_at__gt=at - PAUSE)
    lately = set(told.values_list("to", flat=True))
    people = [
        reader.user
        for reader in readers_at(at)
        if reader.standing is not Briefed.GOOD and reader.user.pk not in lately
    ]
    return len(queue_mail(kind=MailKind.BRIEFING_DUE, to=people, at=at))
