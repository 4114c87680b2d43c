"""A review is abandoned when its entry ends first, or when an appeal changes it."""

from datetime import datetime

from cautionary_plugin.models import Entry, Review
from cautionary_plugin.rules.states import ReviewState, check_move

from .base import action


@action
def abandon_reviews(*, entry: Entry, by: str, at: datetime) -> None:
    """The review that is under way counts no more; a new one may be opened if the entry lives on.

    Its letter, if it was not sent yet, is owed no more: it would tell of an end that is not to be.
    Called by the act that ends or changes the entry, in its transaction.

    :param entry: locked by the caller.
    :param by: the power that the caller has checked, or ``THE_CLOCK``.
    """
    for review in Review.objects.open().filter(entry=entry).select_for_update():
        check_move(ReviewState, review.state, ReviewState.ABANDONED, by=by)
        review.state, review.closed_at = ReviewState.ABANDONED, at
        review.save(update_fields=["state", "closed_at"])
        review.letters.filter(sent_on=None).delete()
