"""Decide: what waits, the report with what the register knows, the form, the decision (A10)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.decisions import (
    Lookalike,
    check_decision,
    decide_report,
    facts_beside,
    hindrance_to,
    missing_before_decision,
    same_subject,
)
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
from cautionary_plugin.models import Decision, Entry, IncidentReport
from cautionary_plugin.rules.accounts import missing_accounts
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import DecisionOutcome, Route

from .forms import FORMS, DecisionForm
from .told import Told

FOLDER = "cautionary_plugin/admin/decide"


@require_safe
def waiting(request: GatedRequest) -> HttpResponse:
    """The reports that wait for a decision, the oldest first."""
    today = timezone.localdate(request.now)
    rows = _waiting(request)

    def line(report: IncidentReport) -> Line:
        due = [each.due_on for each in report.statements.all() if not each.is_settled_on(today)]
        cells = [
            " ".join(missing_accounts(due)) or _("All accounts are settled."),
            day(report.occurred_on) if report.occurred_on else "",
            day(timezone.localdate(report.submitted_at)) if report.submitted_at else "",
            report.register.name,
        ]
        url = reverse("cautionary_decide_report", args=[report.reference])
        return Line(url, report.reference, cells)

    return list_page(
        request,
        title=_("Decide"),
        headings=[_("Report"), _("Accounts"), _("Incident"), _("Sent"), _("Register")],
        rows=rows,
        line=line,
        empty=_("No report waits for a decision. You get an e-mail when one is countersigned."),
    )


def _waiting(request: GatedRequest) -> QuerySet[IncidentReport]:
    return (
        IncidentReport.objects.filter(
            state=ReportState.COUNTERSIGNED,
            register__in=registers_under(request, Power.DECIDE),
            register__route=Route.DIRECTOR,
        )
        .select_related("register")
        .prefetch_related("statements")
        .order_by("submitted_at", "reference")
    )


@require_safe
def report(request: GatedRequest, reference: str) -> HttpResponse:
    """The report on one screen, what it still waits for, and the four ways to decide."""
    known, context = opened(request, reference)
    if known.state == ReportState.DECIDED:
        return HttpResponseRedirect(reverse("cautionary_decided", args=[reference]))
    waits = known.state == ReportState.COUNTERSIGNED
    hindrance = hindrance_to(report=known, by=request.user, at=request.now)
    missing = missing_before_decision(known, on=timezone.localdate(request.now)) if waits else []
    ready = waits and not hindrance and not missing
    context |= {
        "standing": ReportState(known.state).label,
        "waits": waits,
        "hindrance": hindrance,
        "missing": missing,
        "outcomes": _ways(reference) if ready else [],
        "lookalikes": _lookalikes(request, known) if waits and not hindrance else [],
    }
    trail = _trail((_title(reference), ""))
    return _page(request, "report", reference, trail=trail, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: GatedRequest, reference: str, outcome: str) -> HttpResponse:
    """The questions of one outcome; what was typed is read back before it counts."""
    wanted = _outcome(outcome)
    known, context = opened(request, reference)
    posted = request.method == "POST"
    if not posted and (answer := _not_yet(request, known)):
        return answer
    lookalikes = _lookalikes(request, known)
    form = _form(request, known, wanted, lookalikes)
    step = step_of(request.POST)
    if posted and step is Step.RECORD and _submit(request, known, wanted, form, record=True):
        return HttpResponseRedirect(reverse("cautionary_decided", args=[reference]))
    read = posted and step is Step.READ_BACK
    if read and _submit(request, known, wanted, form, record=False):
        context |= {"told": read_back(form), "carried": carried(form)}
    page = "read_back" if "told" in context else "form"
    url = reverse("cautionary_decide_report", args=[reference])
    return _page(
        request,
        page,
        reference,
        trail=_trail((reference, url), (f"{reference}: {wanted.label}", "")),
        outcome=wanted,
        form=form,
        lookalikes=lookalikes,
        **context,
        status=400 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def police(request: GatedRequest, reference: str) -> HttpResponse:
    """What is known of the crime and the Police, before the decision."""
    back = reverse("cautionary_decide_report", args=[reference])
    trail = _trail((reference, back), (_("Crime and Police"), ""))
    return police_page(request, reference, trail=trail, back=back)


@require_safe
def done(request: GatedRequest, reference: str) -> HttpResponse:
    """What was decided, and what is due because of it."""
    related = "report__register", "entry", "case_file"
    decision = get_object_or_404(
        Decision.objects.select_related(*related), report__reference=reference
    )
    request.standing.check_may_handle(Power.DECIDE, decision.report.register)
    told = Told.of(decision, today=timezone.localdate(request.now))
    return _page(request, "done", reference, trail=_trail((reference, "")), told=told)


def _ways(reference: str) -> list[tuple[str, str]]:
    return [
        (outcome.label, reverse("cautionary_decide_as", args=[reference, outcome.value]))
        for outcome in DecisionOutcome
    ]


def _outcome(code: str) -> DecisionOutcome:
    try:
        return DecisionOutcome(code)
    except ValueError:
        raise Http404 from None


def _not_yet(request: GatedRequest, known: IncidentReport) -> HttpResponse | None:
    """Back to the report, which says what the decision waits for; None where it may be taken."""
    missing = missing_before_decision(known, on=timezone.localdate(request.now))
    hindrance = hindrance_to(report=known, by=request.user, at=request.now)
    if known.state == ReportState.COUNTERSIGNED and not missing and not hindrance:
        return None
    return HttpResponseRedirect(reverse("cautionary_decide_report", args=[known.reference]))


def _lookalikes(request: GatedRequest, known: IncidentReport) -> tuple[Lookalike, ...]:
    return same_subject(report=known, by=request.user, at=request.now)


def _form(
    request: GatedRequest,
    known: IncidentReport,
    outcome: DecisionOutcome,
    lookalikes: tuple[Lookalike, ...],
) -> DecisionForm:
    today = timezone.localdate(request.now)
    form = FORMS[outcome](
        request.POST if request.method == "POST" else None,
        report=known,
        beside=facts_beside(known, lookalikes, on=today),
        looks_the_same=any(each.strong for each in lookalikes),
        today=today,
    )
    if outcome == DecisionOutcome.JOIN and lookalikes:
        form.initial["join_to"] = lookalikes[0].entry.reference
    return form


def _submit(
    request: GatedRequest,
    known: IncidentReport,
    outcome: DecisionOutcome,
    form: DecisionForm,
    *,
    record: bool,
) -> Any:
    """Record the decision, or only ask whether it could be."""
    act = decide_report if record else check_decision

    def go() -> Any:
        proposal = form.proposal()
        if outcome == DecisionOutcome.JOIN:
            found = Entry.objects.filter(reference=form.cleaned_data["join_to"])
            proposal["join_to"] = found.first()
        return act(
            report=report_named(known.reference),
            outcome=outcome,
            finding=form.finding(),
            by=request.user,
            at=request.now,
            **proposal,
        )

    return submit(form, go)


def _page(request: GatedRequest, name: str, reference: str, **context: Any) -> HttpResponse:
    return render(request, f"{FOLDER}/{name}.html", title=_title(reference), **context)


def _title(reference: str) -> str:
    return _("Decide on %(reference)s") % {"reference": reference}


def _trail(*further: tuple[Any, str]) -> Crumbs:
    return crumbs(_("Decide"), reverse("cautionary_decide"), *further)
