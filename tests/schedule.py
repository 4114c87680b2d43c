"""Entries on the panel's schedule, and what is arranged with them; of invented people only."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import arrange
from cautionary_plugin.actions.decisions.adding import make_entry
from cautionary_plugin.models import Entry, IncidentReport, PanelCase, SinglePointOfContact
from cautionary_plugin.rules.panel_terms import SpocTerms
from cautionary_plugin.rules.terms import months_after
from tests.factors import make_person
from tests.life import addition, submitted
from tests.panel import Panel, waiting_case

CONTACT = "Wilhelmina Oatcake, Service Manager, Repairs: 01632 960 417"
EMAIL = "wilhelmina.oatcake@example.gov.uk"


def referred_case(panel: Panel, *, at: datetime | None = None, **facts: Any) -> PanelCase:
    """A case on a report to the panel's own register."""
    return waiting_case(panel, report=schedule_report(panel, at=at), at=at, **facts)


def schedule_report(panel: Panel, reporter: Any = None, *, at: datetime | None = None) -> Any:
    """A report to the panel's own register."""
    report = submitted(panel.council, reporter, at=at)
    report.register = panel.register
    report.save(update_fields=["register"])
    return report


def scheduled(panel: Panel, case: PanelCase, *, at: datetime | None = None, **facts: Any) -> Entry:
    """A live entry of a case: low or medium, for twelve months."""
    report: IncidentReport = case.report  # type: ignore[assignment]
    today = timezone.localdate(at)
    told = {"risk": "medium", "expires_on": months_after(today, 12)} | facts
    return make_entry(
        report,
        addition(panel.council, at=at, **told),
        held=False,
        by=panel.clerk,
        at=at or timezone.now(),
    )


def spoc_terms(officer: Any, **told: Any) -> SpocTerms:
    """Terms fit to be carried out."""
    return SpocTerms(
        **{
            "officer": str(officer.pk),
            "contact": CONTACT,
            "email": EMAIL,
            "allocation": "service",
            "reasons": "Calls to four desks a day are better answered by one.",
        }
        | told
    )


def arranged(
    panel: Panel,
    *,
    case: PanelCase | None = None,
    officer: Any = None,
    entry: Entry | None = None,
    at: datetime | None = None,
    **told: Any,
) -> SinglePointOfContact:
    """A single point of contact, with an entry or without."""
    return arrange(
        case=case or referred_case(panel, at=at),
        entry=entry,
        terms=spoc_terms(officer or make_person("oatcake"), **told),
        by=panel.clerk,
        at=at or timezone.now(),
    )
