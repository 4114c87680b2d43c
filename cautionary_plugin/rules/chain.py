"""How the lines of the access record hang together: each digest covers the one before (L5).

Whoever changes, inserts or takes out a line must make anew every digest after it, and the last of
them was told to people outside. What is written here never changes: digests of old lines must
come out the same for as long as those lines are kept.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = "0" * 64  # what the first line hangs on


@dataclass(frozen=True)
class ChainedLine:
    """What a digest covers: everything that a line says, and its place.

    The account itself is left out, since it goes when the host deletes it; its key stays.

    :ivar number: 1 for the first line, and one more for each that follows.
    """

    number: int
    at: datetime
    user_key: str
    act: str
    purpose: str
    outcome: str
    register: str
    reference: str
    screen: str


def digest_of(line: ChainedLine, *, after: str) -> str:
    """SHA-256 over the digest before and the line, as 64 hexadecimal digits."""
    told = [
        line.number,
        line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        line.user_key,
        line.act,
        line.purpose,
        line.outcome,
        line.register,
        line.reference,
        line.screen,
    ]
    canonical = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return sha256(f"{after}\n{canonical}".encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Anchor:
    """The end of the chain on some day, as it was told to people outside."""

    number: int
    digest: str

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """Read ``NUMBER:DIGEST``, as a message or an object has it.

        :raises ValueError: it is not that.
        """
        number, _colon, digest = text.strip().partition(":")
        if len(digest) != len(GENESIS):
            raise ValueError("A digest has 64 digits.")
        int(digest, 16)
        return cls(int(number), digest.lower())

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
