"""Refer: what waits, a report on one screen, what is said to the panel, or to the reporter."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.referrals import panels_of, reports_to_refer
from cautionary_plugin.actions.panel.referring import (
    check_may_open,
    open_report,
    refer_report,
    send_back,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import Crumbs, crumbs, opened, police_page, report_named
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import IncidentReport, PanelCase, Register
from cautionary_plugin.rules.due import due_in_words
from cautionary_plugin.rules.errors import BadInput, NotYourPost
from cautionary_plugin.rules.states import CaseState, ReportState
from cautionary_plugin.rules.vocabulary import Route

from .forms import FindForm, ReferForm, SendBackForm

FOLDER = "cautionary_plugin/admin/refer"
METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50


@require_safe
def waiting(request: GatedRequest) -> HttpResponse:
    """The reports that wait to be put before the panel by this person."""
    today = timezone.localdate(request.now)
    page = Paginator(reports_to_refer(request.standing), PER_PAGE).get_page(request.GET.get("p"))

    def line(report: IncidentReport) -> Line:
        sent, due = report.submitted_at, report.countersign_by
        cells = [
            due_in_words(due, today=today) if due else "",
            day(timezone.localdate(sent)) if sent else "",
            report.register.name,
        ]
        return Line(reverse("cautionary_refer_report", args=[report.reference]), report, cells)

    return render(
        request,
        f"{FOLDER}/waiting.html",
        title=_("Refer to the panel"),
        trail=[{"url": "", "label": _("Refer to the panel")}],
        form=FilterForm(),
        page=page,
        headings=[_("Report"), _("Due"), _("Sent"), _("Register")],
        lines=[line(report) for report in page],
        empty=_("No report waits for you. You get an e-mail when one does."),
        query="",
    )


@require_http_methods(METHODS)
def another(request: GatedRequest) -> HttpResponse:
    """A report to a director’s register, which the panel is to look at as well."""
    form = FindForm(posted(request))

    def find() -> IncidentReport:
        typed = form.cleaned_data["reference"].upper()
        found = IncidentReport.objects.filter(reference=typed).select_related("register").first()
        try:
            if found is None:
                raise NotYourPost("There is none.")
            check_may_open(found, _panels(request, found)[0], by=request.user, at=request.now)
        except NotYourPost:
            wrong = _("You may refer no report with this reference.")
            raise BadInput({"reference": [wrong]}) from None
        return found

    title = _("Refer another report")
    return ask(
        request,
        form,
        find,
        done=lambda report: reverse("cautionary_refer_report", args=[report.reference]),
        title=title,
        trail=_trail((title, "")),
        back=reverse("cautionary_refer"),
        button=_("Open the report"),
        lead=_(
            "A report that went to a director can come before the panel as well. Nothing changes "
            "for the director: one file, two routes."
        ),
    )


@require_safe
def report(request: GatedRequest, reference: str) -> HttpResponse:
    """The report on one screen, and what can be done with it."""
    known, context = opened(request, reference, opener=_opener(request))
    before = PanelCase.objects.filter(report=known).exclude(state=CaseState.WITHDRAWN).first()
    for_panel = known.register.route == Route.PANEL
    return render(
        request,
        f"{FOLDER}/report.html",
        title=_("Refer %(reference)s") % {"reference": reference},
        trail=_trail((reference, "")),
        before=before,
        may_send_back=for_panel and known.state == ReportState.SUBMITTED,
        stays=not for_panel,
        **context,
    )


@require_http_methods(METHODS)
def refer(request: GatedRequest, reference: str) -> HttpResponse:
    """What the Operations Manager says to the panel; read back before it is recorded."""
    known = _known(request, reference)
    form = ReferForm(
        posted(request),
        panels=_panels(request, known),
        initial={"presenter": request.user.get_username()},
    )

    def told() -> list[tuple[Any, str]]:
        facts = form.cleaned_data
        labels: dict[str, Any] = {field.name: field.label for field in form}
        risk = dict(form.fields["risk"].choices)[facts["risk"]]  # type: ignore[attr-defined]
        return [
            (_("Report"), reference),
            (labels["statement"], facts["statement"]),
            (labels["letter_tried"], facts["letter_tried"]),
            (labels["risk"], str(risk)),
            (labels["proceedings"], _("Yes") if facts["proceedings"] else _("No")),
            (labels["presenter"], name_of(facts["presenter"])),
        ]

    def done(case: PanelCase) -> str:
        sentence = _("%(reference)s waits for the panel.") % {"reference": case.reference}
        messages.success(request, sentence)
        return reverse("cautionary_refer_case", args=[case.reference])

    return ask(
        request,
        form,
        lambda: refer_report(report=known, by=request.user, at=request.now, **form.told),
        done=done,
        title=_("Put %(reference)s before the panel") % {"reference": reference},
        trail=_of(reference, _("Put it before the panel")),
        back=_page_of(reference),
        button=_("Put it before the panel"),
        warning=_("The members of the panel read this. It cannot be changed afterwards."),
        told=told,
    )


@require_http_methods(METHODS)
def back(request: GatedRequest, reference: str) -> HttpResponse:
    """Send a report back to its reporter, with reasons."""
    known = _known(request, reference)
    form = SendBackForm(posted(request))
    return ask(
        request,
        form,
        lambda: send_back(report=known, by=request.user, at=request.now, **form.cleaned_data),
        done=lambda _done: reverse("cautionary_refer"),
        title=_("Send %(reference)s back") % {"reference": reference},
        trail=_of(reference, _("Send it back")),
        back=_page_of(reference),
        button=_("Send it back"),
        warning=_("The reporter is told at once, and can change the report and send it again."),
    )


@require_http_methods(METHODS)
def police(request: GatedRequest, reference: str) -> HttpResponse:
    """What is known of a crime and of the Police."""
    trail = _of(reference, _("Crime and Police"))
    opener = _opener(request)
    return police_page(request, reference, trail=trail, back=_page_of(reference), opener=opener)


def _known(request: GatedRequest, reference: str) -> IncidentReport:
    known = report_named(reference)
    check_may_open(known, _panels(request, known)[0], by=request.user, at=request.now)
    return known


def _opener(request: GatedRequest) -> Any:
    def open_it(*, report: IncidentReport, **who_and_when: Any) -> None:
        open_report(report=report, register=_panels(request, report)[0], **who_and_when)

    return open_it


def _panels(request: GatedRequest, report: IncidentReport) -> list[Register]:
    """The panels that a report may come before: its own, or any where a director decides.

    :raises Http404: there is no panel.
    """
    if report.register.route == Route.PANEL:
        return [report.register]
    panels = panels_of(request.standing)
    return panels or [get_object_or_404(Register, route=Route.PANEL)]


def _page_of(reference: str) -> str:
    return reverse("cautionary_refer_report", args=[reference])


def _of(reference: str, label: Any) -> Crumbs:
    return _trail((reference, _page_of(reference)), (label, ""))


def _trail(*further: tuple[Any, str]) -> Crumbs:
    return crumbs(_("Refer to the panel"), reverse("cautionary_refer"), *further)
