"""Sign with the council's certificate, then encrypt to a partner's (A46; RFC 8551).

Signed inside, because the envelope alone does not show that a byte was changed. The signature is
opaque (``signed-data``): no mail server between can turn a line end and break it. The envelope
uses AES-256-CBC; the library would take AES-128 unless told.
"""

from base64 import encodebytes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as Part
from email.policy import SMTP
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    PKCS7SignatureBuilder,
)
from django.core.mail import EmailMessage

from cautionary_plugin.conf import conf
from cautionary_plugin.rules.certificates import LEAST_BITS
from cautionary_plugin.rules.errors import BadInput, NotReady

from .certificates import addresses_of, read_chain

NAME = "smime.p7m"
KIND = "application/pkcs7-mime"


@dataclass(frozen=True, repr=False)
class Signer:
    """The council's own certificate, those between it and its authority, and its key."""

    certificate: x509.Certificate
    between: tuple[x509.Certificate, ...]
    key: rsa.RSAPrivateKey

    @property
    def address(self) -> str:
        """The address that the certificate is for: mail that it signs comes from there."""
        return addresses_of(self.certificate)[0]


def council_signer() -> Signer:
    """The certificate and the key that ``CAUTIONARY_SMIME`` names.

    :raises NotReady: it names none, or what it names cannot be used.
    """
    if not conf.SMIME:
        raise _not_ready("The council has no certificate for mail yet (CAUTIONARY_SMIME).")
    try:
        chain = read_chain(Path(conf.SMIME["CERTIFICATE"]).read_bytes())
        password = conf.SMIME.get("PASSWORD")
        password = password() if callable(password) else password
        secret = password.encode() if isinstance(password, str) else password
        key = load_pem_private_key(Path(conf.SMIME["KEY"]).read_bytes(), secret or None)
    except (OSError, KeyError, ValueError, TypeError, BadInput) as failure:
        raise _not_ready(
            f"The council’s certificate for mail cannot be read ({type(failure).__name__})."
        ) from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise _not_ready(f"The council’s key for mail is not RSA of {LEAST_BITS} bits or more.")
    if key.public_key() != chain.leaf.public_key():
        raise _not_ready("The council’s key for mail does not belong to its certificate.")
    if not addresses_of(chain.leaf):
        raise _not_ready("The council’s certificate for mail is for no e-mail address.")
    return Signer(chain.leaf, chain.between, key)


def check_signer(*, at: datetime) -> Signer:
    """The council's certificate, valid now.

    :raises NotReady: there is none that is.
    """
    signer = council_signer()
    if not signer.certificate.not_valid_before_utc <= at < signer.certificate.not_valid_after_utc:
        raise _not_ready("The council’s certificate for mail is not valid now.")
    return signer


def sign_then_encrypt(
    text: str, *, signer: Signer, recipients: Iterable[x509.Certificate]
) -> bytes:
    """The text as a mail program will read it, signed, then in one envelope for all recipients.

    :returns: DER of the envelope (CMS EnvelopedData).
    """
    inner = Part(policy=SMTP)
    inner.set_content(text, charset="utf-8", cte="quoted-printable")
    signing = PKCS7SignatureBuilder().set_data(inner.as_bytes())
    signing = signing.add_signer(signer.certificate, signer.key, hashes.SHA256())
    for each in signer.between:
        signing = signing.add_certificate(each)
    signed = signing.sign(Encoding.DER, [PKCS7Options.Binary])
    envelope = PKCS7EnvelopeBuilder().set_data(_as_part(signed))
    envelope = envelope.set_content_encryption_algorithm(AES256)
    for certificate in recipients:
        envelope = envelope.add_recipient(certificate)
    return envelope.encrypt(Encoding.DER, [PKCS7Options.Binary])


class Encrypted(EmailMessage):
    """A message that is nothing but an envelope.

    A mail backend that makes messages its own way finds no body, and the envelope attached.
    """

    def __init__(self, envelope: bytes, **facts: Any) -> None:
        super().__init__(body="", attachments=[(NAME, envelope, KIND)], **facts)
        self.envelope = envelope

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """The message whose only content is the envelope."""
        attached, self.attachments = self.attachments, []
        try:
            made = super().message(*args, **kwargs)
        finally:
            self.attachments = attached
        for header, value in _headers("enveloped-data"):
            del made[header]
            made[header] = value
        made.set_payload(_base64(self.envelope))
        return made


def _as_part(signed: bytes) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers("signed-data"))
    body = _base64(signed).replace("\n", "\r\n")
    return f"{head}\r\n{body}".encode()


def _headers(kind: str) -> list[tuple[str, str]]:
    return [
        ("Content-Type", f'{KIND}; smime-type={kind}; name="{NAME}"'),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f'attachment; filename="{NAME}"'),
    ]


def _base64(content: bytes) -> str:
    return encodebytes(content).decode()


def _not_ready(sentence: str) -> NotReady:
    return NotReady(sentence, missing=[sentence])
