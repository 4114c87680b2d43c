"""Entries on the panel's schedule, and what is arranged with them; of invented people only."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import arrange
from cautionary_plugin.actions.contact.diverts import (
    ask_councillor,
    prepare_divert,
    record_answer,
    request_divert,
)
from cautionary_plugin.actions.contact.mail_rules import switch_on
from cautionary_plugin.actions.decisions.adding import make_entry
from cautionary_plugin.models import (
    EmailDivert,
    Entry,
    IncidentReport,
    PanelCase,
    SinglePointOfContact,
)
from cautionary_plugin.rules.panel_terms import SpocTerms
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import LetterKind
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


CUSTOMER = "ambrose.pettibone@example.org"


def prepared_divert(panel: Panel, **told: Any) -> EmailDivert:
    """A divert that is being prepared, of a customer without an entry where none is given."""
    arrangement = told.pop("arrangement", None) or arranged(panel)
    facts = {"addresses": [CUSTOMER], "reasons": "He writes to forty members of staff a day."}
    return prepare_divert(
        arrangement=arrangement, by=panel.clerk, at=timezone.now(), **(facts | told)
    )


def councillor_asked(panel: Panel, divert: EmailDivert, name: str = "Honoria Quince") -> Any:
    """A ward councillor who was asked today, and has not answered."""
    return ask_councillor(
        divert=divert,
        councillor=name,
        email=f"{name.lower().replace(' ', '.')}@council.example.org",
        asked_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )


def customer_told(divert: EmailDivert) -> None:
    """The letter about the divert is in the post."""
    sent = {"sent_on": timezone.localdate(), "sent_by_method": "post", "issued_at": timezone.now()}
    assert divert.letters.filter(kind=LetterKind.DIVERT).update(**sent) == 1


def requested_divert(panel: Panel, **told: Any) -> EmailDivert:
    """A divert that the mail administrator is asked to switch on; one councillor wants it."""
    divert = prepared_divert(panel, **told)
    answer = councillor_asked(panel, divert)
    today, now = timezone.localdate(), timezone.now()
    record_answer(answer=answer, wants=True, answered_on=today, by=panel.clerk, at=now)
    customer_told(divert)
    return request_divert(divert=divert, by=panel.clerk, at=timezone.now())


def active_divert(panel: Panel, **told: Any) -> EmailDivert:
    """A divert that is on."""
    divert = requested_divert(panel, **told)
    assert divert.requested_at is not None
    return switch_on(divert=divert, seen=divert.requested_at, by=panel.mail, at=timezone.now())
