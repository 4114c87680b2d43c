"""X.509 certificates as they come in files: read, followed to an authority, looked up (A46)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from cautionary_plugin.rules.certificates import CertificateFacts
from cautionary_plugin.rules.errors import BadInput

WEAK = ("md5", "sha1")
MOST = 50_000  # bytes of a file of certificates
MOST_OF_A_LIST = 5_000_000
PEM = b"-----BEGIN"

E = TypeVar("E", bound=x509.ExtensionType)


@dataclass(frozen=True, repr=False)
class Chain:
    """A certificate, and those between it and its authority."""

    leaf: x509.Certificate
    between: tuple[x509.Certificate, ...]

    @property
    def pem(self) -> str:
        """All of them as text, its own first."""
        return "".join(each.public_bytes(Encoding.PEM).decode() for each in self.all)

    @property
    def all(self) -> tuple[x509.Certificate, ...]:
        return (self.leaf, *self.between)


def read_chain(content: bytes) -> Chain:
    """The certificates in a PEM or DER file, the contact's own first.

    :raises BadInput: under ``file``: none, or not to be read.
    """
    if len(content) > MOST:
        raise BadInput({"file": ["This file is larger than any certificate."]})
    try:
        found = (
            x509.load_pem_x509_certificates(content)
            if PEM in content
            else [x509.load_der_x509_certificate(content)]
        )
        chain = Chain(found[0], tuple(found[1:]))
        facts_of(chain.leaf)  # extensions are parsed when they are asked for
    except (ValueError, IndexError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        sentence = "This is no certificate. Send the file that ends in .cer, .crt or .pem."
        raise BadInput({"file": [sentence]}) from None
    return chain


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """What a certificate says of itself."""
    key = certificate.public_key()
    hashed = certificate.signature_hash_algorithm
    usage = _extension(certificate, x509.KeyUsage)
    purposes = _extension(certificate, x509.ExtendedKeyUsage)
    constraints = _extension(certificate, x509.BasicConstraints)
    return CertificateFacts(
        fingerprint=fingerprint_of(certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        bits=key.key_size if isinstance(key, RSAPublicKey) else 0,
        addresses=addresses_of(certificate),
        may_encipher=usage is None or usage.key_encipherment,
        for_mail=purposes is not None and ExtendedKeyUsageOID.EMAIL_PROTECTION in purposes,
        is_authority=constraints is not None and constraints.ca,
        weakly_signed=hashed is not None and hashed.name in WEAK,
        serial=serial_of(certificate),
    )


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 over the whole certificate, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def serial_of(certificate: x509.Certificate) -> str:
    """Its number at its issuer, in hexadecimal."""
    return f"{certificate.serial_number:x}"


def addresses_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """The e-mail addresses in its subject alternative names, else in its subject."""
    names = _extension(certificate, x509.SubjectAlternativeName)
    found = names.get_values_for_type(x509.RFC822Name) if names is not None else []
    of_subject = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    return tuple(found or [str(each.value) for each in of_subject])


def chains_to(chain: Chain, authorities: Iterable[x509.Certificate], *, at: datetime) -> bool:
    """Whether one of these authorities has signed it, directly or through those between.

    Purposes of the certificate itself are for ``rules.certificates``: the library knows those of
    web sites only. An authority that limits itself to other purposes than mail does not count.
    """
    roots = list(authorities)
    if not roots:
        return False
    signs = ExtensionPolicy.webpki_defaults_ca().may_be_present(
        x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _for_mail
    )
    verifier = (
        PolicyBuilder()
        .store(Store(roots))
        .time(at)
        .extension_policies(ca_policy=signs, ee_policy=ExtensionPolicy.permit_all())
        .build_client_verifier()
    )
    try:
        verifier.verify(chain.leaf, list(chain.between))
    except VerificationError:
        return False
    return True


@dataclass(frozen=True)
class Revocations:
    """What a revocation list says: whose, until when, and which numbers."""

    issuer: str
    serials: tuple[str, ...]
    issued_at: datetime
    next_at: datetime | None


def read_revocations(content: bytes, signers: Iterable[x509.Certificate]) -> Revocations:
    """A revocation list in a PEM or DER file, signed by one that is known.

    :param signers: the trusted authorities, and those between them and the certificates on file.
    :raises BadInput: under ``file``.
    """
    if len(content) > MOST_OF_A_LIST:
        raise BadInput({"file": ["This revocation list is too large."]})
    try:
        load = x509.load_pem_x509_crl if PEM in content else x509.load_der_x509_crl
        found = load(content)
        signed = any(
            found.issuer == each.subject and found.is_signature_valid(each.public_key())  # type: ignore[arg-type]
            for each in signers
        )
        serials = tuple(f"{each.serial_number:x}" for each in found)
    except (ValueError, TypeError):
        sentence = "This is no revocation list. Send the file that ends in .crl."
        raise BadInput({"file": [sentence]}) from None
    if not signed:
        raise BadInput({"file": ["No authority that is known here has signed this list."]})
    return Revocations(
        issuer=issuer_name(found.issuer),
        serials=serials,
        issued_at=found.last_update_utc,
        next_at=found.next_update_utc,
    )


def issuer_name(name: x509.Name) -> str:
    """An issuer as rows are compared by it."""
    return name.rfc4514_string()[:500]


def _extension(certificate: x509.Certificate, kind: type[E]) -> E | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _for_mail(
    _policy: object, _certificate: object, purposes: x509.ExtendedKeyUsage | None
) -> None:
    wanted = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
    if purposes is not None and not wanted & set(purposes):
        raise ValueError("This authority does not sign certificates for mail.")
