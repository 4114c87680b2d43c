"""Padding: nothing is lost, and short names look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.sealing.padding import pad, unpad


@given(st.binary(max_size=200))
def test_unpad_gives_back_what_was_padded(plaintext: bytes) -> None:
    assert unpad(pad(plaintext)) == plaintext


@pytest.mark.parametrize("plaintext", [b"", b"\0", b"\0" * 32, b"\x80", b"\x80\0", b"a" * 31])
def test_unpad_keeps_bytes_that_look_like_padding(plaintext: bytes) -> None:
    assert unpad(pad(plaintext)) == plaintext


def test_pad_hides_the_length_of_a_name() -> None:
    assert len(pad(b"Li")) == len(pad(b"Featherstonehaugh")) == 32
