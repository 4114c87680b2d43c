"""Sealed files: whole or refused, in constant memory, with access to any part."""

import tracemalloc
from collections.abc import Callable
from io import BytesIO, RawIOBase
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.cipher import Key, new_key
from cautionary_plugin.sealing.streams import (
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    content_size,
    open_range,
    open_stream,
    seal_stream,
)

KEY = new_key()
HERE = b"evidence 1"
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_000]


def content_of(size: int) -> bytes:
    return bytes(range(251)) * (size // 251) + bytes(size % 251)


def sealed(content: bytes, key: Key = KEY, context: bytes = HERE) -> bytes:
    return b"".join(seal_stream(key, BytesIO(content), context=context))


def opened(data: bytes, key: Key = KEY, context: bytes = HERE) -> bytes:
    return b"".join(open_stream(key, BytesIO(data), context=context))


def opened_range(data: bytes, start: int, stop: int) -> bytes:
    pieces = open_range(KEY, BytesIO(data), context=HERE, size=len(data), start=start, stop=stop)
    return b"".join(pieces)


def chunks_of(data: bytes) -> tuple[bytes, list[bytes]]:
    header, body = data[:HEADER_BYTES], data[HEADER_BYTES:]
    starts = range(0, len(body), SEALED_CHUNK_BYTES)
    return header, [body[start : start + SEALED_CHUNK_BYTES] for start in starts]


@pytest.mark.parametrize("size", SIZES)
def test_stream_round_trips(size: int) -> None:
    content = content_of(size)

    assert opened(sealed(content)) == content


@pytest.mark.parametrize("size", SIZES)
def test_content_size_is_told_from_the_sealed_size(size: int) -> None:
    assert content_size(len(sealed(content_of(size)))) == size


@pytest.mark.parametrize("size", [0, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 15])
def test_content_size_refuses_what_no_stream_has(size: int) -> None:
    with pytest.raises(CannotOpen):
        content_size(size)


def test_stream_holds_nothing_in_the_open() -> None:
    content = b"Wilhelmina Quagmire " * 10_000

    assert b"Quagmire" not in sealed(content)


CUTS: dict[str, Callable[[bytes, list[bytes]], bytes]] = {
    "last chunk dropped": lambda head, chunks: head + b"".join(chunks[:-1]),
    "first chunk dropped": lambda head, chunks: head + b"".join(chunks[1:]),
    "middle chunk dropped": lambda head, chunks: head + chunks[0] + chunks[2],
    "cut inside a chunk": lambda head, chunks: head + b"".join(chunks)[:-1],
    "cut to the header": lambda head, chunks: head,
    "cut inside the header": lambda head, chunks: head[:-1],
    "emptied": lambda head, chunks: b"",
    "two chunks swapped": lambda head, chunks: head + chunks[1] + chunks[0] + chunks[2],
    "a chunk repeated": lambda head, chunks: head + chunks[0] + chunks[0] + b"".join(chunks[1:]),
    "last chunk repeated": lambda head, chunks: head + b"".join(chunks) + chunks[-1],
    "a byte appended": lambda head, chunks: head + b"".join(chunks) + b"\0",
    "salt altered": lambda head, chunks: head[:-1] + bytes([head[-1] ^ 1]) + b"".join(chunks),
    "unknown version": lambda head, chunks: b"\x02" + head[1:] + b"".join(chunks),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
def test_stream_refuses_what_is_not_whole(cut: Callable[[bytes, list[bytes]], bytes]) -> None:
    header, chunks = chunks_of(sealed(content_of(2 * CHUNK_BYTES + 100)))
    assert opened(header + b"".join(chunks)) == content_of(2 * CHUNK_BYTES + 100)

    with pytest.raises(CannotOpen):
        opened(cut(header, chunks))


def test_stream_refuses_a_chunk_of_another_stream() -> None:
    header, mine = chunks_of(sealed(content_of(3 * CHUNK_BYTES)))
    _, others = chunks_of(sealed(content_of(3 * CHUNK_BYTES)))

    with pytest.raises(CannotOpen):
        opened(header + mine[0] + others[1] + mine[2])


@given(st.binary(min_size=1, max_size=500), st.data())
def test_stream_refuses_any_flipped_bit(content: bytes, data: st.DataObject) -> None:
    altered = bytearray(sealed(content))
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(CannotOpen):
        opened(bytes(altered))


def test_stream_refuses_another_key_or_context() -> None:
    data = sealed(b"evidence")

    with pytest.raises(CannotOpen):
        opened(data, key=new_key())
    with pytest.raises(CannotOpen):
        opened(data, context=b"evidence 2")


@given(st.integers(0, 3 * CHUNK_BYTES), st.integers(0, 3 * CHUNK_BYTES))
def test_range_is_the_slice_of_the_content(start: int, stop: int) -> None:
    assert opened_range(RANGED, start, stop) == RANGED_CONTENT[start:stop]


RANGED_CONTENT = content_of(2 * CHUNK_BYTES + 777)
RANGED = sealed(RANGED_CONTENT)


def test_range_reads_only_the_chunks_it_needs() -> None:
    class Counting(BytesIO):
        bytes_read = 0

        def read(self, size: int | None = -1) -> bytes:
            part = super().read(size)
            self.bytes_read += len(part)
            return part

    data = sealed(content_of(20 * CHUNK_BYTES))
    source = Counting(data)

    pieces = open_range(KEY, source, context=HERE, size=len(data), start=70_000, stop=70_010)

    assert b"".join(pieces) == content_of(20 * CHUNK_BYTES)[70_000:70_010]
    assert source.bytes_read <= HEADER_BYTES + 2 * SEALED_CHUNK_BYTES


def test_range_refuses_a_file_cut_at_a_chunk() -> None:
    header, chunks = chunks_of(sealed(content_of(3 * CHUNK_BYTES)))

    with pytest.raises(CannotOpen):
        opened_range(header + b"".join(chunks[:-1]), 0, 10)


def test_range_refuses_an_altered_chunk() -> None:
    altered = bytearray(RANGED)
    altered[HEADER_BYTES + 5] ^= 1

    with pytest.raises(CannotOpen):
        opened_range(bytes(altered), 0, 10)


def test_stream_takes_a_source_that_gives_dribs() -> None:
    class Dribbling(RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.data = BytesIO(data)

        def read(self, size: int = -1) -> bytes:
            return self.data.read(min(size, 1000))

    content = content_of(CHUNK_BYTES + 5)
    data = b"".join(seal_stream(KEY, cast(BinaryIO, Dribbling(content)), context=HERE))

    assert b"".join(open_stream(KEY, cast(BinaryIO, Dribbling(data)), context=HERE)) == content


def test_stream_needs_the_same_memory_for_any_size() -> None:
    class Endless(RawIOBase):
        left = 200 * CHUNK_BYTES

        def read(self, size: int = -1) -> bytes:
            size = min(size, self.left)
            self.left -= size
            return bytes(size)

    tracemalloc.start()
    for _ in seal_stream(KEY, cast(BinaryIO, Endless()), context=HERE):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 10 * CHUNK_BYTES
