"""Declare a conflict of interest, and decide on it (B9–B11)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.panel.conflicts import (
    check_may_pass_on,
    conflicts_to_decide,
    decide_conflict,
    declare_conflict,
    earlier_declarations,
    open_conflict,
    pass_on,
)
from cautionary_plugin.actions.panel.invitations import SEATS, appointed
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import ConflictDeclaration, PanelCase
from cautionary_plugin.rules.posts import Power

from .finding import case_named, panels, trail
from .forms import DecideConflictForm, DeclareForm

METHODS = ["GET", "HEAD", "POST"]
DECIDES = (Power.DECIDE_CONFLICTS, Power.DECIDE_CONFLICTS_FOR_CHAIR)


@require_http_methods(METHODS)
def declare(request: GatedRequest, reference: str) -> HttpResponse:
    """A member declares; or whoever runs the meetings does, on what they were told."""
    case = case_named(request, reference, Power.RUN_MEETINGS, Power.SIT_ON_PANEL)
    people = {str(person.pk): person for person in _whose(case, request)}
    form = DeclareForm(posted(request), people=list(people.values()))

    def act() -> ConflictDeclaration:
        typed = form.cleaned_data
        member = people[typed["member"]] if "member" in typed else next(iter(people.values()))
        return declare_conflict(
            case=case, member=member, reasons=typed["reasons"], by=request.user, at=request.now
        )

    def done(_made: ConflictDeclaration) -> str:
        told = _("The conflict of interest in %(reference)s is declared, and waits to be decided.")
        messages.success(request, told % {"reference": reference})
        return reverse("cautionary_panel")

    return ask(
        request,
        form,
        act,
        done=done,
        title=_("Declare a conflict of interest"),
        trail=trail((reference, ""), (_("Declare a conflict of interest"), "")),
        back=reverse("cautionary_panel"),
        button=_("Declare it"),
        warning=_(
            "From now on everything of this case is closed to the member, and a vote that they "
            "have cast is not counted, until the chair or the Monitoring Officer has decided. A "
            "declaration is not taken back."
        ),
        lead=_("In the case %(reference)s.") % {"reference": reference},
    )


@require_safe
def waiting(request: GatedRequest) -> HttpResponse:
    """The declarations that the person is to decide on."""
    found = conflicts_to_decide(panels(request, *DECIDES), by=request.user, at=request.now)
    return render(
        request,
        "cautionary_plugin/admin/panel/conflicts.html",
        title=_("Conflicts of interest to decide"),
        trail=trail((_("Conflicts of interest"), "")),
        rows=[
            (
                reverse("cautionary_conflict_decide", args=[each.pk]),
                each.case.reference,
                name_of(each.user),
                instant(each.declared_at),
            )
            for each in found
        ],
    )


@require_http_methods(METHODS)
def decide(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Decide whether a member may take part."""
    conflict = _named(request, pk, *DECIDES)
    open_conflict(conflict=conflict, by=request.user, at=request.now)
    form = DecideConflictForm(posted(request))
    named = {"reference": conflict.case.reference}

    def done(_decided: ConflictDeclaration) -> str:
        told = _("The conflict of interest in %(reference)s is decided. The member is told.")
        messages.success(request, told % named)
        return reverse("cautionary_conflicts")

    return ask(
        request,
        form,
        lambda: decide_conflict(
            conflict=conflict,
            excluded=form.cleaned_data["excluded"] == "yes",
            reasons=form.cleaned_data["reasons"],
            by=request.user,
            at=request.now,
        ),
        done=done,
        title=_("Conflict of interest in %(reference)s") % named,
        trail=_trail(conflict),
        back=reverse("cautionary_conflicts"),
        button=_("Record the decision"),
        warning=_("It is decided once. What comes up later is a new declaration."),
        facts=_facts(conflict),
        template="cautionary_plugin/admin/panel/decide_conflict.html",
        pass_on=_pass_on(conflict, request),
    )


@require_http_methods(METHODS)
def leave_it(request: GatedRequest, pk: UUID) -> HttpResponse:
    """The chair is absent, and leaves it to the Monitoring Officer; asked first."""
    conflict = _named(request, pk, Power.RUN_MEETINGS)
    check_may_pass_on(conflict, by=request.user, at=request.now)
    reference = conflict.case.reference

    def done(_left: ConflictDeclaration) -> str:
        told = _("The conflict of interest in %(reference)s is left to the Monitoring Officer.")
        messages.success(request, told % {"reference": reference})
        return reverse("cautionary_panel")

    return ask(
        request,
        forms.Form(posted(request)),
        lambda: pass_on(conflict=conflict, by=request.user, at=request.now),
        done=done,
        title=_("Leave it to the Monitoring Officer"),
        trail=_trail(conflict),
        back=reverse("cautionary_panel"),
        button=_("Leave it to the Monitoring Officer"),
        lead=_(
            "The Monitoring Officer is told by e-mail and decides in place of the chair. It is not "
            "taken back. Until then the member stays excluded from the case."
        ),
        facts=[
            (_("Member"), name_of(conflict.user)),
            (_("Case"), reference),
            (_("Declared"), instant(conflict.declared_at)),
        ],
    )


def _named(request: GatedRequest, pk: UUID, *powers: Power) -> ConflictDeclaration:
    mine = ConflictDeclaration.objects.filter(case__register__in=panels(request, *powers))
    related = "case__register", "case_file", "user", "declared_by"
    return get_object_or_404(mine.select_related(*related), pk=pk)


def _whose(case: PanelCase, request: GatedRequest) -> list[Any]:
    """Whose conflict it may be: for members their own, else anybody's who may sit."""
    if Power.RUN_MEETINGS not in request.standing.powers(case.register):
        return [request.user]
    day = timezone.localdate(request.now)
    seated = [
        each
        for as_deputy in (False, True)
        for each in appointed(case.register, day, kinds=SEATS, as_deputy=as_deputy)
    ]
    return list({each.user_id: each.user for each in seated}.values())


def _facts(conflict: ConflictDeclaration) -> list[tuple[Any, str]]:
    by = name_of(conflict.declared_by) or _("the report itself")
    told = [
        (_("Member"), name_of(conflict.user)),
        (_("Case"), conflict.case.reference),
        (_("Declared by"), by),
        (_("Declared"), instant(conflict.declared_at)),
        (_("What the conflict is"), conflict.reasons),
    ]
    for each in earlier_declarations(conflict):
        told += [
            (_("An earlier declaration"), each.reasons),
            (_("Decided so that they may take part"), each.decision),
        ]
    return [(label, text) for label, text in told if text]


def _pass_on(conflict: ConflictDeclaration, request: GatedRequest) -> str:
    powers = request.standing.powers(conflict.case.register)
    if Power.DECIDE_CONFLICTS not in powers or conflict.passed_on_at is not None:
        return ""
    return reverse("cautionary_conflict_pass_on", args=[conflict.pk])


def _trail(conflict: ConflictDeclaration) -> list[dict[str, Any]]:
    steps = (_("Conflicts of interest"), reverse("cautionary_conflicts"))
    return trail(steps, (conflict.case.reference, ""))
