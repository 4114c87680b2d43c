"""Close the review that keeps an entry: the letter first, then the new end (A36, A37)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.entry_facts import last_day, over_after
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Entry, Letter, Review
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.reviews import check_new_end
from cautionary_plugin.rules.states import ReviewState, check_move
from cautionary_plugin.rules.vocabulary import Act, LetterKind

from .locking import lock_review


@action
def close_review(*, review: Review, by: Any, at: datetime) -> Review:
    """Give the entry its new end, now that the individual was told that it stays.

    Until then it ends on its old day, and if that comes first, a renewal is a new decision.

    :raises NotYourPost: ``by`` signs no reviews of this register.
    :raises IllegalMove: the review is not signed by both, or the entry has expired.
    :raises NotReady: the letter is not sent, and no exemption was tested again at this review.
    """
    entry, review = lock_review(review)
    standing_of(by, at=at).check_may_handle(Power.SIGN_REVIEWS, entry.register)
    check_move(ReviewState, review.state, ReviewState.CLOSED, by=Power.SIGN_REVIEWS)
    check_counts(entry, at=at)
    check_told(review, entry)
    new_end_on = check_new_end(review.new_end_on, last_day=last_day(entry))
    review.state, review.closed_at = ReviewState.CLOSED, at
    review.save(update_fields=["state", "closed_at"])
    entry.expires_at = over_after(new_end_on)
    entry.changed = advance()
    entry.save(update_fields=["expires_at", "changed"])
    record(act=Act.REVIEWED, by=by, at=at, register=entry.register, reference=entry.reference)
    return review


def check_told(review: Review, entry: Entry) -> None:
    """The letter of retention went out, or the exemption was decided again at this review (A27).

    :raises NotReady: neither.
    """
    sent = Letter.objects.filter(review=review, kind=LetterKind.RETENTION, sent_on__isnull=False)
    standing = entry.exemptions.filter(ended_at=None)
    if sent.exists() or standing.filter(decided_at__gt=review.opened_at).exists():
        return
    missing = "The letter that the entry stays must be sent, and its date recorded."
    if standing.exists():
        missing = "The exemption from informing must be decided again at this review."
    raise NotReady(f"The review cannot be closed yet. {missing}", missing=[missing])
