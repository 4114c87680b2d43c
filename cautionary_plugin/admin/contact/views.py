"""Change or end a single point of contact."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.contact.arranging import (
    check_in_force,
    end_arrangement,
    replace_arrangement,
)
from cautionary_plugin.actions.contact.diverts import prepare_divert
from cautionary_plugin.actions.contact.reading import open_arrangement
from cautionary_plugin.actions.contact.suggesting import suggested_for
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.models import SinglePointOfContact
from cautionary_plugin.rules.posts import Power

from .forms import DivertForm, ReasonsForm, SpocForm

LIST = "cautionary_contacts_modeladmin"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def replace(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Another officer, or other details; the customer is written to."""
    arrangement = kept(request, pk)
    if request.method != "POST":
        open_arrangement(arrangement=arrangement, by=request.user, at=request.now)
    suggested = suggested_for(arrangement.case)
    initial = {
        "officer": arrangement.officer.get_username() if arrangement.officer else "",
        "contact": arrangement.contact,
        "email": arrangement.email,
        "allocation": arrangement.allocation,
        "override": arrangement.override,
    }
    form = SpocForm(posted(request), initial=initial, suggested=suggested)
    return ask(
        request,
        form,
        lambda: replace_arrangement(
            arrangement=arrangement, terms=form.terms(), by=request.user, at=request.now
        ),
        done=page_of,
        title=_("Change the single point of contact"),
        trail=trail(arrangement, _("Change it")),
        back=page_of(arrangement),
        button=_("Change it"),
        lead=_(
            "The customer is owed a letter with the new details. A divert to the old address is to "
            "be switched off; prepare another one where it is needed."
        ),
        warning=_("From now on this officer is the customer's single point of contact."),
    )


@require_http_methods(METHODS)
def end(request: GatedRequest, pk: UUID) -> HttpResponse:
    """End an arrangement, with reasons."""
    arrangement = kept(request, pk)
    form = ReasonsForm(posted(request))
    return ask(
        request,
        form,
        lambda: end_arrangement(
            arrangement=arrangement, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=page_of,
        title=_("End the single point of contact"),
        trail=trail(arrangement, _("End it")),
        back=page_of(arrangement),
        button=_("End it"),
        warning=_(
            "The customer deals with the council as everybody does. A divert is to be switched off."
        ),
    )


@require_http_methods(METHODS)
def prepare(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Prepare a divert of the customer's e-mail."""
    arrangement = kept(request, pk)
    form = DivertForm(posted(request))
    return ask(
        request,
        form,
        lambda: prepare_divert(
            arrangement=arrangement, by=request.user, at=request.now, **form.told()
        ),
        done=lambda made: reverse("cautionary_divert", args=[made.reference]),
        title=_("Prepare an e-mail divert"),
        trail=trail(arrangement, _("Prepare an e-mail divert")),
        back=page_of(arrangement),
        button=_("Prepare it"),
        lead=_("It goes to %(email)s, and to no other address.") % {"email": arrangement.email},
    )


def kept(request: GatedRequest, pk: UUID) -> SinglePointOfContact:
    """An arrangement that the person keeps and is not shut out of.

    :raises AlreadyDone: it stands no more.
    """
    registers = request.standing.over(Power.KEEP_SCHEDULE) - {None}
    found = SinglePointOfContact.objects.filter(
        not_shut_out(request.user, case="case"), register__in=registers
    )
    related = "case", "entry", "register", "case_file", "officer"
    arrangement: SinglePointOfContact = get_object_or_404(found.select_related(*related), pk=pk)
    check_in_force(arrangement)
    return arrangement


def page_of(arrangement: SinglePointOfContact) -> str:
    """The address of an arrangement's page."""
    return reverse(f"{LIST}_inspect", args=[arrangement.pk])


def trail(arrangement: SinglePointOfContact, *further: Any) -> list[dict[str, Any]]:
    """Breadcrumbs from the list to what is done."""
    steps = [
        (_("Points of contact"), reverse(f"{LIST}_index")),
        (arrangement.case.reference, page_of(arrangement)),
        *((label, "") for label in further),
    ]
    return [{"label": label, "url": url} for label, url in steps]
