"""AES-256-GCM with one byte in front that says which cipher it was.

A sealed value is ``version (1) | nonce (12) | ciphertext | tag (16)``: 29 bytes more than what
went in.
"""

import os
from hmac import compare_digest
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cautionary_plugin.rules.errors import CannotOpen

KEY_BYTES = 32
VERSION = b"\x01"
NONCE_END = 13
SHORTEST = NONCE_END + 16


class Key:
    """A 256-bit key that shows itself to nobody: not in a repr, a traceback, or a pickle.

    Error reporters send the variables of every frame of a traceback; a key must not be among
    them.

    :ivar raw: the 32 bytes, for wrapping the key.
    """

    __slots__ = ("aead", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.aead = AESGCM(raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and compare_digest(self.raw, other.raw)

    def __hash__(self) -> int:
        return hash(self.raw)

    def __reduce__(self) -> NoReturn:
        raise TypeError("Keys are neither pickled nor copied.")

    def __repr__(self) -> str:
        return "<key>"


def new_key() -> Key:
    """Draw a fresh 256-bit key from the operating system."""
    return Key(os.urandom(KEY_BYTES))


def seal(key: Key, plaintext: bytes, *, context: bytes) -> bytes:
    """Seal ``plaintext`` so that it opens only with ``key`` and only in ``context``.

    The context is authenticated and not stored: whoever opens must know the value's place.
    Nonces are random, which is safe for some 2**32 values under one key.
    """
    nonce = os.urandom(12)
    return VERSION + nonce + key.aead.encrypt(nonce, plaintext, VERSION + context)


def open_sealed(key: Key, token: bytes, *, context: bytes) -> bytes:
    """Open what :func:`seal` made.

    :raises CannotOpen: altered, truncated, moved to another context, or another key.
    """
    if token[:1] != VERSION or len(token) < SHORTEST:
        raise CannotOpen("This is not a sealed value of a known version.")
    try:
        return key.aead.decrypt(token[1:NONCE_END], token[NONCE_END:], VERSION + context)
    except InvalidTag:
        raise CannotOpen(
            "The sealed value was altered, moved, or sealed under another key."
        ) from None
