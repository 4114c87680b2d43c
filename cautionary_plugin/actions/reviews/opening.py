"""Open the review of an entry (A31), also before its time (A33)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Entry, Review
from cautionary_plugin.rules.errors import AlreadyDone, IllegalMove
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Act, Route


@action
def open_review(*, entry: Entry, by: Any, at: datetime) -> Review:
    """Begin to review an entry: one that is due to lapse, or any that may be removed early.

    :raises NotYourPost: ``by`` signs no reviews of this register.
    :raises BriefingLapsed: nobody reviews what they may not read.
    :raises IllegalMove: the entry does not count, or is the panel's to renew or remove (B3, B4).
    :raises AlreadyDone: a review of it is under way.
    """
    entry = lock(entry)
    standing_of(by, at=at).check_may_handle(Power.SIGN_REVIEWS, entry.register)
    if entry.register.route == Route.PANEL:
        raise IllegalMove("An entry on the schedule is renewed or removed by the panel alone.")
    check_counts(entry, at=at)
    if Review.objects.open().filter(entry=entry).exists():
        raise AlreadyDone("A review of this entry is under way already.")
    review = Review.objects.create(
        case_file=entry.case_file, entry=entry, opened_by=by, opened_at=at
    )
    record(act=Act.REVIEWED, by=by, at=at, register=entry.register, reference=entry.reference)
    return review
