"""Add a high-risk entry at once: choose the report, say why, read it back (B41, B42)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.panel_facts import entry_facts, filled
from cautionary_plugin.access.report_facts import ReportSheet
from cautionary_plugin.actions.panel.agenda import next_meeting
from cautionary_plugin.actions.panel.at_once import open_to_add, reports_for, who_is_alike_at_once
from cautionary_plugin.actions.panel.urgent import add_immediately
from cautionary_plugin.admin.asking import Told, ask, posted
from cautionary_plugin.admin.base import FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import PER_PAGE, crumbs, report_named
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import IncidentReport, PolicyLink, Register, UrgentAddition
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import PolicyText, Risk, Route

from .forms import UrgentForm

FOLDER = "cautionary_plugin/admin/urgent"
ADDS = (Power.ADD_URGENTLY, Power.ADD_URGENTLY_FOR_CHAIR)


@require_safe
def reports(request: GatedRequest) -> HttpResponse:
    """The reports that may be added ahead of the panel, by their references."""
    rows = [
        (register, report)
        for register in _registers(request)
        for report in reports_for(register, by=request.user).select_related("register")
    ]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=_("Add at once"),
        trail=crumbs(_("Add at once"), ""),
        form=FilterForm(),
        page=page,
        headings=[_("Report"), _("Incident"), _("Stands at"), _("Reported to"), _("Add to")],
        lines=[_line(register, report) for register, report in page],
        links=[],
        empty=_(
            "No report waits. Only what was reported can be added: report the incident first, then "
            "come back here."
        ),
        query="",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: GatedRequest, slug: str, reference: str) -> HttpResponse:
    """The entry's questions and why it cannot wait; read back before it counts."""
    register = get_object_or_404(Register, slug=slug, route=Route.PANEL)
    report = report_named(reference)
    for_chair = open_to_add(report=report, register=register, by=request.user, at=request.now)
    form = UrgentForm(posted(request), for_chair=for_chair, initial=_known(report))

    def act() -> UrgentAddition:
        told = form.cleaned_data
        return add_immediately(
            report=report,
            register=register,
            terms=form.entry_terms(),
            risk=told["risk"],
            reasons=told["reasons"],
            absence=told.get("absence", ""),
            by=request.user,
            at=request.now,
        )

    def told() -> Told:
        typed = form.cleaned_data
        return filled(
            [
                (_("Level, in the words of the procedure"), DEFINITIONS[Risk(typed["risk"])]),
                (_("Why it cannot wait"), typed["reasons"]),
                (_("Why the chair cannot decide"), typed.get("absence", "")),
                *entry_facts(form.entry_terms()),
            ]
        )

    return ask(
        request,
        form,
        act,
        done=lambda addition: reverse("cautionary_urgent_added", args=[addition.entry.reference]),
        title=_("Add %(reference)s at once") % {"reference": reference},
        trail=crumbs(_("Add at once"), reverse("cautionary_urgent"), (reference, "")),
        back=reverse("cautionary_urgent"),
        button=_("Add the entry now"),
        warning=_(
            "The entry counts from now on, and every check shows it as provisional. It ends with "
            "the next meeting of the panel, unless the panel ratifies it."
        ),
        told=told,
        template=f"{FOLDER}/add.html",
        sheet=ReportSheet.of(report, on=timezone.localdate(request.now)),
        evidence=[],
        guidance=_guidance(register),
        alike=who_is_alike_at_once(
            report=report, register=register, by=request.user, at=request.now
        ),
    )


@require_safe
def added(request: GatedRequest, reference: str) -> HttpResponse:
    """What was added, and what becomes of it; references and dates only."""
    additions = UrgentAddition.objects.select_related("entry__register", "case")
    addition = get_object_or_404(
        additions.filter(not_shut_out(request.user, case="case")),
        entry__reference=reference,
        entry__register__in=_registers(request),
    )
    meeting = next_meeting(addition.entry.register, at=request.now)
    return render(
        request,
        f"{FOLDER}/added.html",
        title=addition.entry.reference,
        trail=crumbs(_("Add at once"), reverse("cautionary_urgent"), (reference, "")),
        addition=addition,
        added=instant(addition.added_at),
        meeting=instant(meeting.starts_at) if meeting else "",
    )


def _registers(request: GatedRequest) -> list[Register]:
    """The schedules on which the person adds at once, for the chair or as the chair."""
    held = {register for power in ADDS for register in request.standing.over(power)}
    mine = [register for register in held if register and register.route == Route.PANEL]
    return sorted(mine, key=lambda register: register.name)


def _line(register: Register, report: IncidentReport) -> Line:
    return Line(
        reverse("cautionary_urgent_add", args=[register.slug, report.reference]),
        report.reference,
        [
            day(report.occurred_on) if report.occurred_on else "",
            ReportState(report.state).label,
            report.register.name,
            register.name,
        ],
    )


def _known(report: IncidentReport) -> dict[str, Any]:
    """What the report tells already."""
    services = [report.service.slug] if report.service else []
    return {"markers": report.markers, "audience": services}


def _guidance(register: Register) -> str:
    links = PolicyLink.objects.filter(register=register, text=PolicyText.HSE_GUIDANCE)
    return links.values_list("url", flat=True).first() or ""
