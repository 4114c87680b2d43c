"""What a partner's page tells: contacts, agreements, what it has or is to delete, its mail."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cautionary_plugin.access.exclusion import file_not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import Partner, PartnerCertificate, SharingAgreement
from cautionary_plugin.outbox.partner_standing import Trust, faults_now
from cautionary_plugin.rules.due import is_overdue
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.vocabulary import Route

LINES = 50


@dataclass(frozen=True, repr=False)
class Certificate:
    """One certificate as the page tells it.

    :ivar approve, revoke: addresses; empty where the person may not, or it is past.
    """

    fingerprint: str
    dates: str
    state: str
    faults: tuple[str, ...]
    approve: str
    revoke: str


@dataclass(frozen=True, repr=False)
class Contact:
    """One contact with their certificates, and where the person may change something."""

    name: str
    email: str
    certificates: tuple[Certificate, ...]
    upload: str
    remove: str


def contacts_of(partner: Partner, request: GatedRequest, *, keeps: bool) -> list[Contact]:
    """The contacts, with what became of their certificates."""
    trust = Trust()
    rows = partner.contacts.select_related("partner").prefetch_related(
        "certificates__uploaded_by", "certificates__approved_by", "certificates__contact__partner"
    )
    return [
        Contact(
            name=each.name,
            email=each.email,
            certificates=tuple(
                _certificate(row, request, trust=trust) for row in each.certificates.all()
            ),
            upload=_to("certificate_upload", each.pk) if keeps else "",
            remove=_to("contact_remove", each.pk) if keeps else "",
        )
        for each in rows
    ]


def in_groups(fingerprint: str) -> str:
    """Four signs at a time, as it is read out over the telephone."""
    signs = fingerprint.upper()
    return " ".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def _certificate(row: PartnerCertificate, request: GatedRequest, *, trust: Trust) -> Certificate:
    powers, over = request.standing.powers(), row.not_after <= request.now
    waits = row.approved_at is None and row.revoked_at is None and not over
    approves = Power.APPROVE_CERTIFICATES in powers and row.uploaded_by_id != request.user.pk
    may_revoke = bool(powers & {Power.APPROVE_CERTIFICATES, Power.KEEP_PARTNERS})
    faults = [] if row.revoked_at or over else faults_now(row, trust=trust, at=request.now)
    return Certificate(
        fingerprint=in_groups(row.fingerprint),
        dates=_("%(first)s to %(last)s")
        % {
            "first": day(timezone.localdate(row.not_before)),
            "last": day(timezone.localdate(row.not_after)),
        },
        state=_state_of(row, over=over),
        faults=tuple(faults),
        approve=_to("certificate_approve", row.pk) if waits and approves else "",
        revoke=_to("certificate_revoke", row.pk) if may_revoke and not row.revoked_at else "",
    )


def _state_of(row: PartnerCertificate, *, over: bool) -> str:
    if row.revoked_at:
        return _("Revoked %(when)s") % {"when": instant(row.revoked_at)}
    if over:
        return _("Expired")
    if row.approved_at:
        return _("Approved by %(who)s") % {"who": name_of(row.approved_by)}
    told = _("Uploaded by %(who)s; waits for a second person")
    return told % {"who": name_of(row.uploaded_by)}


def agreements_of(partner: Partner, request: GatedRequest) -> list[dict[str, Any]]:
    """The agreements, the newest first, each with its document."""
    keeps = Power.KEEP_PARTNERS in request.standing.powers()
    today = timezone.localdate(request.now)
    return [
        {
            "state": _standing_of(each, today),
            "dates": f"{day(each.starts_on)} – {day(each.ends_on)}",
            "signed": day(each.signed_on),
            "file": _to("agreement_file", each.pk),
            "end": _to("agreement_end", each.pk) if keeps and not each.ended_at else "",
        }
        for each in partner.agreements.all()
    ]


def _standing_of(agreement: SharingAgreement, today: Any) -> str:
    if agreement.ended_at:
        return _("Ended %(when)s") % {"when": instant(agreement.ended_at)}
    if agreement.ends_on <= today:
        return _("Lapsed")
    return _("In force") if agreement.starts_on <= today else _("Not in force yet")


def shared_with(partner: Partner, request: GatedRequest) -> list[tuple[str, str, str]]:
    """Reference, since when, and address of each entry that it has; for those who decide on it."""
    mine = request.standing.over(Power.SHARE) - {None}
    readable = [each for each in mine if each and request.standing.may_read(each)]
    rows = partner.disclosures.standing().filter(
        Q(entry__register__route=Route.DIRECTOR)
        | file_not_shut_out(request.user, case_file="entry__case_file"),
        entry__register__in=readable,
    )
    return [
        (
            each.entry.reference,
            instant(each.made_at),
            _to("entry_sharing", each.entry.reference),
        )
        for each in rows.select_related("entry").order_by("entry__reference")
    ]


def withdrawals_of(partner: Partner, request: GatedRequest) -> list[dict[str, Any]]:
    """What the partner is to delete, the open ones first."""
    today = timezone.localdate(request.now)
    rows = partner.withdrawals.order_by("acknowledged_on", "due_on", "reference")
    open_ones = list(rows.filter(acknowledged_on=None))
    done = rows.filter(acknowledged_on__isnull=False).order_by("-acknowledged_on")[:LINES]
    return [
        {
            "reference": each.reference,
            "due": day(each.due_on),
            "late": is_overdue(each.due_on, today=today) and not each.acknowledged_on,
            "chased": each.chased,
            "done": day(each.acknowledged_on) if each.acknowledged_on else "",
            "url": _to("withdrawal_done", each.pk),
        }
        for each in [*open_ones, *done]
    ]


def mail_of(partner: Partner) -> list[tuple[str, str]]:
    """When each message was queued, and what became of it; the newest first."""
    return [(instant(each.queued_at), _became(each)) for each in partner.mail.all()[:LINES]]


def _became(mail: Any) -> str:
    if mail.stopped_at:
        return _("Stopped: %(why)s") % {"why": mail.stopped_because}
    if mail.sent_at:
        count = len(mail.fingerprints)
        told = ngettext(
            "Sent %(when)s, encrypted to %(count)s certificate",
            "Sent %(when)s, encrypted to %(count)s certificates",
            count,
        )
        return told % {"when": instant(mail.sent_at), "count": count}
    return _("Waits to be sent")


def _to(name: str, key: Any) -> str:
    return reverse(f"cautionary_{name}", args=[key])
