"""Add, change and end partners, their contacts, their agreements, and what they have deleted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.partners import (
    add_contact,
    add_partner,
    change_partner,
    end_agreement,
    end_partner,
    name_site,
    open_agreement,
    record_agreement,
    remove_contact,
)
from cautionary_plugin.actions.sharing.withdrawing import acknowledge_withdrawal
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.models import (
    Partner,
    PartnerContact,
    SharingAgreement,
    WithdrawalNotice,
)
from cautionary_plugin.rules.evidence import handed_out_as

from .forms import AcknowledgedForm, AgreementForm, ContactForm, PartnerForm, SiteForm
from .places import METHODS, UPLOAD, Empty, home, page_of, trail


@require_http_methods(METHODS)
def add(request: GatedRequest) -> HttpResponse:
    """Add an organisation."""
    form = PartnerForm(posted(request))
    return ask(
        request,
        form,
        lambda: add_partner(by=request.user, at=request.now, **form.told()),
        done=page_of,
        title=_("Add a partner"),
        trail=trail(None, _("Add a partner")),
        back=home(),
        button=_("Add it"),
    )


@require_http_methods(METHODS)
def add_site(request: GatedRequest) -> HttpResponse:
    """Name a shared site."""
    form = SiteForm(posted(request))
    return ask(
        request,
        form,
        lambda: name_site(by=request.user, at=request.now, **form.cleaned_data),
        done=lambda made: home(),
        title=_("Name a shared site"),
        trail=trail(None, _("Name a shared site")),
        back=home(),
        button=_("Name it"),
        lead=_(
            "A building that staff of several organisations work in. Tick it on each partner, and "
            "on the entries of people who come there: then the partners are offered."
        ),
    )


@require_http_methods(METHODS)
def change(request: GatedRequest, reference: str) -> HttpResponse:
    """Decide anew whether it comes into contact, and where it works."""
    partner = named(reference)
    form = PartnerForm(posted(request), partner=partner)
    return ask(
        request,
        form,
        lambda: change_partner(
            partner=partner, by=request.user, at=request.now, **_whole(form.told())
        ),
        done=page_of,
        title=_("Change %(name)s") % {"name": partner.name},
        trail=trail(partner, _("Change")),
        back=page_of(partner),
        button=_("Record it"),
        warning=_("A partner without contact is told to delete everything that it was given."),
    )


@require_http_methods(METHODS)
def end(request: GatedRequest, reference: str) -> HttpResponse:
    """End a partnership."""
    partner = named(reference)
    form = Empty(posted(request))
    return ask(
        request,
        form,
        lambda: end_partner(partner=partner, by=request.user, at=request.now),
        done=page_of,
        title=_("End the partnership with %(name)s") % {"name": partner.name},
        trail=trail(partner, _("End the partnership")),
        back=page_of(partner),
        button=_("End it"),
        lead=_("Nothing more is shared, and the partner is told to delete what it was given."),
    )


@require_http_methods(METHODS)
def contact(request: GatedRequest, reference: str) -> HttpResponse:
    """Name somebody at the partner."""
    partner = named(reference)
    form = ContactForm(posted(request))
    return ask(
        request,
        form,
        lambda: add_contact(partner=partner, by=request.user, at=request.now, **form.cleaned_data),
        done=lambda made: page_of(partner),
        title=_("Add a contact"),
        trail=trail(partner, _("Add a contact")),
        back=page_of(partner),
        button=_("Add the contact"),
    )


@require_http_methods(METHODS)
def contact_remove(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Forget somebody who has left."""
    found = get_object_or_404(PartnerContact.objects.select_related("partner"), pk=pk)
    partner = found.partner
    return ask(
        request,
        Empty(posted(request)),
        lambda: remove_contact(contact=found, by=request.user, at=request.now) or partner,
        done=page_of,
        title=_("Remove a contact"),
        trail=trail(partner, _("Remove a contact")),
        back=page_of(partner),
        button=_("Remove"),
        facts=[(_("Name"), found.name), (_("E-mail address"), found.email)],
        lead=_("The contact is forgotten, with their certificates."),
    )


@require_http_methods(METHODS)
def agreement(request: GatedRequest, reference: str) -> HttpResponse:
    """Record a signed agreement."""
    partner = named(reference)
    form = AgreementForm(posted(request), request.FILES or None)
    return ask(
        request,
        form,
        lambda: record_agreement(partner=partner, by=request.user, at=request.now, **form.told()),
        done=lambda made: page_of(partner),
        title=_("Record the agreement with %(name)s") % {"name": partner.name},
        trail=trail(partner, _("Record an agreement")),
        back=page_of(partner),
        button=_("Record it"),
        template=UPLOAD,
    )


@require_http_methods(METHODS)
def agreement_end(request: GatedRequest, pk: UUID) -> HttpResponse:
    """End an agreement before its day."""
    found = get_object_or_404(SharingAgreement.objects.select_related("partner"), pk=pk)
    partner = found.partner
    return ask(
        request,
        Empty(posted(request)),
        lambda: end_agreement(agreement=found, by=request.user, at=request.now),
        done=lambda made: page_of(partner),
        title=_("End the agreement"),
        trail=trail(partner, _("End the agreement")),
        back=page_of(partner),
        button=_("End it"),
        lead=_("Until there is another, nothing is shared with this partner."),
    )


@require_GET
def agreement_file(request: GatedRequest, pk: UUID) -> HttpResponseBase:
    """The signed document, as a download that no browser runs."""
    found = get_object_or_404(SharingAgreement.objects.select_related("partner"), pk=pk)
    name = handed_out_as(found.partner.reference, 1, found.kind)
    return StreamingHttpResponse(
        open_agreement(agreement=found, by=request.user, at=request.now),
        content_type=found.kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(found.size),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@require_http_methods(METHODS)
def withdrawal_done(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Record that the partner has deleted an entry."""
    found = get_object_or_404(WithdrawalNotice.objects.select_related("partner"), pk=pk)
    form = AcknowledgedForm(posted(request))
    return ask(
        request,
        form,
        lambda: acknowledge_withdrawal(
            notice=found, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda made: page_of(found.partner),
        title=_("%(reference)s is deleted") % {"reference": found.reference},
        trail=trail(found.partner, found.reference),
        back=page_of(found.partner),
        button=_("Record it"),
    )


def named(reference: str) -> Partner:
    """The partner that the URL names."""
    found: Partner = get_object_or_404(Partner, reference=reference)
    return found


def _whole(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("has_contact", "basis", "sites")}


def entry_page(reference: str) -> str:
    """The page of an entry on the register."""
    return reverse("cautionary_register_modeladmin_inspect", args=[reference])
