"""Requests and packs go some time after they were answered; earlier with their file (A34)."""

from datetime import datetime, timedelta

from cautionary_plugin.actions.base import action
from cautionary_plugin.conf import conf
from cautionary_plugin.models import AccessRequest


@action
def erase_old_requests(*, at: datetime) -> int:
    """Erase requests that were settled long enough ago, with their lines; return how many."""
    before = at - timedelta(days=conf.KEEP_ACCESS_REQUESTS_DAYS)
    old = AccessRequest.objects.filter(settled_at__lt=before)
    number = old.count()
    old.delete()
    return number
