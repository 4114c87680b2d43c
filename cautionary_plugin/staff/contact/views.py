"""My customers: who they are, how they reach me, and to hand one over to another officer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.contact.arranging import delegate
from cautionary_plugin.actions.contact.reading import (
    Customer,
    customers_of,
    is_diverted,
    open_customer,
)
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Entry, SinglePointOfContact
from cautionary_plugin.rules.errors import NotYours

from .forms import DelegateForm

FOLDER = "cautionary_plugin/staff/contact"
MOST = 100


@dataclass(frozen=True, repr=False)
class Fact:
    """One fact of a customer's page; no ``repr``: templates log what they are given."""

    label: Any
    text: str


@require_safe
def customers(request: GatedRequest) -> HttpResponse:
    """The customers whose single point of contact I am; by reference only."""
    lines = [
        {"key": each.pk, "reference": each.case.reference, "since": _day(each.starts_on)}
        for each in customers_of(request.user)[:MOST]
    ]
    return render(request, f"{FOLDER}/list.html", {"lines": lines})


@require_safe
def customer(request: GatedRequest, pk: UUID) -> HttpResponse:
    """One customer: that it was opened is recorded."""
    found = _mine(request, pk)
    known = open_customer(arrangement=found, by=request.user, at=request.now)
    context = {
        "found": found,
        "facts": [each for each in _facts(found, known) if each.text],
        "entry_url": _entry_url(request, found),
        "may_delegate": found.officer_id == request.user.pk,
    }
    return render(request, f"{FOLDER}/customer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Delegate to another officer; what was typed is read over before it counts."""
    found = _mine(request, pk)
    if found.officer_id != request.user.pk:
        raise NotYours("Only the officer who was named may delegate.")
    form = DelegateForm(request.POST if request.method == "POST" else None)
    reads_over = request.method == "POST" and "send" not in request.POST
    edits = "edit" in request.POST
    if request.method == "POST" and not reads_over and not edits:
        done = submit(
            form,
            lambda: delegate(
                arrangement=found, by=request.user, at=request.now, **form.cleaned_data
            ),
        )
        if done:
            return redirect("cautionary:my_customers")
    read_over = reads_over and not edits and form.is_valid()
    context = {"found": found, "form": form, "read_over": read_over, "told": _told(form, read_over)}
    return render(
        request,
        f"{FOLDER}/delegate.html",
        context,
        status=400 if form.errors and not edits else 200,
    )


def _mine(request: GatedRequest, pk: UUID) -> SinglePointOfContact:
    return get_object_or_404(customers_of(request.user), pk=pk)


def _facts(found: SinglePointOfContact, known: Customer) -> list[Fact]:
    diverted = _("The customer’s e-mail comes to this address.") if is_diverted(found) else ""
    return [
        Fact(_("Name"), known.name),
        Fact(_("Address"), "\n".join(known.addresses)),
        Fact(_("Telephone"), "\n".join(known.phones)),
        Fact(_("E-mail"), "\n".join(known.emails)),
        Fact(_("Why there is a single point of contact"), found.reasons),
        Fact(_("What the customer was told"), found.contact),
        Fact(_("Your e-mail address for this"), found.email),
        Fact(_("E-mail divert"), diverted),
        Fact(_("Officer"), name_of(found.officer)),
        Fact(_("Delegated to"), name_of(found.delegate)),
        Fact(_("Since"), _day(found.starts_on)),
    ]


def _entry_url(request: GatedRequest, found: SinglePointOfContact) -> str:
    """Where how to stay safe is told, for whoever reads that register."""
    entry = found.entry
    if entry is None or not request.standing.may_read(entry.register):
        return ""
    live = Entry.objects.live_at(request.now).filter(pk=entry.pk).exists()
    return reverse("cautionary:entry", args=[entry.reference]) if live else ""


def _told(form: DelegateForm, read_over: bool) -> list[Fact]:
    if not read_over:
        return []
    typed = form.cleaned_data
    return [
        Fact(_("Officer"), name_of(typed["to"])),
        Fact(_("Contact details"), typed["contact"]),
        Fact(_("E-mail address"), typed["email"]),
    ]


def _day(day: Any) -> str:
    return date_format(day, "j F Y")
