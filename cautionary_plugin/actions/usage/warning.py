"""Tell those who answer for a register of yesterday's unusual use, without saying whose (L5)."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.models import MailKind, OutboxMessage, Register
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.unusual import Unusual

from .lines import Period
from .unusual import unusual_use

# Work out of hours is for the month's review: duty officers look at night.
WARNED_OF = frozenset({Unusual.MANY, Unusual.SAME_SURNAME})


def warn_of_unusual_use(*, at: datetime) -> int:
    """Once a day and register; return how many messages were queued."""
    return sum(_warn(register=each, at=at) for each in Register.objects.order_by("pk"))


@action
def _warn(*, register: Register, at: datetime) -> int:
    # Two runs at once warn once.
    register = Register.objects.select_for_update(no_key=True).get(pk=register.pk)
    today = timezone.localdate(at)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    told = OutboxMessage.objects.filter(
        kind=MailKind.UNUSUAL_USE, reference=register.prefix, queued_at__gte=midnight
    )
    if told.exists():
        return 0
    yesterday = Period(register, today - timedelta(days=1), today)
    if not any(use.kind in WARNED_OF for use in unusual_use(yesterday)):
        return 0
    people = holders_of(Power.SEE_ACCESS_RECORD, register=register, at=at)
    mail = queue_mail(kind=MailKind.UNUSUAL_USE, to=people, reference=register.prefix, at=at)
    return len(mail)
