"""Which S/MIME certificates count (A46): each refusal in words.

The library that encrypts takes expired, weak and foreign certificates without a word, so they are
looked at here, when one is uploaded, approved, and used.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

LEAST_BITS = 2048


@dataclass(frozen=True, repr=False)
class CertificateFacts:
    """What a certificate says of itself; it names a person, hence no ``repr``.

    :ivar bits: of an RSA key; 0 for a key of another kind, which cannot be encrypted to.
    :ivar addresses: the e-mail addresses that it is for.
    :ivar may_encipher: its key usage allows to encipher keys, or it does not limit its use.
    :ivar for_mail: its extended key usage names e-mail protection.
    :ivar is_authority: it signs certificates itself.
    :ivar weakly_signed: its signature rests on MD5 or SHA-1.
    """

    fingerprint: str
    not_before: datetime
    not_after: datetime
    bits: int
    addresses: tuple[str, ...]
    may_encipher: bool
    for_mail: bool
    is_authority: bool
    weakly_signed: bool
    serial: str


def faults_of(
    facts: CertificateFacts,
    *,
    address: str,
    chains: bool,
    revoked: Collection[str],
    at: datetime,
) -> list[str]:
    """Why mail to this address cannot be encrypted to this certificate now; empty where it can.

    :param chains: whether a trusted authority has signed it, or one that it has signed.
    :param revoked: serial numbers that its issuer has revoked.
    """
    wanted = address.strip().casefold()
    found = {
        "The certificate is not valid yet.": at < facts.not_before,
        "The certificate has expired.": at >= facts.not_after,
        "The key of the certificate is not RSA: mail cannot be encrypted to it.": not facts.bits,
        f"The key of the certificate is shorter than {LEAST_BITS} bits.": (
            0 < facts.bits < LEAST_BITS
        ),
        "The certificate is signed with a method that is broken (MD5 or SHA-1).": (
            facts.weakly_signed
        ),
        "The certificate is an authority’s own, and no person’s.": facts.is_authority,
        "The certificate may not be used to encrypt (key usage: key encipherment is missing).": (
            not facts.may_encipher
        ),
        "The certificate is not for e-mail (extended key usage: e-mail protection is missing).": (
            not facts.for_mail
        ),
        "The certificate is not for the contact’s e-mail address.": (
            wanted not in {each.strip().casefold() for each in facts.addresses}
        ),
        "No authority that is trusted here has signed the certificate.": not chains,
        "Its authority has revoked the certificate.": facts.serial in revoked,
    }
    return [sentence for sentence, is_so in found.items() if is_so]
