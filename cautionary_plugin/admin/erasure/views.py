"""Place a legal hold, and lift it (L13)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.holds import (
    check_hold_may_be_placed,
    check_may_hold,
    find_file_to_hold,
    lift_hold,
    place_hold,
)
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.forms.readback import Step, carried, read_back, step_of
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import LegalHold

from .forms import HoldForm

FOLDER = "cautionary_plugin/admin/erasure"
INDEX = "cautionary_holds_modeladmin_index"
INSPECT = "cautionary_holds_modeladmin_inspect"


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: GatedRequest) -> HttpResponse:
    """The form; what was typed is read back before it counts."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    step = step_of(request.POST)
    if request.method == "POST" and step is Step.RECORD and (hold := _place(request, form)):
        messages.success(request, _("The file %s is held.") % hold.case_file.reference)
        return HttpResponseRedirect(reverse(INSPECT, args=[hold.pk]))
    if request.method == "POST" and step is Step.READ_BACK and _could_place(request, form):
        told = {"told": read_back(form), "carried": carried(form)}
        return _page(request, "read_back", form, told)
    return _page(request, "place", form, {})


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: GatedRequest, pk: Any) -> HttpResponse:
    """Ask once more, then lift."""
    hold = get_object_or_404(LegalHold.objects.select_related("case_file"), pk=pk)
    check_may_hold(hold.case_file, request.user, request.now)
    if request.method == "POST" and step_of(request.POST) is Step.RECORD:
        lift_hold(hold=hold, by=request.user, at=request.now)
        messages.success(request, _("The hold on %s is lifted.") % hold.case_file.reference)
        return HttpResponseRedirect(reverse(INDEX))
    title = _("Lift the hold on %s") % hold.case_file.reference
    return render(
        request,
        f"{FOLDER}/lift.html",
        title=title,
        trail=_trail(title),
        back=reverse(INSPECT, args=[hold.pk]),
    )


def _place(request: GatedRequest, form: HoldForm) -> LegalHold | None:
    def act() -> LegalHold:
        told = form.cleaned_data
        return place_hold(
            case_file=find_file_to_hold(told["reference"], by=request.user, at=request.now),
            reason=told["reason"],
            ends_on=told["ends_on"],
            by=request.user,
            at=request.now,
        )

    hold: LegalHold | None = submit(form, act)
    return hold


def _could_place(request: GatedRequest, form: HoldForm) -> bool:
    def act() -> bool:
        told = form.cleaned_data
        check_hold_may_be_placed(
            case_file=find_file_to_hold(told["reference"], by=request.user, at=request.now),
            reason=told["reason"],
            ends_on=told["ends_on"],
            by=request.user,
            at=request.now,
        )
        return True

    return bool(submit(form, act))


def _page(request: GatedRequest, name: str, form: HoldForm, told: dict[str, Any]) -> HttpResponse:
    return render(
        request,
        f"{FOLDER}/{name}.html",
        title=_("Place a legal hold"),
        trail=_trail(_("Place a legal hold")),
        form=form,
        **told,
        status=400 if form.errors else 200,
    )


def _trail(last: str) -> list[dict[str, Any]]:
    return [{"url": reverse(INDEX), "label": _("Legal holds")}, {"url": "", "label": last}]
