"""Each step of a review, taken in a line."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.reviews import (
    propose_review,
    sign_review,
)
from cautionary_plugin.models import (
    Letter,
    Review,
)
from cautionary_plugin.rules.vocabulary import ReviewOutcome, SentBy
from tests.entry_with_past import REASONS, Scene, answers

RETAIN, LAPSE, REMOVE = ReviewOutcome
EVIDENCE = "The Police were called to a like scene in the mews."


def propose(scene: Scene, review: Review, outcome: ReviewOutcome = RETAIN, **facts: Any) -> Review:
    wanted: dict[str, Any] = {
        "factors": answers("person", "Found today."),
        "reasons": REASONS,
        "by": scene.director,
        "at": scene.at,
    }
    if outcome == RETAIN:
        wanted |= {
            "new_end_on": scene.today + timedelta(days=300),
            "new_evidence": EVIDENCE,
            "new_evidence_on": scene.today - timedelta(days=2),
        }
    return propose_review(review=review, outcome=outcome, **(wanted | facts))


def signed(scene: Scene, review: Review, outcome: ReviewOutcome = RETAIN, **facts: Any) -> Review:
    propose(scene, review, outcome, **facts)
    return sign_review(review=review, comment="I agree.", by=scene.safety, at=scene.at)


def send_letter(review: Review) -> None:
    for letter in Letter.objects.filter(review=review):
        letter.issued_at, letter.sent_on = timezone.now(), timezone.localdate()
        letter.sent_by_method = SentBy.POST
        letter.save()
