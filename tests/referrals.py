"""Reports of unreasonable contact, and how they come before the panel; of invented people only."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.panel.referring import refer_report
from cautionary_plugin.models import IncidentReport, PanelCase
from tests.life import submitted
from tests.panel import Panel

STATEMENT = "He comes to the counter each week and shouts until staff leave."
LETTER_TRIED = "A letter of expected behaviour went out in March; it changed nothing."


def panel_report(
    panel: Panel, reporter: Any = None, *, at: datetime | None = None, **answers: dict[str, Any]
) -> IncidentReport:
    """A report of unreasonable contact, sent to the panel's own register."""
    return submitted(panel.council, reporter, at=at, register=panel.register, **answers)


def refer(
    panel: Panel, report: IncidentReport, *, by: Any = None, at: datetime | None = None, **told: Any
) -> PanelCase:
    """A report that the Operations Manager puts before the panel."""
    facts: dict[str, Any] = {
        "register": panel.register,
        "statement": STATEMENT,
        "risk": "medium",
        "letter_tried": LETTER_TRIED,
        "presenter": panel.operations,
    }
    made: PanelCase = refer_report(
        report=report, by=by or panel.operations, at=at or timezone.now(), **(facts | told)
    )
    return made
