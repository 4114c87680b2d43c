"""What the panel refers to the director's register, and the director's answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.panel_facts import Told, filled, motion_facts
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.panel.referrals import open_referral, take_up, turn_down
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import FilterForm, Line
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import PER_PAGE, crumbs, registers_under
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import DirectorReferral
from cautionary_plugin.rules.posts import Power

from .forms import TurnDownForm

FOLDER = "cautionary_plugin/admin/urgent"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
def referrals(request: GatedRequest) -> HttpResponse:
    """What the panel referred, the unanswered first; by reference only."""
    rows = _mine(request).order_by(F("answered_at").desc(nulls_first=True), "raised_at")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "cautionary_plugin/admin/index.html",
        title=_("Referred by the panel"),
        trail=crumbs(_("Referred by the panel"), ""),
        form=FilterForm(),
        page=page,
        headings=[_("Case"), _("Referred"), _("Answer"), _("Register")],
        lines=[_line(each) for each in page],
        links=[],
        empty=_("The panel has referred nothing. You get an e-mail when it does."),
        query="",
    )


@require_safe
def referral(request: GatedRequest, pk: UUID) -> HttpResponse:
    """What the panel found, and the two answers; that it was opened is recorded."""
    found = _opened(request, pk)
    return render(
        request,
        f"{FOLDER}/referral.html",
        title=_title(found),
        trail=_trail(found),
        facts=_facts(found),
        buttons=_buttons(found),
        waits=found.answered_at is None,
    )


@require_http_methods(METHODS)
def take(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Take the report up: it goes the director's own way, from the countersignature on."""
    found = _opened(request, pk)
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: take_up(referral=found, by=request.user, at=request.now),
        done=lambda _done: _page_of(found),
        title=_("Take up %(reference)s") % {"reference": found.decision.case.reference},
        trail=_trail(found, _("Take it up")),
        back=_page_of(found),
        button=_("Take it up"),
        lead=_(
            "The report goes the way of your own register, which begins with a countersignature. "
            "Nothing is added to it by this."
        ),
    )


@require_http_methods(METHODS)
def decline(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Turn the referral down, with reasons."""
    found = _opened(request, pk)
    form = TurnDownForm(posted(request))
    return ask(
        request,
        form,
        lambda: turn_down(referral=found, by=request.user, at=request.now, **form.cleaned_data),
        done=lambda _done: _page_of(found),
        title=_("Turn down %(reference)s") % {"reference": found.decision.case.reference},
        trail=_trail(found, _("Turn it down")),
        back=_page_of(found),
        button=_("Turn it down"),
        warning=_("The panel's entry stays as it is. The answer is not changed afterwards."),
    )


def _mine(request: GatedRequest) -> Any:
    related = "decision__case", "decision__motion", "decision__entry", "register", "case_file"
    mine = registers_under(request, Power.DECIDE)
    known = not_shut_out(request.user, case="decision__case")
    return DirectorReferral.objects.filter(known, register__in=mine).select_related(*related)


def _opened(request: GatedRequest, pk: UUID) -> DirectorReferral:
    found: DirectorReferral = get_object_or_404(_mine(request), pk=pk)
    open_referral(referral=found, by=request.user, at=request.now)
    return found


def _facts(found: DirectorReferral) -> Told:
    decision = found.decision
    report = decision.case.report
    return filled(
        [
            (_("Report"), report.reference if report else ""),
            (_("Entry on the schedule"), decision.entry.reference if decision.entry else ""),
            (_("Decided by the panel"), instant(decision.recorded_at)),
            *motion_facts(decision.motion),
            (_("Answer"), _answer(found) if found.answered_at else ""),
            (_("Answered by"), name_of(found.answered_by)),
            (_("Reasons of the answer"), found.reasons),
        ]
    )


def _answer(found: DirectorReferral) -> str:
    if found.answered_at is None:
        return _("Not yet answered")
    return _("Taken up") if found.taken else _("Turned down")


def _buttons(found: DirectorReferral) -> list[dict[str, Any]]:
    if found.answered_at is not None:
        return []
    ways = [("cautionary_referral_take", _("Take it up"))]
    ways.append(("cautionary_referral_decline", _("Turn it down")))
    return [{"url": reverse(name, args=[found.pk]), "label": label} for name, label in ways]


def _line(found: DirectorReferral) -> Line:
    raised = day(timezone.localdate(found.raised_at))
    cells = [raised, _answer(found), found.register.name]
    return Line(_page_of(found), found.decision.case.reference, cells)


def _title(found: DirectorReferral) -> str:
    return _("Referred by the panel: %(reference)s") % {"reference": found.decision.case.reference}


def _page_of(found: DirectorReferral) -> str:
    return reverse("cautionary_referral", args=[found.pk])


def _trail(found: DirectorReferral, *further: Any) -> Any:
    desk = _("Referred by the panel"), reverse("cautionary_referrals")
    page = _page_of(found) if further else ""
    last = [(label, "") for label in further]
    return crumbs(*desk, (found.decision.case.reference, page), *last)
