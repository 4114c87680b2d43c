"""Files too large to hold in memory: sealed in chunks, each of which opens on its own.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015; the same shape as the
payload of an age file)::

    version (1) | salt (32) | chunk 0 | chunk 1 | … | last chunk
    chunk  = AES-256-GCM of up to 64 KiB, and its tag (16)
    nonce  = number of the chunk (11 bytes) | 1 for the last chunk, else 0

Each stream draws a salt, and with it a key of its own (HKDF of the file's key, the salt and
the context). So a chunk opens only at its own number of its own stream: dropping, swapping,
repeating or splicing chunks, and cutting the end off, are all noticed.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.cipher import Key

VERSION = b"\x01"
SALT_BYTES = 32
HEADER_BYTES = 1 + SALT_BYTES
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES


def seal_stream(key: Key, source: BinaryIO, *, context: bytes) -> Iterator[bytes]:
    """Yield the sealed form of everything that ``source`` still has, piece by piece."""
    salt = os.urandom(SALT_BYTES)
    cipher = _cipher(key, salt, context)
    yield VERSION + salt
    for number, chunk, is_last in _chunks(source, CHUNK_BYTES):
        yield cipher.encrypt(_nonce(number, is_last), chunk, None)


def open_stream(key: Key, source: BinaryIO, *, context: bytes) -> Iterator[bytes]:
    """Yield the content of a sealed stream, piece by piece.

    Each piece is authentic and in its place; only when the iterator ends without an error is
    the content known to be whole.

    :raises CannotOpen: altered, cut, rearranged, moved, or sealed under another key.
    """
    cipher = _cipher(key, _read_salt(source), context)
    for number, chunk, is_last in _chunks(source, SEALED_CHUNK_BYTES):
        yield _open_chunk(cipher, number, chunk, is_last)


def open_range(
    key: Key, source: BinaryIO, *, context: bytes, size: int, start: int, stop: int
) -> Iterator[bytes]:
    """Yield the content's bytes from ``start`` up to, not including, ``stop``.

    Reads the chunks in question, and the last one first: it vouches for the length.

    :param source: can seek; stands for the sealed stream from its first byte.
    :param size: how many bytes the sealed stream has.
    :raises CannotOpen: as :func:`open_stream`, for the chunks that are read.
    """
    last = _last_number(size)
    source.seek(0)
    cipher = _cipher(key, _read_salt(source), context)
    tail = _open_at(cipher, source, last, last)
    stop = min(stop, last * CHUNK_BYTES + len(tail))
    for number in range(start // CHUNK_BYTES, -(-stop // CHUNK_BYTES)):
        chunk = tail if number == last else _open_at(cipher, source, number, last)
        first = number * CHUNK_BYTES
        yield chunk[max(start - first, 0) : stop - first]


def content_size(size: int) -> int:
    """Tell how many bytes of content a sealed stream of ``size`` bytes has.

    :raises CannotOpen: no sealed stream has that size.
    """
    return size - HEADER_BYTES - TAG_BYTES * (_last_number(size) + 1)


def _last_number(size: int) -> int:
    whole, rest = divmod(size - HEADER_BYTES, SEALED_CHUNK_BYTES)
    if whole < 0 or 0 < rest < TAG_BYTES or (whole, rest) == (0, 0):
        raise _damaged()
    return whole if rest else whole - 1


def _open_at(cipher: AESGCM, source: BinaryIO, number: int, last: int) -> bytes:
    source.seek(HEADER_BYTES + number * SEALED_CHUNK_BYTES)
    return _open_chunk(cipher, number, _read(source, SEALED_CHUNK_BYTES), number == last)


def _open_chunk(cipher: AESGCM, number: int, chunk: bytes, is_last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(number, is_last), chunk, None)
    except (InvalidTag, ValueError):
        raise _damaged() from None


def _cipher(key: Key, salt: bytes, context: bytes) -> AESGCM:
    info = b"cautionary_plugin stream\0" + context
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key.raw))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def _read_salt(source: BinaryIO) -> bytes:
    header = _read(source, HEADER_BYTES)
    if header[:1] != VERSION or len(header) != HEADER_BYTES:
        raise _damaged()
    return header[1:]


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield number, chunk, and whether it is the last; an empty source has one empty chunk."""
    number, chunk = 0, _read(source, size)
    while following := _read(source, size):
        yield number, chunk, False
        number, chunk = number + 1, following
    yield number, chunk, True


def _read(source: BinaryIO, size: int) -> bytes:
    """Read ``size`` bytes, or fewer only at the end, though the source gives them in dribs."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _damaged() -> CannotOpen:
    return CannotOpen("The sealed file was altered, cut, moved, or sealed under another key.")
