"""An authority, a council's and partners' certificates for tests, made in memory, each once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone

DAY = timedelta(days=1)
COUNCIL = "register@example.gov.uk"
PARTNER = "cautionary@lindenhomes.example"
MAIL = (ExtendedKeyUsageOID.EMAIL_PROTECTION,)


@dataclass(frozen=True, repr=False)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


@cache
def key_of(name: str, bits: int = 2048) -> Any:
    """The key of somebody; making one takes a while."""
    if bits:
        return rsa.generate_private_key(public_exponent=65537, key_size=bits)
    return ec.generate_private_key(ec.SECP256R1())


def authority(name: str = "Weldham Test Authority", *, signed_by: Issued | None = None) -> Issued:
    """An authority, its own or under another."""
    key = key_of(name)
    issuer = signed_by or Issued(certificate=None, key=key)  # type: ignore[arg-type]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_name = signed_by.certificate.subject if signed_by else subject
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 3000 * DAY)
        .not_valid_after(now + 6000 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .sign(issuer.key, hashes.SHA256())
    )
    return Issued(made, key)


def issue(
    address: str = PARTNER,
    *,
    by: Issued | None = None,
    at: datetime | None = None,
    days: tuple[int, int] = (-10, 300),
    bits: int = 2048,
    purposes: Any = MAIL,
    enciphers: bool = True,
    ca: bool = False,
) -> Issued:
    """A certificate for mail to an address; what makes one unfit can be chosen.

    :param days: from when until when, counted from ``at``.
    """
    issuer, key, now = by or the_authority(), key_of(address, bits), at or timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)]))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + days[0] * DAY)
        .not_valid_after(now + days[1] * DAY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(_usage(enciphers=enciphers, signs=ca), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
    )
    if purposes:
        made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return Issued(made.sign(issuer.key, hashes.SHA256()), key)


@cache
def the_authority() -> Issued:
    """The authority that tests trust, as a rule."""
    return authority()


def revocation_list(
    *revoked: Issued, by: Issued | None = None, next_in: int = 7, at: datetime | None = None
) -> bytes:
    """A list of the authority in PEM."""
    issuer, now = by or the_authority(), at or timezone.now()
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now - DAY)
        .next_update(now + next_in * DAY)
    )
    for each in revoked:
        made = made.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(each.certificate.serial_number)
            .revocation_date(now - DAY)
            .build()
        )
    return made.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def sign_as_council(settings: Any, folder: Path, **facts: Any) -> Issued:
    """Give the council its certificate for mail, in files that its settings name."""
    issued = issue(COUNCIL, **facts)
    certificate, key = folder / "council.pem", folder / "council.key"
    certificate.write_bytes(issued.pem)
    key.write_bytes(issued.key_pem)
    settings.CAUTIONARY_SMIME = {"CERTIFICATE": str(certificate), "KEY": str(key)}
    return issued


def _usage(*, enciphers: bool = False, signs: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=enciphers,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
