"""What a partner's mail program does with a message, done by the real openssl."""

import subprocess
from email import message_from_bytes, policy
from pathlib import Path

from tests.certificates import Issued


class Refused(Exception):
    """openssl does not do it."""


def decrypt(message: bytes, *, issued: Issued, folder: Path) -> bytes:
    """The signed part, opened with a partner's key and certificate.

    :raises Refused: this key does not open it.
    """
    certificate, key = folder / "theirs.pem", folder / "theirs.key"
    certificate.write_bytes(issued.pem)
    key.write_bytes(issued.key_pem)
    return _run(
        ["-decrypt", "-recip", str(certificate), "-inkey", str(key)], message, folder=folder
    )


def verify(signed: bytes, *, authority: Issued, folder: Path) -> str:
    """The text, where the signature is whole and its signer known to this authority.

    :raises Refused: altered, or signed by somebody else.
    """
    trusted = folder / "authority.pem"
    trusted.write_bytes(authority.pem)
    inner = _run(["-verify", "-CAfile", str(trusted)], signed, folder=folder)
    return str(message_from_bytes(inner, policy=policy.default).get_content())  # type: ignore[attr-defined]


def printed(message: bytes, *, folder: Path) -> str:
    """The structure of the envelope, as openssl prints it."""
    return _run(["-cmsout", "-print"], message, folder=folder).decode()


def _run(options: list[str], given: bytes, *, folder: Path) -> bytes:
    before, after = folder / "before.eml", folder / "after.eml"
    before.write_bytes(given)
    after.unlink(missing_ok=True)
    done = subprocess.run(
        ["openssl", "cms", *options, "-inform", "SMIME", "-in", str(before), "-out", str(after)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Refused(done.stderr)
    return after.read_bytes()
