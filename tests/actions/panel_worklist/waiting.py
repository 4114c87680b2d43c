"""What waits for whom."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.rules.duties import Duty, Task
from tests.panel import (
    Panel,
)

WORDS = "She has known him since school, and he asked her for help."
DAY = timedelta(days=1)


def waits(person: Any, duty: Duty, at: datetime | None = None) -> list[Task]:
    now = at or timezone.now()
    return [task for task in what_waits(standing_of(person, at=now)) if task.duty is duty]


def who_has(panel: Panel, duty: Duty, at: datetime | None = None) -> set[str]:
    """The names of those around the panel for whom something of this kind waits."""
    everybody = {**panel.people, "owner": panel.owner, "director": panel.council.owner}
    return {name for name, person in everybody.items() if waits(person, duty, at)}


RUNNERS = {"clerk", "chair", "owner"}
