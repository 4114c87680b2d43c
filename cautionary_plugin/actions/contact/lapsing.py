"""An arrangement without an entry lasts as long as one with an entry, unless it is made anew."""

from datetime import date, datetime

from django.utils import timezone

from cautionary_plugin.actions.base import action
from cautionary_plugin.models import SinglePointOfContact
from cautionary_plugin.rules.terms import months_after

from .ending import end_now
from .locking import lock_arrangement


def ends_on(arrangement: SinglePointOfContact) -> date:
    """The day from which an arrangement without an entry stands no more, if it is not made anew."""
    return months_after(arrangement.starts_on, arrangement.register.term_months)


def lapse_arrangements(*, at: datetime) -> int:
    """End the arrangements without an entry whose term is over; return how many."""
    standing = SinglePointOfContact.objects.filter(entry=None, ended_at=None)
    return sum(_lapse(each, at=at) for each in standing.select_related("register").order_by("pk"))


@action
def _lapse(arrangement: SinglePointOfContact, *, at: datetime) -> bool:
    arrangement = lock_arrangement(arrangement)
    if arrangement.ended_at is not None or ends_on(arrangement) > timezone.localdate(at):
        return False
    end_now(arrangement, reasons="Its term was over.", by=None, at=at)
    return True
