"""Padding, so that a ciphertext's length does not tell "Li" from "Featherstonehaugh"."""

BLOCK = 32
MARK = b"\x80"


def pad(plaintext: bytes) -> bytes:
    """Fill up to a multiple of 32 bytes: a mark, then zeros (ISO/IEC 7816-4)."""
    return plaintext + MARK + bytes(-(len(plaintext) + 1) % BLOCK)


def unpad(padded: bytes) -> bytes:
    """Take away what :func:`pad` put on."""
    return padded.rstrip(b"\0")[:-1]
