"""An authority of the sandbox's own, and the certificates that it issues: for nobody else to trust."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sandbox Mail Authority")])


class Authority:
    """Issues certificates for mail, and keeps each with its key in a folder."""

    def __init__(self, folder: Path, *, at: datetime) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.at, self.key = folder, at, _new_key()
        made = (
            self._for(AUTHORITY, self.key, days=3000)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(issues=True), critical=True)
        )
        self.pem = self._kept("authority", made, self.key)

    def issue(self, name: str, address: str, *, days: int) -> bytes:
        """A certificate in PEM for an address; its key is kept beside it."""
        key = _new_key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
        made = (
            self._for(subject, key, days=days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(issues=False), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
            )
        )
        return self._kept(name, made, key)

    def _for(self, subject: x509.Name, key: RSAPrivateKey, *, days: int) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(AUTHORITY)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at - timedelta(days=30))
            .not_valid_after(self.at + timedelta(days=days))
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )

    def _kept(self, name: str, made: x509.CertificateBuilder, key: RSAPrivateKey) -> bytes:
        pem = made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)
        (self.folder / f"{name}.pem").write_bytes(pem)
        secret = self.folder / f"{name}.key"
        secret.touch(mode=0o600)
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return pem


def issue_council(authority: Authority) -> bytes:
    """The certificate with which the council signs its mail to partners."""
    return authority.issue("council", "register@weldham.example", days=700)


def _new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def _usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=False,
        key_encipherment=not issues,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )
