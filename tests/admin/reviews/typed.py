"""What is typed into a review."""

from datetime import timedelta
from typing import Any

from cautionary_plugin.rules.vocabulary import ReviewOutcome
from tests.actions.reviews.course.steps import EVIDENCE
from tests.entry_with_past import REASONS, Scene, answers

REVIEWS = "cautionary_reviews_modeladmin"
RECORD = {"step": "record"}
RETAIN, LAPSE, REMOVE = ReviewOutcome


def typed(scene: Scene, **facts: Any) -> dict[str, Any]:
    return {
        **answers("person", "Found today."),
        "outcome": "retain",
        "reasons": REASONS,
        "evidence": "",
        "new_evidence": EVIDENCE,
        "new_evidence_on": f"{scene.today - timedelta(days=2):%d %m %Y}",
        "new_end_on": f"{scene.today + timedelta(days=300):%d %m %Y}",
        "term_reasons": "",
    } | facts
