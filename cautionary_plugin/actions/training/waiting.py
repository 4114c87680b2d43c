"""What of training waits for a trainer."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from cautionary_plugin.access.briefed import readers_at
from cautionary_plugin.access.standing import Standing
from cautionary_plugin.models import BriefingSession, Register
from cautionary_plugin.rules.briefings import Briefed
from cautionary_plugin.rules.duties import Duty, Task

Registers = Iterable[Register]


def sessions_to_close(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Those whose day has come, and which brief nobody until they are closed."""
    for session in BriefingSession.objects.to_close(timezone.localdate(at)).order_by("held_on"):
        yield Task(Duty.CLOSE_SESSION, str(session), str(session.pk), session.held_on)


def people_to_brief(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """One line, due when the first of them is shut out."""
    waiting = [each for each in readers_at(at) if each.standing is not Briefed.GOOD]
    if not waiting:
        return
    days = [each.until for each in waiting if each.until is not None]
    note = "1 colleague" if len(waiting) == 1 else f"{len(waiting)} colleagues"
    yield Task(Duty.BRIEF, "Briefings", "", min(days, default=None), note)
