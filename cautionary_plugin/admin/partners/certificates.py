"""Certificates of contacts, authorities that count here, and their revocation lists (A46)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.partners import (
    approve_authority,
    approve_certificate,
    revoke_certificate,
    take_revocation_list,
    upload_authority,
    upload_certificate,
    withdraw_authority,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import (
    PartnerCertificate,
    PartnerContact,
    RevocationList,
    TrustedAuthority,
)
from cautionary_plugin.rules.posts import Power

from .forms import ComparedForm, FileForm
from .places import METHODS, UPLOAD, Empty, page_of, trail
from .told import in_groups

CERTIFICATE = "The certificate that ends in .cer, .crt or .pem: never a file with a key or password"


@require_http_methods(METHODS)
def upload(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Upload a contact's certificate."""
    contact = get_object_or_404(PartnerContact.objects.select_related("partner"), pk=pk)
    partner = contact.partner
    form = FileForm(posted(request), request.FILES or None, help_text=_(CERTIFICATE))
    return ask(
        request,
        form,
        lambda: upload_certificate(
            contact=contact, content=form.content, by=request.user, at=request.now
        ),
        done=lambda made: page_of(partner),
        title=_("Upload the certificate of %(name)s") % {"name": contact.name},
        trail=trail(partner, _("Upload a certificate")),
        back=page_of(partner),
        button=_("Upload it"),
        lead=_("It counts once a second person has compared its fingerprint with the partner."),
        template=UPLOAD,
    )


