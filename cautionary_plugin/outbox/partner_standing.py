"""Whether something can be shared with a partner now: asked when it is chosen, and when it goes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cryptography import x509
from django.utils import timezone

from cautionary_plugin.models import (
    Partner,
    PartnerCertificate,
    RevocationList,
    SharingAgreement,
    TrustedAuthority,
)
from cautionary_plugin.rules.certificates import faults_of
from cautionary_plugin.rules.sharing import missing_of

from .certificates import Chain, chains_to, facts_of, issuer_name, read_chain


@dataclass(frozen=True, repr=False)
class Addressee:
    """A contact to whom mail can be encrypted, and the certificate for it."""

    address: str
    certificate: x509.Certificate
    fingerprint: str


class Trust:
    """The authorities that are trusted here, and what issuers have revoked; read once."""

    @cached_property
    def authorities(self) -> list[x509.Certificate]:
        found = TrustedAuthority.objects.trusted().values_list("pem", flat=True)
        return [x509.load_pem_x509_certificate(pem.encode()) for pem in found]

    @cached_property
    def revoked(self) -> dict[str, set[str]]:
        """Issuer → numbers; what was once revoked stays so, whatever a newer list leaves out."""
        found: dict[str, set[str]] = {}
        for issuer, serials in RevocationList.objects.values_list("issuer", "serials"):
            found.setdefault(issuer, set()).update(serials)
        return found

    def faults(self, chain: Chain, *, address: str, at: datetime) -> list[str]:
        """Why mail to the address cannot be encrypted to this certificate; empty where it can."""
        found = faults_of(
            facts_of(chain.leaf),
            address=address,
            chains=chains_to(chain, self.authorities, at=at),
            revoked=self.revoked.get(issuer_name(chain.leaf.issuer), set()),
            at=at,
        )
        if self._issuer_is_revoked(chain):
            found.append("The certificate of its issuer was revoked.")
        return found

    def _issuer_is_revoked(self, chain: Chain) -> bool:
        return any(
            f"{each.serial_number:x}" in self.revoked.get(issuer_name(each.issuer), set())
            for each in chain.between
        )


def addressees_of(partner: Partner, *, at: datetime, trust: Trust | None = None) -> list[Addressee]:
    """The contacts of a partner whose newest approved certificate can be used now."""
    trust = trust or Trust()
    found: dict[object, Addressee] = {}
    rows = PartnerCertificate.objects.in_force_at(at).filter(contact__partner=partner)
    for row in rows.select_related("contact__partner").order_by("-approved_at"):
        if row.contact_id not in found and not faults_now(row, trust=trust, at=at):
            leaf = read_chain(row.pem.encode()).leaf
            found[row.contact_id] = Addressee(row.contact.email, leaf, row.fingerprint)
    return list(found.values())


def faults_now(row: PartnerCertificate, *, trust: Trust, at: datetime) -> list[str]:
    """Why a certificate on file cannot be used now, its approval aside."""
    chain = read_chain(row.pem.encode())
    return trust.faults(chain, address=row.contact.email, at=at)


def missing_for(partner: Partner, *, at: datetime, addressees: Iterable[Addressee]) -> list[str]:
    """What stands between this partner and what might be shared with it, in sentences."""
    agreements = SharingAgreement.objects.filter(partner=partner)
    return missing_of(
        ended=partner.ended_at is not None,
        agreement=agreements.in_force_on(timezone.localdate(at)).exists(),
        certificate=bool(list(addressees)),
    )
