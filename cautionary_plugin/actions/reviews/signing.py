"""The Health and Safety Officer's half of a review: sign, or send it back (A31)."""

from datetime import datetime
from typing import Any

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.ending import end_entry
from cautionary_plugin.actions.letters import owe_letter
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.actions.on_file import check_counts
from cautionary_plugin.models import Entry, MailKind, Review
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.grants import check_reason, check_second_person
from cautionary_plugin.rules.letters import INFORMING
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReviewState, check_move
from cautionary_plugin.rules.vocabulary import Act, LetterKind, ReviewOutcome, WhyEnded

from .locking import lock_review

LETTERS = {
    ReviewOutcome.RETAIN: LetterKind.RETENTION,
    ReviewOutcome.REMOVE: LetterKind.REMOVAL,
}


@action
def sign_review(
    *, review: Review, by: Any, at: datetime, comment: str = "", seen: datetime | None = None
) -> Review:
    """Sign for health and safety, as another person than the one who proposed.

    A removal takes effect at once; a lapse closes the review, and the entry ends on its day; a
    renewal waits for its letter (A37).

    :param seen: when the proposal that the person has read was made; another one is not signed.
    :raises NotYourPost: ``by`` does not sign for health and safety.
    :raises SamePerson: ``by`` has proposed.
    :raises IllegalMove: nothing is proposed, or the entry does not count any more.
    :raises AlreadyDone: something else was proposed meanwhile.
    """
    entry, review = lock_review(review)
    standing_of(by, at=at).check_may_handle(Power.SIGN_REVIEWS_FOR_SAFETY, entry.register)
    outcome = ReviewOutcome(review.outcome) if review.outcome else None
    retained = outcome == ReviewOutcome.RETAIN
    state = ReviewState.SIGNED if retained else ReviewState.CLOSED
    check_move(ReviewState, review.state, state, by=Power.SIGN_REVIEWS_FOR_SAFETY)
    check_second_person(first=review.proposed_by_id, second=by.pk)
    check_counts(entry, at=at)
    if seen is not None and seen != review.proposed_at:
        raise AlreadyDone("Something else was proposed meanwhile. Read it before you sign.")
    review.state, review.safety_comment = state, comment
    review.signed_by, review.signed_at = by, at
    review.closed_at = None if retained else at
    review.save()
    record(act=Act.REVIEWED, by=by, at=at, register=entry.register, reference=entry.reference)
    if outcome == ReviewOutcome.REMOVE:
        end_entry(entry=entry, why=WhyEnded.REVIEW, by=Power.SIGN_REVIEWS_FOR_SAFETY, at=at)
        record(act=Act.REMOVED, by=by, at=at, register=entry.register, reference=entry.reference)
    _owe(review, entry, at)
    return review


@action
def send_back_review(*, review: Review, comment: str, by: Any, at: datetime) -> Review:
    """Do not sign, and say why: the director proposes anew.

    :raises NotYourPost: ``by`` does not sign for health and safety.
    :raises IllegalMove: nothing is proposed.
    :raises BadInput: no reasons, under ``comment``.
    """
    entry, review = lock_review(review)
    standing_of(by, at=at).check_may_handle(Power.SIGN_REVIEWS_FOR_SAFETY, entry.register)
    check_move(ReviewState, review.state, ReviewState.OPEN, by=Power.SIGN_REVIEWS_FOR_SAFETY)
    check_reason(comment, field="comment")
    review.state, review.safety_comment = ReviewState.OPEN, comment
    review.save()
    record(act=Act.REVIEWED, by=by, at=at, register=entry.register, reference=entry.reference)
    if review.proposed_by:
        queue_mail(
            kind=MailKind.REVIEW_SIGN, to=[review.proposed_by], at=at, reference=entry.reference
        )
    return review


def _owe(review: Review, entry: Entry, at: datetime) -> None:
    """The letter of this outcome; none about the end of an entry that its subject never knew of."""
    kind = LETTERS.get(ReviewOutcome(review.outcome))
    told = entry.letters.filter(kind__in=INFORMING, sent_on__isnull=False).exists()
    never_told = not told and entry.exemptions.filter(ended_at=None).exists()
    if kind is None or (kind is LetterKind.REMOVAL and never_told):
        return
    owe_letter(
        kind=kind,
        case_file=entry.case_file,
        register=entry.register,
        at=at,
        entry=entry,
        review=review,
    )
    writers = holders_of(Power.WRITE_LETTERS, at=at, register=entry.register)
    queue_mail(kind=MailKind.LETTER_DUE, to=writers, at=at, reference=entry.reference)
