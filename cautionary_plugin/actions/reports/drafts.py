"""A report while it is typed: begun, kept page by page, or thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action, lock
from cautionary_plugin.actions.evidence import drop_objects
from cautionary_plugin.actions.references import take_references
from cautionary_plugin.models import CaseFile, IncidentReport, NamedSystem, Register, Service
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, IllegalMove, NotYours
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.report_pages import check_page
from cautionary_plugin.rules.reporting import ROUTES, About, Page, pages_of
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act, Route, SubjectKind

OPEN_STATES = frozenset({ReportState.DRAFT, ReportState.RETURNED})  # it may be changed


@action
def start_report(*, register: Register, about: str, by: Any, at: datetime) -> IncidentReport:
    """Begin a report: a draft in a case file, and under a key, of its own.

    :param about: of :class:`About`; it settles what is asked next.
    :raises BadInput: an employee or a councillor is for HR or Standards; unreasonable contact is
        for the panel's register, and everything else for a director's.
    """
    if about not in list(ROUTES):
        raise BadInput({"about": ["This is not for the register."]})
    if register.route != ROUTES[About(about)]:
        raise BadInput({"register": ["This register takes no such reports."]})
    kind = SubjectKind.PREMISES if about == About.ANIMAL else SubjectKind.PERSON
    [file_reference] = take_references(Prefix.CASE_FILE, 1, at=at)
    [reference] = take_references(Prefix.REPORT, 1, at=at)
    system, person = (by, None) if isinstance(by, NamedSystem) else (None, by)
    return IncidentReport.objects.create(
        reference=reference,
        case_file=CaseFile.objects.create(reference=file_reference, kind=kind, opened_at=at),
        register=register,
        reporter=person,
        typed_by=person,
        system=system,
        started_at=at,
        changed_at=at,
    )


@action
def save_page(
    *, report: IncidentReport, page: str, answers: Mapping[str, Any], by: Any, at: datetime
) -> IncidentReport:
    """Keep the answers of one page, sealed, in place of what the page held before.

    :param answers: field → text, list of text, or a date as ISO text.
    :raises NotYours: ``by`` neither types the report nor is its reporter.
    :raises AlreadyDone: it was sent meanwhile.
    :raises IllegalMove: the report has no such page.
    :raises BadInput: under the fields of the page.
    """
    report = lock_own_open(report, by=by)
    if page not in pages_now(report):
        raise IllegalMove("The report has no such page now.")
    whole = {**report.answers, page: dict(answers)}
    check_page(page, whole, on=timezone.localdate(at), route=report.register.route)
    report.answers, report.changed_at = whole, at
    report.save(update_fields=["answers", "changed_at"])
    return report


@action
def discard_draft(*, report: IncidentReport, by: Any, at: datetime) -> None:
    """Throw a draft away with its key and its evidence; the reference alone is remembered.

    :raises NotYours: ``by`` does not type this report.
    :raises AlreadyDone: it was sent meanwhile, or thrown away before.
    """
    report = lock_own_open(report, by=by)
    if report.state != ReportState.DRAFT:
        raise AlreadyDone("A report that was sent once stays; send it again, or ask the owner.")
    record(act=Act.ERASED, by=by, at=at, register=report.register, reference=report.reference)
    drop_objects(report.case_file)
    report.case_file.delete()


def find_own_report(reference: str, *, by: Any) -> IncidentReport:
    """A report of one's own, by its reference.

    :raises NotYours: it is a colleague's, or there is none: from outside both look the same.
    """
    report = (
        IncidentReport.objects.select_related("case_file", "register")
        .filter(reference=reference)
        .first()
    )
    if report is None or not _is_own(report, by):
        raise NotYours("You have no report with this reference.")
    return report


def pages_now(report: IncidentReport) -> tuple[Page, ...]:
    """The pages that a report has as it stands.

    Whose it is, is settled once it was sent: who may not countersign it hangs on that (A8). What
    is for the panel was said at the start: unreasonable contact.
    """
    without = set() if report.state == ReportState.DRAFT else {Page.WHOSE}
    if report.register.route == Route.PANEL:
        without.add(Page.TRIGGER)
    if not Service.objects.exists():
        without.add(Page.SERVICE)
    return pages_of(report.case_file.kind, report.answers, without=without)


def lock_own_open(report: IncidentReport, *, by: Any) -> IncidentReport:
    """The report as it is now, held; it is one's own, and may be changed.

    :raises NotYours: it is a colleague's.
    :raises AlreadyDone: it was sent meanwhile, or is gone.
    """
    report = lock(report)
    if not _is_own(report, by):
        raise NotYours("This report is a colleague’s.")
    if report.state not in OPEN_STATES:
        raise AlreadyDone("This report was sent before. “My reports” shows how it stands.")
    return report


def _is_own(report: IncidentReport, person: Any) -> bool:
    if isinstance(person, NamedSystem):
        return bool(report.system_id == person.pk)
    return person.pk in (report.reporter_id, report.typed_by_id)
