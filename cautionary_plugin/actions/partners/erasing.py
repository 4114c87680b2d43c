"""What is on file of a partner goes some time after the end of the partnership (A34)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.conf import conf
from cautionary_plugin.models import Partner, SharingAgreement, WithdrawalNotice
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.sealing import objects


def erase_old_partners(*, at: datetime) -> int:
    """Erase partners whose time is over, with their key and their signed documents.

    One that has not yet said that it deleted what it was given stays.

    :returns: how many were erased.
    :raises NotStored: the storage does not answer; what was not erased is tried again.
    """
    open_notices = WithdrawalNotice.objects.open().filter(partner=OuterRef("pk"))
    over = at - timedelta(days=conf.KEEP_PARTNERS_DAYS)
    due = Partner.objects.filter(~Exists(open_notices), ended_at__lt=over)
    return sum(_erase(partner) for partner in list(due))


def _erase(partner: Partner) -> int:
    """The objects go first: a row that is left still knows what is to be removed."""
    names = SharingAgreement.objects.filter(partner=partner).values_list("object_name", flat=True)
    for name in names:
        objects.remove(name)
    return _erase_rows(partner)


@action
def _erase_rows(partner: Partner) -> int:
    try:
        lock(partner).delete()
    except AlreadyDone:
        return 0
    return 1
