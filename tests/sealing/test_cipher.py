"""The cipher under everything: what opens, and all that must not."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.errors import CannotOpen
from cautionary_plugin.sealing.cipher import Key, new_key, open_sealed, seal


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_open_gives_back_what_was_sealed(plaintext: bytes, context: bytes) -> None:
    key = new_key()

    assert open_sealed(key, seal(key, plaintext, context=context), context=context) == plaintext


@given(st.binary(max_size=80), st.data())
def test_open_refuses_any_flipped_bit(plaintext: bytes, data: st.DataObject) -> None:
    key = new_key()
    token = bytearray(seal(key, plaintext, context=b"here"))
    position = data.draw(st.integers(0, len(token) - 1))
    token[position] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(CannotOpen):
        open_sealed(key, bytes(token), context=b"here")


@given(st.binary(max_size=80), st.data())
def test_open_refuses_a_shortened_token(plaintext: bytes, data: st.DataObject) -> None:
    key = new_key()
    token = seal(key, plaintext, context=b"here")
    length = data.draw(st.integers(0, len(token) - 1))

    with pytest.raises(CannotOpen):
        open_sealed(key, token[:length], context=b"here")


def test_open_refuses_another_context() -> None:
    key = new_key()
    token = seal(key, b"Quagmire", context=b"here")

    with pytest.raises(CannotOpen):
        open_sealed(key, token, context=b"there")


def test_open_refuses_another_key() -> None:
    token = seal(new_key(), b"Quagmire", context=b"here")

    with pytest.raises(CannotOpen):
        open_sealed(new_key(), token, context=b"here")


def test_seal_never_repeats_itself() -> None:
    key = new_key()

    tokens = {seal(key, b"Quagmire", context=b"here") for _ in range(1000)}

    assert len(tokens) == 1000
    assert len({token[1:13] for token in tokens}) == 1000


def test_errors_say_nothing_of_the_content() -> None:
    token = seal(new_key(), b"Quagmire", context=b"Featherstone")

    with pytest.raises(CannotOpen) as refusal:
        open_sealed(new_key(), token, context=b"Featherstone")

    assert "Quagmire" not in str(refusal.value)
    assert "Featherstone" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_key_shows_itself_to_nobody() -> None:
    key = new_key()

    assert repr(key) == str(key) == f"{key}" == "<key>"
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(key)
    with pytest.raises(TypeError):
        vars(key)


def test_keys_are_equal_by_their_bytes() -> None:
    key = new_key()

    assert key == Key(key.raw)
    assert {key, Key(key.raw)} == {key}
    assert key != new_key()
    assert key != key.raw
