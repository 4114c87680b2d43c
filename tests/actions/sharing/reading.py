"""What came to a partner, and what it reads."""

from pathlib import Path

from tests.certificates import PARTNER, Issued, the_authority
from tests.openssl import decrypt, verify
from tests.servers.smtp import MailServer


def read(raw: bytes, issued: Issued, folder: Path) -> str:
    """What the partner reads, by openssl."""
    return verify(
        decrypt(raw, issued=issued, folder=folder), authority=the_authority(), folder=folder
    )


def to_partner(server: MailServer) -> list[bytes]:
    """Only the mail to partners, as it came over the wire."""
    pairs = zip(server.taken, server.messages, strict=True)
    return [raw for raw, message in pairs if PARTNER in message["To"]]
