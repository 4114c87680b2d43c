"""Partners of Weldham Council at every stage: ready and told of two entries, waiting, refused."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from cautionary_plugin.actions.partners import (
    add_contact,
    add_partner,
    approve_authority,
    approve_certificate,
    name_site,
    record_agreement,
    upload_authority,
    upload_certificate,
)
from cautionary_plugin.actions.sharing.disclosing import disclose
from cautionary_plugin.models import Entry, Partner, PartnerCertificate

from .certificates import Authority, issue_council

AGREEMENT = b"%PDF-1.4\n% Sharing agreement, sandbox\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def load_partners(*, at: datetime) -> None:
    """Linden Homes has two entries; Fenland Care's certificate waits; the gardeners get nothing."""
    registrar, dpo, owner = (_account(name) for name in ("registrar", "dpo", "director"))
    authority = Authority(settings.CERTIFICATES, at=at)
    issue_council(authority)
    uploaded = upload_authority(content=authority.pem, by=registrar, at=at)
    approve_authority(authority=uploaded, by=dpo, at=at)
    house = name_site(name="Charrington House", by=registrar, at=at)

    linden = _partner(
        "Linden Homes", "Their housing officers visit our tenants.", registrar, at, sites=[house]
    )
    approve_certificate(
        certificate=_certified(linden, authority, "linden", registrar, at),
        compared=True,
        by=dpo,
        at=at,
    )
    _agreed(linden, registrar, at)
    care = _partner("Fenland Care", "Their carers go into homes each day.", registrar, at)
    _certified(care, authority, "fenland", registrar, at)
    _agreed(care, registrar, at)
    add_partner(
        name="Verge and Hedge",
        has_contact=False,
        basis="They mow verges and meet nobody.",
        sites=[],
        by=registrar,
        at=at,
    )
    disclose(
        entries=list(Entry.objects.live_at(at).filter(register__slug="cpr").order_by("pk")[:2]),
        partners=[linden],
        reason="Linden's officers visit these addresses every week.",
        by=owner,
        at=at,
    )


def _account(username: str) -> Any:
    return get_user_model().objects.get(username=username)


def _partner(name: str, basis: str, by: Any, at: datetime, *, sites: Any = ()) -> Partner:
    return add_partner(name=name, has_contact=True, basis=basis, sites=sites, by=by, at=at)


def _certified(
    partner: Partner, authority: Authority, name: str, by: Any, at: datetime
) -> PartnerCertificate:
    """A contact, whose certificate a second person has yet to approve."""
    address = f"cautionary@{name}.example"
    contact = add_contact(partner=partner, name="Safeguarding desk", email=address, by=by, at=at)
    pem = authority.issue(name, address, days=25)
    return upload_certificate(contact=contact, content=pem, by=by, at=at)


def _agreed(partner: Partner, by: Any, at: datetime) -> None:
    today = timezone.localdate(at)
    record_agreement(
        partner=partner,
        follows_policy=True,
        indemnifies=True,
        signed_on=today,
        starts_on=today,
        ends_on=today + timedelta(days=365),
        content=BytesIO(AGREEMENT),
        name="agreement.pdf",
        by=by,
        at=at,
    )
