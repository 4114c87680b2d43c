"""Partners for tests, made through the actions and fit to be shared with unless told otherwise."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.partners import (
    add_contact,
    add_partner,
    approve_authority,
    approve_certificate,
    record_agreement,
    upload_authority,
    upload_certificate,
)
from cautionary_plugin.actions.sharing.disclosing import disclose
from cautionary_plugin.models import (
    Entry,
    Partner,
    PartnerCertificate,
    PartnerMail,
    SharingAgreement,
    TrustedAuthority,
)
from cautionary_plugin.rules.posts import PostKind
from tests.certificates import PARTNER, Issued, issue, the_authority
from tests.council import Council, brief, hold_post
from tests.factors import make_person

SIGNED = b"%PDF-1.4\n% Galloway-Thistlewood\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BASIS = "Their housing officers visit our tenants at home."


@dataclass
class Desk:
    """Who keeps partners here, and who approves certificates."""

    council: Council
    keeper: Any
    approver: Any


def desk(council: Council) -> Desk:
    """An administrator keeps partners, the data protection officer approves certificates."""
    keeper, approver = make_person("keeper"), make_person("approver")
    hold_post(council, keeper, PostKind.ADMINISTRATOR)
    hold_post(council, approver, PostKind.DATA_PROTECTION)
    brief(council, keeper)
    return Desk(council, keeper, approver)


def trust(desk: Desk, authority: Issued | None = None, *, at: datetime | None = None) -> Any:
    """An authority that one has uploaded and another approved."""
    now = at or timezone.now()
    issued = authority or the_authority()
    if there := TrustedAuthority.objects.filter(fingerprint=issued.fingerprint).first():
        return there
    uploaded = upload_authority(content=issued.pem, by=desk.keeper, at=now)
    return approve_authority(authority=uploaded, by=desk.approver, at=now)


def known(
    desk: Desk, *, name: str = "Linden Homes", has_contact: bool = True, sites: Any = ()
) -> Partner:
    """A partner without anything yet."""
    return add_partner(
        name=name,
        has_contact=has_contact,
        basis=BASIS,
        sites=sites,
        by=desk.keeper,
        at=timezone.now(),
    )


def certified(
    desk: Desk,
    partner: Partner,
    issued: Issued | None = None,
    *,
    address: str = PARTNER,
    at: datetime | None = None,
) -> PartnerCertificate:
    """A contact whose certificate was uploaded and approved."""
    now = at or timezone.now()
    trust(desk, at=now)
    issued = issued or issue(address)
    contact = next((each for each in partner.contacts.all() if each.email == address), None)
    contact = contact or add_contact(
        partner=partner, name="Ottoline Fairbrother", email=address, by=desk.keeper, at=now
    )
    uploaded = upload_certificate(contact=contact, content=issued.pem, by=desk.keeper, at=now)
    return approve_certificate(certificate=uploaded, compared=True, by=desk.approver, at=now)


def agreed(
    desk: Desk, partner: Partner, *, days: int = 365, at: datetime | None = None, **facts: Any
) -> SharingAgreement:
    """A signed agreement with both terms, from today."""
    now = at or timezone.now()
    today: date = timezone.localdate(now)
    told: dict[str, Any] = {
        "follows_policy": True,
        "indemnifies": True,
        "signed_on": today,
        "starts_on": today,
        "ends_on": today + timedelta(days=days),
        "content": BytesIO(SIGNED),
        "name": "agreement.pdf",
    }
    return record_agreement(partner=partner, by=desk.keeper, at=now, **{**told, **facts})


def ready(
    desk: Desk, *, issued: Issued | None = None, address: str = PARTNER, **facts: Any
) -> Partner:
    """A partner with whom something can be shared now."""
    partner = known(desk, **facts)
    certified(desk, partner, issued, address=address)
    agreed(desk, partner)
    return partner


def shared(
    desk: Desk, partner: Partner, *entries: Entry, at: datetime | None = None
) -> PartnerMail:
    """The owner has shared these entries with the partner."""
    (mail,) = disclose(
        entries=entries,
        partners=[partner],
        reason="Their officers visit this address every week.",
        by=desk.council.owner,
        at=at or timezone.now(),
    )
    return mail
