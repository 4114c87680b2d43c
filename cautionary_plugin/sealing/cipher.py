"""AES-256-GCM with one byte in front that says which cipher it was.

A sealed value is ``version (1) | nonce (12) | ciphertext | tag (16)``: 29 bytes more than what
went in.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cautionary_plugin.rules.errors import CannotOpen

KEY_BYTES = 32
VERSION = b"\x01"
NONCE_END = 13
SHORTEST = NONCE_END + 16


def new_key() -> bytes:
    """Draw a fresh 256-bit key from the operating system."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, *, context: bytes) -> bytes:
    """Seal ``plaintext`` so that it opens only with ``key`` and only in ``context``.

    The context is authenticated and not stored: whoever opens must know the value's place.
    Nonces are random, which is safe for some 2**32 values under one key.
    """
    nonce = os.urandom(12)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, VERSION + context)


def open_sealed(key: bytes, token: bytes, *, context: bytes) -> bytes:
    """Open what :func:`seal` made.

    :raises CannotOpen: altered, truncated, moved to another context, or another key.
    """
    if token[:1] != VERSION or len(token) < SHORTEST:
        raise CannotOpen("This is not a sealed value of a known version.")
    try:
        return AESGCM(key).decrypt(token[1:NONCE_END], token[NONCE_END:], VERSION + context)
    except InvalidTag:
        raise CannotOpen(
            "The sealed value was altered, moved, or sealed under another key."
        ) from None
