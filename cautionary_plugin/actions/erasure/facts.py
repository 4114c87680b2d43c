"""What is known of case files, as far as it says when they are to be erased."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cautionary_plugin.access.families import Family
from cautionary_plugin.conf import conf
from cautionary_plugin.models import (
    AccessRequest,
    CaseFile,
    Decision,
    EmailDivert,
    Entry,
    IncidentReport,
    LegalHold,
    Letter,
    PanelCase,
    PanelDecision,
    SinglePointOfContact,
)
from cautionary_plugin.rules.retention import CaseFacts, EntryFacts, FileFacts, ReportFacts, Terms
from cautionary_plugin.rules.states import CaseState, DivertState


def terms() -> Terms:
    """How long the council keeps each kind of file."""
    return Terms(
        declined=timedelta(days=conf.KEEP_DECLINED_DAYS),
        warned=timedelta(days=conf.KEEP_WARNINGS_DAYS),
        undecided=timedelta(days=conf.KEEP_UNDECIDED_DAYS),
        draft=timedelta(days=conf.KEEP_DRAFTS_DAYS),
    )


def facts_of(family: Family, *, at: datetime) -> dict[UUID, FileFacts]:
    """The facts of each file that others go with, in eleven queries whatever their number."""
    files = list(family)
    entries: dict[UUID, list[EntryFacts]] = defaultdict(list)
    rows = Entry.objects.filter(case_file__in=files).order_by()
    for file, state, why, ended in rows.values_list("case_file", "state", "why_ended", "ended_at"):
        entries[family[file]].append(EntryFacts(state, why, ended))
    reports = _reports(family)
    cases = _cases(family)
    alone = SinglePointOfContact.objects.filter(entry=None)
    arrangements = _grouped(family, alone, "ended_at")
    still_on = EmailDivert.objects.filter(state=DivertState.ENDING)
    diverts = _grouped(family, still_on, "ended_at")
    today = timezone.localdate(at)
    held = _roots(family, LegalHold.objects.in_force_on(today), files)
    held_until = _held_until(family, today)
    asked = _roots(family, AccessRequest.objects.holding_on(today), files)
    owing = _roots(family, Letter.objects.filter(sent_on=None), files)
    opened = CaseFile.objects.filter(pk__in=set(family.values())).order_by()
    return {
        root: FileFacts(
            opened_at=opened_at,
            entries=tuple(entries[root]),
            report=reports.get(root),
            cases=tuple(cases[root]),
            arrangements=tuple(arrangements[root]),
            diverts_end=tuple(each for each in diverts[root] if each),
            owes_letters=root in owing,
            held=root in held,
            held_until=held_until.get(root),
            asked=root in asked,
        )
        for root, opened_at in opened.values_list("pk", "opened_at")
    }


def _reports(family: Family) -> dict[UUID, ReportFacts]:
    roots = set(family.values())
    decided = {
        report: (outcome, at)
        for report, outcome, at in Decision.objects.filter(report__case_file__in=roots)
        .order_by()
        .values_list("report", "outcome", "decided_at")
    }
    rows = IncidentReport.objects.filter(case_file__in=roots).order_by()
    return {
        file: ReportFacts(state, changed_at, *decided.get(pk, ()))
        for pk, file, state, changed_at in rows.values_list(
            "pk", "case_file", "state", "changed_at"
        )
    }


def _cases(family: Family) -> dict[UUID, list[CaseFacts]]:
    """The cases on files; one about an entry that has ended is over with it."""
    decisions = PanelDecision.objects.filter(case=OuterRef("pk"), carried=True)
    carried = Subquery(decisions.order_by("-recorded_at").values("outcome")[:1])
    rows = PanelCase.objects.filter(case_file__in=list(family), entry=None).order_by()
    found: dict[UUID, list[CaseFacts]] = defaultdict(list)
    told = rows.annotate(carried=carried).values_list(
        "case_file", "state", "referred_at", "settled_at", "carried"
    )
    for file, state, referred_at, settled_at, outcome in told:
        at = referred_at if state == CaseState.WAITING else settled_at
        found[family[file]].append(CaseFacts(state, at or referred_at, outcome or ""))
    return found


def _grouped(family: Family, rows: Any, field: str) -> dict[UUID, list[datetime | None]]:
    found: dict[UUID, list[datetime | None]] = defaultdict(list)
    for file, value in rows.filter(case_file__in=list(family)).values_list("case_file", field):
        found[family[file]].append(value)
    return found


def _held_until(family: Family, today: date) -> dict[UUID, datetime]:
    """When the last of the legal holds ended that are over."""
    found: dict[UUID, datetime] = {}
    holds = LegalHold.objects.filter(case_file__in=list(family)).over_on(today).order_by()
    for file, lifted_at, ends_on in holds.values_list("case_file", "lifted_at", "ends_on"):
        end = lifted_at or timezone.make_aware(datetime.combine(ends_on, time.min))
        found[family[file]] = max(end, found.get(family[file], end))
    return found


def _roots(family: Family, rows: Any, files: list[UUID]) -> set[UUID]:
    found = rows.filter(case_file__in=files).order_by().values_list("case_file", flat=True)
    return {family[file] for file in found}
