"""Each step of an appeal, taken in a line."""

from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import marked_under_appeal
from cautionary_plugin.actions.appeals import lodge_appeal, name_hearers, propose_outcome
from cautionary_plugin.models import (
    Appeal,
    Entry,
)
from cautionary_plugin.rules.vocabulary import AppealOutcome
from tests.entry_with_past import GROUNDS, REASONS, Scene

DISMISSED, VARIED, UPHELD = AppealOutcome


def lodge(scene: Scene, **facts: Any) -> Appeal:
    wanted = {"lodged_on": scene.today, "grounds": GROUNDS, "by": scene.clerk, "at": scene.at}
    return lodge_appeal(entry=scene.entry, **(wanted | facts))


def settle_comments(appeal: Appeal) -> None:
    appeal.comments.filter(given_at=None).update(declined_at=timezone.now())


def heard(scene: Scene, appeal: Appeal) -> Appeal:
    """Named, and every comment settled."""
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    settle_comments(appeal)
    return appeal


def propose(scene: Scene, appeal: Appeal, **facts: Any) -> Appeal:
    wanted = {"outcome": DISMISSED, "reasons": REASONS, "by": scene.hearers[0], "at": scene.at}
    return propose_outcome(appeal=appeal, **(wanted | facts))


def is_under_appeal(entry: Entry) -> bool:
    return bool(marked_under_appeal(Entry.objects.filter(pk=entry.pk)).get().under_appeal)