@require_http_methods(METHODS)
def approve(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Approve a certificate, having compared its fingerprint."""
    found = _certificate(pk)
    partner = found.contact.partner
    form = ComparedForm(posted(request))
    return ask(
        request,
        form,
        lambda: approve_certificate(
            certificate=found, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda made: page_of(partner),
        title=_("Approve a certificate"),
        trail=trail(partner, _("Approve a certificate")),
        back=page_of(partner),
        button=_("Approve it"),
        facts=_facts(found),
        told=lambda: _facts(found),
        warning=_("What is shared with this partner is encrypted to this certificate from now on."),
    )


@require_http_methods(METHODS)
def revoke(request: GatedRequest, pk: UUID) -> HttpResponse:
    """Revoke a certificate."""
    found = _certificate(pk)
    partner = found.contact.partner
    return ask(
        request,
        Empty(posted(request)),
        lambda: revoke_certificate(certificate=found, by=request.user, at=request.now),
        done=lambda made: page_of(partner),
        title=_("Revoke a certificate"),
        trail=trail(partner, _("Revoke a certificate")),
        back=page_of(partner),
        button=_("Revoke it"),
        facts=_facts(found),
        lead=_("Nothing is encrypted to it from now on; what waits to be sent is stopped."),
    )


@require_safe
def authorities(request: GatedRequest) -> HttpResponse:
    """The authorities whose certificates count here."""
    powers = request.standing.powers()
    title = _("Trusted authorities")
    return render(
        request,
        "cautionary_plugin/admin/partners/authorities.html",
        title=title,
        trail=trail(None, title),
        authorities=[
            _line(each, request)
            for each in TrustedAuthority.objects.select_related("uploaded_by", "approved_by")
        ],
        lists=[
            (instant(each.issued_at), len(each.serials), each.is_older_than(request.now))
            for each in RevocationList.objects.all()[:20]
        ],
        keeps=Power.KEEP_PARTNERS in powers,
    )


@require_http_methods(METHODS)
def authority_upload(request: GatedRequest) -> HttpResponse:
    """Propose an authority."""
    form = FileForm(posted(request), request.FILES or None, help_text=_(CERTIFICATE))
    return ask(
        request,
        form,
        lambda: upload_authority(content=form.content, by=request.user, at=request.now),
        done=_listed,
        title=_("Add an authority"),
        trail=_trail(_("Add an authority")),
        back=reverse("cautionary_authorities"),
        button=_("Upload it"),
        lead=_("Certificates that it signs count once a second person has approved it."),
        template=UPLOAD,
    )


@require_http_methods(METHODS)
def authority_approve(request: GatedRequest, pk: int) -> HttpResponse:
    """Approve an authority."""
    found = get_object_or_404(TrustedAuthority, pk=pk)
    facts = [(_("Name"), found.name), (_("SHA-256 fingerprint"), in_groups(found.fingerprint))]
    return ask(
        request,
        Empty(posted(request)),
        lambda: approve_authority(authority=found, by=request.user, at=request.now),
        done=_listed,
        title=_("Approve an authority"),
        trail=_trail(_("Approve an authority")),
        back=reverse("cautionary_authorities"),
        button=_("Approve it"),
        lead=_("Compare the fingerprint with the one that the authority publishes."),
        facts=facts,
    )


@require_http_methods(METHODS)
def authority_withdraw(request: GatedRequest, pk: int) -> HttpResponse:
    """Trust an authority no more."""
    found = get_object_or_404(TrustedAuthority, pk=pk)
    return ask(
        request,
        Empty(posted(request)),
        lambda: withdraw_authority(authority=found, by=request.user, at=request.now),
        done=_listed,
        title=_("Trust an authority no more"),
        trail=_trail(_("Trust it no more")),
        back=reverse("cautionary_authorities"),
        button=_("Trust it no more"),
        facts=[(_("Name"), found.name)],
        lead=_("None of the certificates that it has signed counts from now on."),
    )


@require_http_methods(METHODS)
def revocations(request: GatedRequest) -> HttpResponse:
    """Upload what an authority has revoked."""
    form = FileForm(
        posted(request),
        request.FILES or None,
        help_text=_("The revocation list that the authority publishes; it ends in .crl"),
    )
    return ask(
        request,
        form,
        lambda: take_revocation_list(content=form.content, by=request.user, at=request.now),
        done=_listed,
        title=_("Upload a revocation list"),
        trail=_trail(_("Upload a revocation list")),
        back=reverse("cautionary_authorities"),
        button=_("Upload it"),
        template=UPLOAD,
    )


def _certificate(pk: UUID) -> PartnerCertificate:
    rows = PartnerCertificate.objects.select_related("contact__partner", "uploaded_by")
    found: PartnerCertificate = get_object_or_404(rows, pk=pk)
    return found


def _facts(found: PartnerCertificate) -> list[tuple[Any, str]]:
    return [
        (_("Partner"), found.contact.partner.name),
        (_("Contact"), f"{found.contact.name}, {found.contact.email}"),
        (_("SHA-256 fingerprint"), in_groups(found.fingerprint)),
        (_("Valid until"), day(timezone.localdate(found.not_after))),
        (_("Uploaded"), f"{instant(found.uploaded_at)}, {name_of(found.uploaded_by)}"),
    ]


def _line(each: TrustedAuthority, request: GatedRequest) -> dict[str, Any]:
    powers = request.standing.powers()
    waits = each.approved_at is None and each.withdrawn_at is None
    approves = Power.APPROVE_CERTIFICATES in powers and each.uploaded_by_id != request.user.pk
    may_withdraw = bool(powers & {Power.APPROVE_CERTIFICATES, Power.KEEP_PARTNERS})
    return {
        "name": each.name,
        "fingerprint": in_groups(each.fingerprint),
        "until": day(timezone.localdate(each.not_after)),
        "state": _state_of(each),
        "approve": _to("authority_approve", each) if waits and approves else "",
        "withdraw": _to("authority_withdraw", each)
        if may_withdraw and not each.withdrawn_at
        else "",
    }


def _state_of(each: TrustedAuthority) -> str:
    if each.withdrawn_at:
        return _("Trusted no more since %(when)s") % {"when": instant(each.withdrawn_at)}
    if each.approved_at:
        return _("Approved by %(who)s") % {"who": name_of(each.approved_by)}
    told = _("Uploaded by %(who)s; waits for a second person")
    return told % {"who": name_of(each.uploaded_by)}


def _to(name: str, each: TrustedAuthority) -> str:
    return reverse(f"cautionary_{name}", args=[each.pk])


def _listed(_made: object) -> str:
    return reverse("cautionary_authorities")


def _trail(last: str) -> list[dict[str, Any]]:
    *way, _last = trail(None, last)
    return [
        *way,
        {"url": reverse("cautionary_authorities"), "label": _("Trusted authorities")},
        {"url": "", "label": last},
    ]
