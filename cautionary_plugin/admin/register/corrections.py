"""Dispute, correct and withdraw an entry, from the register's page (L3)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.corrections import (
    correct_entry,
    dispute_accuracy,
    settle_dispute,
    value_of,
    withdraw_entry,
)
from cautionary_plugin.actions.entries import open_for_review
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.forms.readback import Step, carried, read_back, step_of
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.corrections import Correctable, correctable, in_words
from cautionary_plugin.rules.posts import Power

from .forms import CorrectionForm, ReasonsForm

FOLDER = "cautionary_plugin/admin/register"


@require_POST
def dispute(request: GatedRequest, reference: str) -> HttpResponse:
    """From now staff see that the accuracy of the entry is disputed."""
    dispute_accuracy(entry=_named(reference), by=request.user, at=request.now)
    return HttpResponseRedirect(_url(reference))


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: GatedRequest, reference: str) -> HttpResponse:
    """Say why the dispute is over."""
    entry = _opened(request, reference)
    form = ReasonsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submit(
        form,
        lambda: settle_dispute(entry=entry, by=request.user, at=request.now, **form.cleaned_data),
    ):
        return HttpResponseRedirect(_url(reference))
    return _page(request, "settle", reference, _("Settle the dispute"), form=form)


@require_safe
def choose(request: GatedRequest, reference: str) -> HttpResponse:
    """Which fact is to be put right, and what was put right before."""
    entry = _opened(request, reference)
    facts = [
        (fact.label, in_words(fact, value_of(entry, fact)), _correct_url(reference, fact))
        for fact in correctable(entry.case_file.kind, route=entry.register.route)
    ]
    before = [
        (each, Correctable(each.fact).label)
        for each in entry.corrections.all()
        if each.fact in list(Correctable)
    ]
    return _page(request, "corrections", reference, _("Correct a fact"), facts=facts, before=before)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: GatedRequest, reference: str, fact: str) -> HttpResponse:
    """Put one fact right."""
    entry = _opened(request, reference)
    if fact not in correctable(entry.case_file.kind, route=entry.register.route):
        raise Http404
    wanted = Correctable(fact)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        fact=wanted,
        now=value_of(entry, wanted),
    )
    if request.method == "POST" and submit(
        form,
        lambda: correct_entry(
            entry=entry, fact=wanted, by=request.user, at=request.now, **form.cleaned_data
        ),
    ):
        return HttpResponseRedirect(reverse("cautionary_corrections", args=[reference]))
    return _page(request, "correct", reference, wanted.label, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: GatedRequest, reference: str) -> HttpResponse:
    """End an entry that was made in error; the reasons are read back first."""
    entry = _opened(request, reference)
    posted, step = request.method == "POST", step_of(request.POST)
    form = ReasonsForm(request.POST if posted else None)
    if (
        posted
        and step is Step.RECORD
        and submit(
            form,
            lambda: withdraw_entry(
                entry=entry, by=request.user, at=request.now, **form.cleaned_data
            ),
        )
    ):
        messages.success(request, _("%(reference)s is withdrawn.") % {"reference": reference})
        return HttpResponseRedirect(reverse("cautionary_register_modeladmin_index"))
    title = _("Withdraw the entry")
    if posted and step is Step.READ_BACK and form.is_valid():
        told = {"told": read_back(form), "carried": carried(form)}
        return _page(request, "withdraw_read_back", reference, title, form=form, **told)
    return _page(request, "withdraw", reference, title, form=form)


def _named(reference: str) -> Entry:
    related = "register", "case_file__person", "case_file__premises"
    return get_object_or_404(Entry.objects.select_related(*related), reference=reference)


def _opened(request: GatedRequest, reference: str) -> Entry:
    """An entry that the person decides on and still counts, recorded as opened."""
    entry = _named(reference)
    request.standing.check_may_handle(Power.DECIDE, entry.register)
    if entry.ended_at or entry.expires_at <= request.now:
        raise Http404
    open_for_review(entry=entry, by=request.user, at=request.now)
    return entry


def _url(reference: str) -> str:
    return reverse("cautionary_register_modeladmin_inspect", args=[reference])


def _correct_url(reference: str, fact: Correctable) -> str:
    return reverse("cautionary_correct", args=[reference, fact.value])


def _page(
    request: GatedRequest, name: str, reference: str, title: str, **context: Any
) -> HttpResponse:
    trail = [
        {"url": reverse("cautionary_register_modeladmin_index"), "label": _("Cautionary register")},
        {"url": _url(reference), "label": reference},
        {"url": "", "label": title},
    ]
    form = context.get("form")
    return render(
        request,
        f"{FOLDER}/{name}.html",
        title=f"{reference}: {title}",
        trail=trail,
        back=_url(reference),
        **context,
        status=400 if form is not None and form.errors else 200,
    )
