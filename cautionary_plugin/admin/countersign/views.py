"""Countersign: what waits, a report on one screen, and what is said to it (A3, A8)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.countersign import check_countersignature, countersign_report
from cautionary_plugin.admin.base import Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import (
    Crumbs,
    crumbs,
    list_page,
    opened,
    police_page,
    registers_under,
    report_named,
)
from cautionary_plugin.admin.words import day
from cautionary_plugin.forms.readback import Step, carried, read_back, step_of
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Countersignature, IncidentReport, Statement
from cautionary_plugin.rules.due import due_in_words
from cautionary_plugin.rules.errors import AlreadyDone
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import CountersignOutcome, Route

from .forms import CountersignForm

FOLDER = "cautionary_plugin/admin/countersign"
TOLD = {
    CountersignOutcome.CONFIRMED: lazy("%(reference)s is confirmed and waits for a decision."),
    CountersignOutcome.RETURNED: lazy("%(reference)s is sent back; its reporter is told."),
}


@require_safe
def waiting(request: GatedRequest) -> HttpResponse:
    """The reports that wait for a signature which this person may give."""
    today, user = timezone.localdate(request.now), request.user
    concerned = Statement.objects.filter(employee=user, report__isnull=False)
    rows = (
        IncidentReport.objects.filter(
            state=ReportState.SUBMITTED,
            register__in=registers_under(request, Power.COUNTERSIGN),
            register__route=Route.DIRECTOR,
        )
        .exclude(reporter=user)
        .exclude(typed_by=user)
        .exclude(pk__in=concerned.values("report"))
        .select_related("register")
        .order_by("countersign_by", "reference")
    )

    def line(report: IncidentReport) -> Line:
        url = reverse("cautionary_countersign_report", args=[report.reference])
        sent = report.submitted_at
        due = report.countersign_by
        cells = [
            due_in_words(due, today=today) if due else "",
            day(timezone.localdate(sent)) if sent else "",
            report.register.name,
        ]
        return Line(url, report.reference, cells)

    return list_page(
        request,
        title=_("Countersign"),
        headings=[_("Report"), _("Due"), _("Sent"), _("Register")],
        rows=rows,
        line=line,
        empty=_("No report waits for your signature. You get an e-mail when one does."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: GatedRequest, reference: str) -> HttpResponse:
    """The report on one screen, and the form; what was typed is read back before it counts."""
    form = CountersignForm(request.POST if request.method == "POST" else None)
    posted, step = request.method == "POST", step_of(request.POST)
    if posted and step is Step.RECORD and (signature := _sign(request, reference, form)):
        told = TOLD[CountersignOutcome(signature.outcome)]
        messages.success(request, told % {"reference": reference})
        return HttpResponseRedirect(reverse("cautionary_countersign"))
    known, context = opened(request, reference)
    if known.state != ReportState.SUBMITTED:
        raise AlreadyDone("The report does not wait for a countersignature.")
    if posted and step is Step.READ_BACK and _could_sign(request, reference, form):
        context |= {"told": read_back(form), "carried": carried(form)}
        return _page(request, "read_back", reference, form, context)
    return _page(request, "report", reference, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def police(request: GatedRequest, reference: str) -> HttpResponse:
    """What is known of the crime and the Police, while the report waits for a signature."""
    back = reverse("cautionary_countersign_report", args=[reference])
    trail = _trail((reference, back), (_("Crime and Police"), ""))
    return police_page(request, reference, trail=trail, back=back)


def _sign(request: GatedRequest, reference: str, form: CountersignForm) -> Countersignature | None:
    signature: Countersignature | None = submit(
        form,
        lambda: countersign_report(
            report=report_named(reference), by=request.user, at=request.now, **form.cleaned_data
        ),
    )
    return signature


def _could_sign(request: GatedRequest, reference: str, form: CountersignForm) -> bool:
    could = submit(
        form,
        lambda: check_countersignature(
            report=report_named(reference), by=request.user, at=request.now, **form.cleaned_data
        ),
    )
    return bool(could)


def _page(
    request: GatedRequest,
    name: str,
    reference: str,
    form: CountersignForm,
    context: dict[str, Any],
) -> HttpResponse:
    title = _("Countersign %(reference)s") % {"reference": reference}
    return render(
        request,
        f"{FOLDER}/{name}.html",
        title=title,
        trail=_trail((title, "")),
        form=form,
        **context,
        status=400 if form.errors else 200,
    )


def _trail(*further: tuple[Any, str]) -> Crumbs:
    return crumbs(_("Countersign"), reverse("cautionary_countersign"), *further)
