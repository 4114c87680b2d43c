"""What two do at one item at once: each act waits to be called."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.panel.conflicts import declare_conflict
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import Motion, PanelCase, PanelDecision, Vote
from cautionary_plugin.rules.vocabulary import Choice
from tests.panel import Panel
from tests.panel_items import voting

REASONS = "Legal's advice is missing, and wanted."


def vote(motion: Motion, by: Any, choice: Choice = Choice.FOR) -> Callable[[], Vote]:
    return lambda: cast_vote(motion=motion, choice=choice, by=by, at=timezone.now())


def close(panel: Panel, motion: Motion) -> Callable[[], Motion]:
    return lambda: close_vote(motion=motion, by=panel.clerk, at=timezone.now())


def adjourn(panel: Panel, motion: Motion) -> Callable[[], Any]:
    item = motion.item
    return lambda: adjourn_item(item=item, reasons=REASONS, by=panel.clerk, at=timezone.now())


def record(panel: Panel, motion: Motion) -> Callable[[], PanelDecision]:
    return lambda: record_decision(motion=motion, by=panel.clerk, at=timezone.now())


def declare(case: PanelCase, member: Any) -> Callable[[], Any]:
    told = {"reasons": "I live two doors from the customer."}
    return lambda: declare_conflict(case=case, member=member, by=member, at=timezone.now(), **told)


def three_for(panel: Panel, **options: Any) -> Motion:
    """A motion that lacks one vote for: safety and care have not voted, and one abstains."""
    motion = voting(panel, **options)
    for member in (panel.chair, panel.complaints, panel.customer):
        vote(motion, member)()
    vote(motion, panel.equality, Choice.ABSTAIN)()
    return motion
