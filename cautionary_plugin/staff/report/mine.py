"""My reports: how each stands; a draft goes on, or is thrown away."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.reports import discard_draft, find_own_report
from cautionary_plugin.rules.states import ReportState

from .progress import progress_of, reports_of

FOLDER = "cautionary_plugin/staff/report"
PER_PAGE = 25


@require_http_methods(["GET"])
def my_reports(request: GatedRequest) -> HttpResponse:
    """What I have reported, and what was reported for me."""
    page = Paginator(reports_of(request.user), PER_PAGE).get_page(request.GET.get("p"))
    reports = [progress_of(report, reader=request.user) for report in page]
    return render(request, f"{FOLDER}/mine.html", {"reports": reports, "page": page})


@require_http_methods(["GET", "POST"])
def discard(request: GatedRequest, reference: str) -> HttpResponse:
    """Throw a draft away, once it was asked whether to."""
    report = find_own_report(reference, by=request.user)
    if request.method == "POST":
        discard_draft(report=report, by=request.user, at=request.now)
        return redirect("cautionary:my_reports")
    if report.state != ReportState.DRAFT:
        return redirect("cautionary:my_reports")
    return render(request, f"{FOLDER}/discard.html", {"report": report})
