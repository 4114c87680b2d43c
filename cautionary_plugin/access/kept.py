"""What is over is kept for a court at most, and read by nobody (A32, L13)."""

from datetime import datetime

from django.db.models import Q

from cautionary_plugin.models import CaseFile, Entry
from cautionary_plugin.rules.errors import NoSuchEntry
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import WhyEnded


def check_in_use(case_file: CaseFile, *, at: datetime) -> None:
    """The file has no entry, or one that is not over by the clock.

    For every screen that shows the content of a file: after the last of its entries has expired
    nothing of it is read, even while a legal hold keeps it.

    :raises NoSuchEntry: its entries have all expired.
    """
    if case_file.key_is_forgotten:
        raise NoSuchEntry("There is no such file.")
    with_entry = case_file.joined_to_id or case_file.pk
    entries = Entry.objects.filter(case_file=with_entry)
    expired = Q(why_ended=WhyEnded.EXPIRED) | ~Q(state=EntryState.ENDED) & Q(expires_at__lte=at)
    if entries.exists() and not entries.exclude(expired).exists():
        raise NoSuchEntry("The entry is over; its file is not read any more.")
