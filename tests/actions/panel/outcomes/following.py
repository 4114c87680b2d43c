"""What these tests read of what followed."""

from datetime import datetime

from django.utils import timezone

from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.models import Letter, Motion, PanelDecision
from tests.panel import Panel

REASONS = "It was recorded with the wrong service in mind."


def record(panel: Panel, motion: Motion, *, at: datetime | None = None) -> PanelDecision:
    return record_decision(motion=motion, by=panel.clerk, at=at or timezone.now())


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))
