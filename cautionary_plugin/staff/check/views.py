"""Check before you go, and the entry page."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.entries import acknowledge_entry, view_entry
from cautionary_plugin.conf import conf
from cautionary_plugin.forms.check import CheckForm
from cautionary_plugin.rules.vocabulary import Outcome, Purpose
from cautionary_plugin.staff.cards import card

from .forms import PurposeForm
from .sheet import EntrySheet

# Kept in the session: a code of the closed list, nothing about anybody.
PURPOSE_KEY = "cautionary_purpose"

STATUS = {Outcome.FOUND: 200, Outcome.NONE_RECORDED: 200, Outcome.FAILED: 503}


@require_http_methods(["GET", "POST"])
def check(request: GatedRequest) -> HttpResponse:
    """One box; the answer comes on the same page, so that nothing typed is in a URL."""
    if request.method == "GET" or "begin" in request.POST:
        return _begin(request)
    form = CheckForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "answer": None}
        return render(request, "cautionary_plugin/staff/check/check.html", context, status=400)
    purpose = Purpose(form.cleaned_data["purpose"])
    request.session[PURPOSE_KEY] = purpose.value
    answer = check_register(
        question=form.question(), purpose=purpose, by=request.user, at=request.now
    )
    return render(
        request,
        "cautionary_plugin/staff/check/check.html",
        {
            "form": form,
            "answer": answer,
            "answer_template": f"cautionary_plugin/staff/check/{answer.outcome}.html",
            "strong": [card(each) for each in answer.findings if each.match.strength == "strong"],
            "possible": [card(each) for each in answer.findings if each.match.strength != "strong"],
            "phone": conf.DUTY_PHONE,
        },
        status=STATUS[answer.outcome],
    )


def _begin(request: GatedRequest) -> HttpResponse:
    """The empty box, or one with what a list has asked of a visit, to be completed and sent."""
    typed = {name: request.POST[name] for name in ("anything", "purpose") if name in request.POST}
    form = CheckForm(initial={"purpose": request.session.get(PURPOSE_KEY), **typed})
    context = {"form": form, "answer": None}
    return render(request, "cautionary_plugin/staff/check/check.html", context)


@require_http_methods(["GET", "POST"])
def entry(request: GatedRequest, reference: str) -> HttpResponse:
    """One entry by its public reference; asks for a purpose first if none was given yet."""
    if request.method == "POST":
        return _take_purpose(request, reference)
    purpose = request.session.get(PURPOSE_KEY)
    if purpose not in list(Purpose):
        return _ask_purpose(request, PurposeForm(), reference)
    found, view = view_entry(
        reference=reference, purpose=Purpose(purpose), by=request.user, at=request.now
    )
    sheet = EntrySheet.of(found, view, reader=request.user, at=request.now)
    return render(request, "cautionary_plugin/staff/check/entry.html", {"sheet": sheet})


@require_http_methods(["POST"])
def acknowledge(request: GatedRequest, reference: str) -> HttpResponse:
    """I have read this and will follow it (L12)."""
    acknowledge_entry(reference=reference, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary:entry", args=[reference]))


def _take_purpose(request: GatedRequest, reference: str) -> HttpResponse:
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _ask_purpose(request, form, reference)
    request.session[PURPOSE_KEY] = form.cleaned_data["purpose"]
    return HttpResponseRedirect(reverse("cautionary:entry", args=[reference]))


def _ask_purpose(request: GatedRequest, form: PurposeForm, reference: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "reference": reference}
    status = 400 if form.is_bound else 200
    return render(request, "cautionary_plugin/staff/check/purpose.html", context, status=status)
