"""What a case is about: its report, its entry, and the customer's single point of contact."""

from datetime import datetime

from cautionary_plugin.models import (
    CaseFile,
    Entry,
    IncidentReport,
    PanelCase,
    SinglePointOfContact,
)
from cautionary_plugin.rules.states import EntryState


def counts_now(case: PanelCase, *, at: datetime) -> Entry | None:
    """The entry that the case is about, live or held, if its term is not over."""
    entry = case.entry
    if entry is None or entry.state == EntryState.ENDED or entry.expires_at <= at:
        return None
    return entry


def report_of(case: PanelCase) -> IncidentReport:
    """The report that an entry would rest on: the case's own, else the first one on its file."""
    if case.report is not None:
        return case.report
    return case.case_file.report


def point_of_contact(case: PanelCase) -> SinglePointOfContact | None:
    """The arrangement that the customer has on this register now."""
    file: CaseFile = case.case_file.joined_to or case.case_file
    arrangements = SinglePointOfContact.objects.filter(
        case_file=file, register=case.register, ended_at=None
    )
    return arrangements.first()
