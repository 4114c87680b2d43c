"""Put a motion, vote on it, close the vote: each in a line."""

from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import Motion, Vote
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome
from tests.panel import Panel
from tests.panel_items import entry_terms

REASONS = "The panel weighed what the reports say of it."


def put(panel: Panel, item: Any, **told: Any) -> Motion:
    facts: dict[str, Any] = {
        "outcome": PanelOutcome.ENTRY,
        "risk": "medium",
        "reasons": REASONS,
        "terms": MotionTerms(entry=entry_terms()),
        "by": panel.clerk,
        "at": timezone.now(),
    }
    return put_motion(item=item, **(facts | told))


def vote(motion: Motion, by: Any, choice: Choice = Choice.FOR) -> Vote:
    return cast_vote(motion=motion, choice=choice, by=by, at=timezone.now())


def close(panel: Panel, motion: Motion) -> Motion:
    return close_vote(motion=motion, by=panel.clerk, at=timezone.now())
