"""Warn of certificates and agreements that run out: 30 days before, and 7 (A45, A46)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.models import MailKind, Partner, PartnerCertificate, SharingAgreement
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.sharing import WARN_BEFORE, warning_due


@action
def warn_of_ends(*, at: datetime) -> int:
    """Tell those who keep partners what runs out soon, each twice at most.

    What a later certificate or agreement takes over is not warned of.

    :returns: how many warnings were given.
    """
    soon = at + timedelta(days=max(WARN_BEFORE) + 1)
    certificates = PartnerCertificate.objects.in_force_at(at).filter(
        not_after__lt=soon, contact__partner__ended_at=None
    )
    agreements = SharingAgreement.objects.in_force_on(timezone.localdate(at)).filter(
        ends_on__lt=timezone.localdate(soon), partner__ended_at=None
    )
    given = _warn(certificates.select_for_update(), at)
    return given + _warn(agreements.select_for_update(), at)


def _warn(rows: Iterable[PartnerCertificate | SharingAgreement], at: datetime) -> int:
    today, given = timezone.localdate(at), 0
    for row in rows:
        days = warning_due(_end_of(row), on=today, warned=row.warned)
        if days is None or _is_followed(row):
            continue
        row.warned = days
        row.save(update_fields=["warned"])
        queue_mail(
            kind=MailKind.PARTNER_EXPIRY,
            to=_keepers(at),
            at=at,
            reference=_partner_of(row).reference,
        )
        given += 1
    return given


def _end_of(row: PartnerCertificate | SharingAgreement) -> date:
    if isinstance(row, SharingAgreement):
        return row.ends_on
    return timezone.localdate(row.not_after)


def _partner_of(row: PartnerCertificate | SharingAgreement) -> Partner:
    return row.partner if isinstance(row, SharingAgreement) else row.contact.partner


def _is_followed(row: PartnerCertificate | SharingAgreement) -> bool:
    """Whether another takes its place before it ends."""
    if isinstance(row, SharingAgreement):
        next_one = row.partner.agreements.filter(ended_at=None, ends_on__gt=row.ends_on)
        return bool(next_one.filter(starts_on__lte=row.ends_on).exists())
    approved = row.contact.certificates.filter(approved_at__isnull=False, revoked_at=None)
    later = approved.filter(not_after__gt=row.not_after, not_before__lte=row.not_after)
    return bool(later.exists())


def _keepers(at: datetime) -> list[Any]:
    return holders_of(Power.KEEP_PARTNERS, at=at)
