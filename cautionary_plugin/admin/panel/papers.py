"""The papers of a case; whoever is to decide is asked for conflicts before reading (B9, B14)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.entry_facts import every_fact, measures_of, who_or_where
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.report_facts import ReportSheet
from cautionary_plugin.actions.panel.agenda import ON_AGENDA, current_item
from cautionary_plugin.actions.panel.papers import (
    READERS,
    Papers,
    has_read,
    may_read,
    open_names,
    open_papers,
)
from cautionary_plugin.admin.base import Button
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import (
    AgendaItem,
    Entry,
    IncidentReport,
    PanelCase,
    PanelDecision,
    Person,
)
from cautionary_plugin.rules.evidence import KINDS
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import CaseKind, PanelOutcome, Risk

from .finding import address, case_named, trail

Facts = list[tuple[Any, str]]


@dataclass(frozen=True, repr=False)
class Sheet:
    """A report among the papers, with the way to its files. No ``repr``: it tells names."""

    reference: str
    facts: ReportSheet
    evidence: list[tuple[Any, str, str]]


@dataclass(frozen=True, repr=False)
class Earlier:
    """An earlier decision of the panel; no ``repr`` either."""

    heading: str
    facts: Facts


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: GatedRequest, reference: str) -> HttpResponse:
    """The papers; first, for whoever is to decide, the question whether they may."""
    case = case_named(request, reference, *READERS)
    powers = request.standing.powers(case.register)
    decides = Power.SIT_ON_PANEL in powers
    answered = request.method == "POST" or has_read(case, by=request.user)
    if decides and not answered:
        return _question(request, case)
    opened = open_papers(case=case, by=request.user, at=request.now)
    declare = reverse("cautionary_conflict_declare", args=[reference]) if decides else ""
    return render(
        request,
        "cautionary_plugin/admin/panel/papers.html",
        title=_("Papers of %(reference)s") % {"reference": reference},
        trail=trail((reference, ""), (_("Papers"), "")),
        case=_case(opened),
        entry=_entry(opened.entry) if opened.entry else [],
        sheets=[_sheet(each) for each in opened.sheets],
        decisions=[_decision(each) for each in opened.decisions],
        declare=declare,
        ways=_ways_on(request, case),
    )


def _ways_on(request: GatedRequest, case: PanelCase) -> list[Button]:
    """On from the papers: to the next case, the item and the meeting."""
    item = current_item(case) or case.items.order_by("-listed_at").first()
    if item is None:
        return []
    powers = request.standing.powers(case.register)
    ways = []
    following = _next_to_read(request, item)
    if following is not None:
        url = reverse("cautionary_panel_papers", args=[following.reference])
        told = _("Next papers: %(reference)s") % {"reference": following.reference}
        ways.append(Button(told, url, posts=False))
    if powers & {Power.RUN_MEETINGS, Power.SIT_ON_PANEL}:
        ways.append(Button(_("Go to the item"), reverse("cautionary_item", args=[item.pk]), False))
    return [*ways, Button(_("Back to the meeting"), address(item.meeting), posts=False)]


def _next_to_read(request: GatedRequest, item: AgendaItem) -> PanelCase | None:
    """The case that comes after this one on the agenda, of those that the person may read."""
    waiting = item.meeting.items.filter(state__in=ON_AGENDA).exclude(pk=item.pk)
    after = waiting.filter(position__gt=item.position).order_by("position")
    cases = (each.case for each in after.select_related("case__register"))
    return next((case for case in cases if may_read(case, request.standing)), None)


def _question(request: GatedRequest, case: PanelCase) -> HttpResponse:
    reports = open_names(case=case, by=request.user, at=request.now)
    return render(
        request,
        "cautionary_plugin/admin/panel/question.html",
        title=_("Before you read the papers of %(reference)s") % {"reference": case.reference},
        trail=trail((case.reference, ""), (_("Papers"), "")),
        facts=_names(case, reports),
        declare=reverse("cautionary_conflict_declare", args=[case.reference]),
        back=reverse("cautionary_panel"),
    )


def _names(case: PanelCase, reports: list[IncidentReport]) -> Facts:
    """Who is in the case: by this a member knows whether they have part in it."""
    people = {name_of(report.reporter) for report in reports}
    for report in reports:
        people |= {name_of(each.employee) for each in report.statements.select_related("employee")}
    subject = case.case_file.subject
    who = (
        subject.identity.names[0]
        if isinstance(subject, Person)
        else subject.identity.address.in_one_line
    )
    told = [
        (_("Customer or premises"), who),
        (_("Employees concerned"), "\n".join(sorted(people - {""}))),
        (_("Presented by"), name_of(case.presenter)),
    ]
    return [(label, text) for label, text in told if text]


def _case(opened: Papers) -> Facts:
    case = opened.case
    told = [
        (_("Why it is before the panel"), CaseKind(case.kind).label),
        (_("Level as presented"), Risk(case.risk).label),
        (_("Legal proceedings"), _("Were intimated") if case.proceedings else ""),
        (_("Presented by"), name_of(case.presenter)),
        (_("Brought on"), instant(case.referred_at)),
        (_("To be decided by"), day(case.decide_by) if case.decide_by else ""),
        (_("Statement of the Operations Manager"), case.statement),
        (_("Letters of expected behaviour before"), case.letter_tried),
    ]
    return [(label, text) for label, text in told if text]


def _entry(entry: Entry) -> Facts:
    told = [
        (_("Entry"), entry.reference),
        (_("Person or premises"), who_or_where(entry)),
        (_("Risk"), Risk(entry.risk).label),
        (_("Handling instructions"), entry.handling),
        (_("Control measures"), "\n".join(measures_of(entry))),
        *((fact.label, fact.text) for fact in every_fact(entry)),
    ]
    return [(label, text) for label, text in told if text]


def _sheet(sheet: ReportSheet) -> Sheet:
    files = [
        (each, reverse("cautionary_evidence", args=[each.pk]), KINDS[each.kind].words)
        for each in sheet.evidence
    ]
    return Sheet(sheet.report.reference, sheet, files)


def _decision(decision: PanelDecision) -> Earlier:
    carried = "" if decision.carried else _(" (not carried)")
    told = [
        (_("Outcome"), f"{PanelOutcome(decision.outcome).label}{carried}"),
        (_("Level"), Risk(decision.risk).label if decision.risk else ""),
        (_("Reasons"), decision.reasons),
    ]
    heading = f"{decision.case.reference}, {instant(decision.recorded_at)}"
    return Earlier(heading, [(label, text) for label, text in told if text])
