"""What of partners waits for somebody: certificates, deletions, what runs out."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from cautionary_plugin.access.standing import Standing
from cautionary_plugin.models import (
    Partner,
    PartnerCertificate,
    Register,
    SharingAgreement,
    TrustedAuthority,
    WithdrawalNotice,
)
from cautionary_plugin.rules.duties import Duty, Task
from cautionary_plugin.rules.sharing import WARN_BEFORE

Registers = Iterable[Register]


def certificates_to_approve(
    standing: Standing, registers: Registers, at: datetime
) -> Iterator[Task]:
    """Those that somebody else has uploaded."""
    rows = PartnerCertificate.objects.waiting(at).filter(contact__partner__ended_at=None)
    others = rows.exclude(uploaded_by=standing.user).select_related("contact__partner")
    for each in others:
        yield Task(Duty.CERTIFICATE, each.contact.partner.reference, str(each.pk))


def authorities_to_approve(
    standing: Standing, registers: Registers, at: datetime
) -> Iterator[Task]:
    """Those that somebody else has uploaded."""
    for each in TrustedAuthority.objects.waiting().exclude(uploaded_by=standing.user):
        yield Task(Duty.AUTHORITY, each.name, str(each.pk))


def withdrawals_to_chase(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """One line for each partner that has not confirmed a deletion, due when the first is."""
    open_ones = WithdrawalNotice.objects.open().values("partner__reference")
    for each in open_ones.annotate(due=Min("due_on")).order_by("partner__reference"):
        reference: str = each["partner__reference"]
        yield Task(Duty.WITHDRAWAL, reference, reference, each["due"])


def partners_to_renew(standing: Standing, registers: Registers, at: datetime) -> Iterator[Task]:
    """Partners whose only agreement, or whose only certificate, runs out within 30 days."""
    today, last = timezone.localdate(at), timedelta(days=max(WARN_BEFORE))
    ends: dict[Partner, list[date]] = {}
    agreements = SharingAgreement.objects.in_force_on(today).filter(partner__ended_at=None)
    for agreement in agreements.select_related("partner"):
        ends.setdefault(agreement.partner, []).append(agreement.ends_on)
    yield from _running_out(ends, today + last, today)
    valid: dict[Partner, list[date]] = {}
    rows = PartnerCertificate.objects.in_force_at(at).filter(contact__partner__ended_at=None)
    for row in rows.select_related("contact__partner"):
        valid.setdefault(row.contact.partner, []).append(timezone.localdate(row.not_after))
    yield from _running_out(valid, today + last, today)


def _running_out(ends: dict[Partner, list[date]], until: date, today: date) -> Iterator[Task]:
    for partner, days in ends.items():
        if max(days) <= until:
            yield Task(Duty.RENEW_PARTNER, partner.reference, partner.reference, max(days))
