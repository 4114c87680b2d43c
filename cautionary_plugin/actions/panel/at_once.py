"""The reports that may be added to a schedule ahead of the panel, and their opening (B41, B42)."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.decisions.same_subject import Lookalike, look_for, record_looked
from cautionary_plugin.models import Entry, IncidentReport, PanelCase, Register
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Act

from .urgent import REPORTED, check_may_add


def reports_for(register: Register, *, by: Any) -> QuerySet[IncidentReport]:
    """Reports of either route that nobody has decided on, the oldest first.

    Without those that the person has a part in, or is shut out of the case of, and without whom
    the schedule has already.
    """
    listed = Entry.objects.filter(register=register, case_file=OuterRef("case_file"))
    barred = PanelCase.objects.filter(~not_shut_out(by), report=OuterRef("pk"))
    theirs = Q(reporter=by) | Q(typed_by=by) | Q(statements__employee=by)
    waiting: QuerySet[IncidentReport] = IncidentReport.objects.filter(
        ~Exists(listed.exclude(state=EntryState.ENDED)),
        ~Exists(barred),
        state__in=REPORTED,
    )
    mine = IncidentReport.objects.filter(theirs).values("pk")
    return waiting.exclude(pk__in=mine).order_by("submitted_at", "reference")


@action
def who_is_alike_at_once(
    *, report: IncidentReport, register: Register, by: Any, at: datetime
) -> tuple[Lookalike, ...]:
    """The entries of the schedule that may be about the same person, and record what was shown.

    :raises NotYourPost, BriefingLapsed, SamePerson, Excluded: as :func:`open_to_add`.
    :raises NotReady: the schedule cannot be checked.
    """
    check_may_add(report, register, by=by, at=at)
    found = look_for(report, register=register, at=at)
    record_looked(found, register=register, by=by, at=at)
    return found


@action
def open_to_add(*, report: IncidentReport, register: Register, by: Any, at: datetime) -> bool:
    """Read a report in order to add it at once; that it was opened is recorded.

    :returns: whether it would be added in the absence of the chair.
    :raises NotYourPost, BriefingLapsed: ``by`` adds nothing at once on this schedule.
    :raises SamePerson, Excluded: ``by`` is concerned in the report, or shut out of its case.
    """
    for_chair = check_may_add(report, register, by=by, at=at)
    record(act=Act.READ_REPORT, by=by, at=at, register=report.register, reference=report.reference)
    return for_chair
