"""What countersigning and deciding share: a report on one screen, the Police, and lists."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.report_facts import ReportSheet
from cautionary_plugin.actions.countersign import open_report
from cautionary_plugin.actions.police import record_police
from cautionary_plugin.forms.police import PoliceForm
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import IncidentReport, Register
from cautionary_plugin.rules.evidence import KINDS
from cautionary_plugin.rules.police import PoliceFacts
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReportState

from .base import FilterForm, Line
from .rendering import render

PER_PAGE = 50
Crumbs = list[dict[str, Any]]
Opener = Callable[..., None]


def registers_under(request: GatedRequest, power: Power) -> list[Register]:
    """The registers on which the person has this power."""
    return [register for register in request.standing.over(power) if register is not None]


def report_named(reference: str) -> IncidentReport:
    """The report that the URL names; a draft is nobody's but its typist's."""
    reports = IncidentReport.objects.exclude(state=ReportState.DRAFT)
    related = "register", "reporter", "typed_by", "service", "case_file"
    return get_object_or_404(reports.select_related(*related), reference=reference)


def list_page(
    request: GatedRequest,
    *,
    title: Any,
    headings: list[Any],
    rows: QuerySet[IncidentReport],
    line: Callable[[IncidentReport], Line],
    empty: Any,
) -> HttpResponse:
    """A list of reports by their references; no name is in it."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=title,
        trail=[{"url": "", "label": title}],
        form=FilterForm(),
        page=page,
        headings=headings,
        lines=[line(report) for report in page],
        links=[],
        empty=empty,
        query="",
    )


def opened(
    request: GatedRequest, reference: str, *, opener: Opener = open_report
) -> tuple[IncidentReport, dict[str, Any]]:
    """A report that the person may open now, recorded as opened, and what its screen shows.

    :param opener: the act that opens it, and says who may.
    """
    report = report_named(reference)
    opener(report=report, by=request.user, at=request.now)
    sheet = ReportSheet.of(report, on=timezone.localdate(request.now))
    evidence = [
        (each, reverse("cautionary_evidence", args=[each.pk]), KINDS[each.kind].words)
        for each in sheet.evidence
    ]
    return report, {"sheet": sheet, "evidence": evidence, "report": report}


def crumbs(desk: Any, desk_url: str, *further: tuple[Any, str]) -> Crumbs:
    """Breadcrumbs from the list of a desk; the last has no address."""
    steps: Iterable[tuple[Any, str]] = ((desk, desk_url), *further)
    return [{"label": label, "url": url} for label, url in steps]


def police_page(
    request: GatedRequest,
    reference: str,
    *,
    trail: Crumbs,
    back: str,
    opener: Opener = open_report,
) -> HttpResponse:
    """Record what is known of the crime and the Police, then go back to the report."""
    report, context = opened(request, reference, opener=opener)
    known = PoliceForm.initial_of(PoliceFacts.from_json(report.police))
    form = PoliceForm(request.POST or None, initial=known)
    if request.method == "POST" and submit(
        form,
        lambda: record_police(report=report, by=request.user, at=request.now, **form.cleaned_data),
    ):
        return HttpResponseRedirect(back)
    return render(
        request,
        "cautionary_plugin/admin/reports/police.html",
        title=_("Crime and Police: %(reference)s") % {"reference": reference},
        trail=trail,
        form=form,
        back=back,
        **context,
        status=400 if form.errors else 200,
    )
