"""The report, page by page: a question, the answers to check, and what happens next."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.reports import (
    OPEN_STATES,
    find_own_report,
    pages_now,
    save_page,
    start_report,
    submit_report,
)
from cautionary_plugin.forms.report import AboutForm
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import IncidentReport, PolicyLink, Register
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.reporting import About, Page
from cautionary_plugin.rules.vocabulary import Route

from . import steps
from .listed import may_know

FOLDER = "cautionary_plugin/staff/report"


@require_http_methods(["GET", "POST"])
def start(request: GatedRequest) -> HttpResponse:
    """Before a report: the texts to read, and the one question that is not kept."""
    registers = Register.objects.order_by("route", "name")
    form = AboutForm(request.POST or None, registers=registers)
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        if about == About.COLLEAGUE:
            return redirect("cautionary:report_elsewhere")
        report = submit(
            form,
            lambda: start_report(
                register=form.cleaned_data["register"],
                about=about,
                by=request.user,
                at=request.now,
            ),
        )
        if report:
            return redirect(steps.url_of(report, pages_now(report)[0]))
    context = {
        "form": form,
        "registers": registers,
        "links": PolicyLink.objects.filter(register__in=registers).order_by("text", "url"),
    }
    return render(request, f"{FOLDER}/start.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET"])
def elsewhere(request: GatedRequest) -> HttpResponse:
    """An employee or a councillor is not for this register; nothing was kept."""
    return render(request, f"{FOLDER}/elsewhere.html", {})


@require_http_methods(["GET"])
def resume(request: GatedRequest, reference: str) -> HttpResponse:
    """Back to a report: to the first page that lacks an answer."""
    report = find_own_report(reference, by=request.user)
    if report.state not in OPEN_STATES:
        return _to_sent(report)
    return redirect(steps.url_of_first_open(report, on=timezone.localdate(request.now)))


@require_http_methods(["GET", "POST"])
def page(request: GatedRequest, reference: str, page: str) -> HttpResponse:
    """One question; its answer is kept when "Next" is pressed."""
    report = find_own_report(reference, by=request.user)
    if report.state not in OPEN_STATES:
        return _to_sent(report)
    if page not in pages_now(report):
        raise Http404
    step = steps.step_of(report, Page(page))
    kind = steps.form_of(report, step.page)
    if request.method == "GET":
        return _ask(request, step, kind.from_answers(report.answers.get(page, {})))
    form = kind(request.POST)
    saved = submit(
        form,
        lambda: save_page(
            report=report, page=page, answers=form.answers, by=request.user, at=request.now
        ),
    )
    if saved is None:
        return _ask(request, step, form)
    today = timezone.localdate(request.now)
    changing = "change" in request.GET
    if step.page in steps.DESCRIBING and may_know(request, saved):
        return redirect(steps.url_of_listed(saved, step.page, changing=changing))
    return redirect(steps.url_after(saved, step.page, changing=changing, on=today))


def _ask(request: GatedRequest, step: steps.Step, form: Any) -> HttpResponse:
    context = {"step": step, "form": form}
    return render(request, f"{FOLDER}/page.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check(request: GatedRequest, reference: str) -> HttpResponse:
    """All answers on one page, each to be changed; then the report is sent."""
    report = find_own_report(reference, by=request.user)
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            submit_report(report=report, by=request.user, at=request.now)
        except BadInput as problem:
            problems = problem.problems
        else:
            return _to_sent(report)
    if report.state not in OPEN_STATES:
        return _to_sent(report)
    context = _to_be_checked(report, problems, request)
    return render(request, f"{FOLDER}/check.html", context, status=400 if problems else 200)


def _to_be_checked(
    report: IncidentReport, problems: dict[str, list[str]], request: GatedRequest
) -> dict[str, Any]:
    today = timezone.localdate(request.now)
    answers = steps.answers_of(report, on=today, problems=problems)
    return {
        "report": report,
        "answers": answers,
        "problems": [each for each in answers if each.page in problems],
        "number": len(answers) + 1,
        "back": steps.url_of(report, answers[-1].page),
        "returned": steps.why_returned(report),
    }


@require_http_methods(["GET"])
def sent(request: GatedRequest, reference: str) -> HttpResponse:
    """What happens next."""
    report = find_own_report(reference, by=request.user)
    if report.state in OPEN_STATES:
        return redirect("cautionary:resume_report", reference)
    for_panel = report.register.route == Route.PANEL
    return render(request, f"{FOLDER}/sent.html", {"report": report, "for_panel": for_panel})


def _to_sent(report: IncidentReport) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("cautionary:report_sent", args=[report.reference]))
