"""The cases that somebody has put before the panel, and how they stand; a withdrawal."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.referrals import cases_of
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.panel.referring import withdraw_case
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import crumbs
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import AgendaItem, PanelCase, PanelDecision
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import CaseState, ItemState
from cautionary_plugin.rules.vocabulary import Act, CaseKind, PanelOutcome, Risk

from .forms import WithdrawForm

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50
ON_AGENDA = (ItemState.LISTED, ItemState.OPEN, ItemState.VOTING)


@require_safe
def mine(request: GatedRequest) -> HttpResponse:
    """My cases, by reference, the newest first."""
    page = Paginator(_with_standing(cases_of(request.standing)), PER_PAGE).get_page(
        request.GET.get("p")
    )
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=_("My cases before the panel"),
        trail=_trail((_("My cases"), "")),
        form=FilterForm(),
        page=page,
        headings=[_("Case"), _("Report"), _("Kind"), _("Referred"), _("How it stands")],
        lines=[_line(case) for case in page],
        links=[],
        empty=_("You have put no case before the panel. Reports that wait are under “Refer”."),
        query="",
    )


@require_safe
def case(request: GatedRequest, reference: str) -> HttpResponse:
    """What was said to the panel, and how the case stands."""
    mine = cases_of(request.standing)
    found = get_object_or_404(_with_standing(mine), reference=reference)
    check_in_use(found.case_file, at=request.now)
    record(
        act=Act.READ_CASE,
        by=request.user,
        at=request.now,
        register=found.register,
        reference=reference,
    )
    return render(
        request,
        "cautionary_plugin/admin/refer/case.html",
        title=_("Case %(reference)s") % {"reference": reference},
        trail=_trail((_("My cases"), reverse("cautionary_refer_cases")), (reference, "")),
        facts=_facts(found),
        waits=found.state == CaseState.WAITING,
    )


@require_http_methods(METHODS)
def withdraw(request: GatedRequest, reference: str) -> HttpResponse:
    """Take a case back before the panel has decided; for those who run its meetings."""
    runs = [each for each in request.standing.over(Power.RUN_MEETINGS) if each]
    seen = PanelCase.objects.filter(not_shut_out(request.user), register__in=runs)
    found = get_object_or_404(seen.select_related("register"), reference=reference)
    form = WithdrawForm(posted(request))
    return ask(
        request,
        form,
        lambda: withdraw_case(case=found, by=request.user, at=request.now, **form.cleaned_data),
        done=lambda _done: reverse("cautionary_worklist"),
        title=_("Withdraw %(reference)s") % {"reference": reference},
        trail=[{"label": _("Withdraw %(reference)s") % {"reference": reference}, "url": ""}],
        back=reverse("cautionary_worklist"),
        button=_("Withdraw the case"),
        warning=_("The panel does not decide on it. The report can be referred again."),
        facts=[(_("Case"), reference), (_("Kind"), CaseKind(found.kind).label)],
    )


def _with_standing(cases: QuerySet[PanelCase]) -> QuerySet[PanelCase]:
    """The cases with what tells how they stand, in two queries more."""
    items = AgendaItem.objects.filter(state__in=ON_AGENDA).select_related("meeting")
    decisions = PanelDecision.objects.order_by("-recorded_at")
    return cases.select_related("case_file", "presenter").prefetch_related(
        Prefetch("items", queryset=items, to_attr="listed"),
        Prefetch("decisions", queryset=decisions, to_attr="decided"),
    )


def _line(case: PanelCase) -> Line:
    cells = [
        case.report.reference if case.report else "",
        CaseKind(case.kind).label,
        day(timezone.localdate(case.referred_at)),
        how_it_stands(case),
    ]
    return Line(reverse("cautionary_refer_case", args=[case.reference]), case.reference, cells)


def how_it_stands(case: Any) -> str:
    """On an agenda, decided and how, or withdrawn."""
    if case.state == CaseState.DECIDED and case.decided:
        decision = case.decided[0]
        outcome = PanelOutcome(decision.outcome).label
        return outcome if decision.carried else _("Not carried: %(outcome)s") % {"outcome": outcome}
    if case.state == CaseState.WAITING and case.listed:
        meets = timezone.localdate(case.listed[0].meeting.starts_at)
        return _("On the agenda of %(day)s") % {"day": day(meets)}
    return CaseState(case.state).label


def _facts(case: PanelCase) -> list[tuple[Any, str]]:
    told = [
        (_("How it stands"), how_it_stands(case)),
        (_("Report"), case.report.reference if case.report else ""),
        (_("Referred"), day(timezone.localdate(case.referred_at))),
        (_("Presented by"), name_of(case.presenter)),
        (_("Level as presented"), Risk(case.risk).label),
        (_("Legal proceedings were intimated"), _("Yes") if case.proceedings else _("No")),
        (_("Statement"), case.statement),
        (_("A letter of expected behaviour before"), case.letter_tried),
        (_("Why it was withdrawn"), case.withdrawn_because),
    ]
    return [(label, text) for label, text in told if text]


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    return crumbs(_("Refer to the panel"), reverse("cautionary_refer"), *further)
