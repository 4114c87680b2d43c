"""Old lines of the access record, old emergency accesses, delivered mail (A34)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from cautionary_plugin.actions.access_chain import erase_tail, link_lines
from cautionary_plugin.actions.base import action
from cautionary_plugin.conf import conf
from cautionary_plugin.models import EmergencyAccess, OutboxMessage, UsageReview

BATCH = 5000


def erase_old_records(*, at: datetime) -> int:
    """Erase the lines of the access record whose time is over; return how many.

    With them go emergency accesses and reviews of use of that age: they may hold names.
    """
    before = at - timedelta(days=conf.KEEP_ACCESS_RECORDS_DAYS)
    link_lines()
    erased = 0
    while some := _erase_some(before):
        erased += some
    return erased


@action
def _erase_some(before: datetime) -> int:
    EmergencyAccess.objects.filter(ends_at__lt=before).delete()
    UsageReview.objects.filter(month__lt=_month_before(before)).delete()
    return erase_tail(before=before, most=BATCH)


def _month_before(instant: datetime) -> date:
    """The first day of the month of an instant: a review stays while a line of its month may."""
    return timezone.localdate(instant).replace(day=1)


@action
def erase_delivered_mail(*, at: datetime) -> int:
    """Erase the messages that were delivered long enough ago; return how many."""
    before = at - timedelta(days=conf.KEEP_MAIL_DAYS)
    count, _rows = OutboxMessage.objects.filter(sent_at__lt=before).delete()
    return count
