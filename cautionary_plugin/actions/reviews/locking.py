"""In which order rows are locked: the entry first, then its review; nobody waits in a ring."""

from cautionary_plugin.actions.base import lock
from cautionary_plugin.models import Entry, Review


def lock_review(review: Review) -> tuple[Entry, Review]:
    """The entry and its review, as they are now, held until the transaction ends."""
    entry = lock(Entry(pk=review.entry_id))
    return entry, lock(review)
