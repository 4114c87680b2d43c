"""Escrow: the keys in the safe, and back."""

import json
from base64 import b64decode, b64encode
from functools import partial
from pathlib import Path

import pytest

from cautionary_plugin.rules.errors import BadInput, CannotOpen, KeyUnavailable
from cautionary_plugin.sealing import escrow
from cautionary_plugin.sealing.cipher import new_key
from cautionary_plugin.sealing.keyrings import FileKeyring, Keyring

PASSPHRASE = "copper kettle sixpence"
export_keys = partial(escrow.export_keys, cost=2**4)  # quick; the strength is scrypt's own


@pytest.fixture
def empty(tmp_path: Path) -> FileKeyring:
    return FileKeyring(tmp_path / "restored" / "keyring.json")


def test_restore_makes_a_keyring_that_opens_all(keyring: Keyring, empty: FileKeyring) -> None:
    key = new_key()
    old_id, under_old = keyring.wrap(key, context=b"row")
    keyring.add()
    new_id, under_new = keyring.wrap(key, context=b"row")

    added = escrow.restore_keys(empty, export_keys(keyring, PASSPHRASE), PASSPHRASE)

    assert added == sorted([old_id, new_id])
    assert empty.unwrap(old_id, under_old, context=b"row") == key
    assert empty.unwrap(new_id, under_new, context=b"row") == key
    assert empty.current == new_id
    assert empty.made_at() == keyring.made_at()
    assert empty.problems() == []


def test_restore_adds_to_a_keyring_and_keeps_its_current_key(
    keyring: Keyring, empty: FileKeyring
) -> None:
    empty.create()
    current = empty.current

    added = escrow.restore_keys(empty, export_keys(keyring, PASSPHRASE), PASSPHRASE)

    assert added == [keyring.current]
    assert empty.current == current
    assert set(empty.made_at()) == {current, keyring.current}


def test_restore_twice_changes_nothing(keyring: Keyring) -> None:
    before = keyring.reveal()

    assert escrow.restore_keys(keyring, export_keys(keyring, PASSPHRASE), PASSPHRASE) == []

    assert keyring.reveal() == before


def test_restore_refuses_another_key_under_the_same_id(
    keyring: Keyring, empty: FileKeyring
) -> None:
    empty.create()
    data = export_keys(empty, PASSPHRASE)
    text = empty.file.path.read_text()
    empty.file.path.write_text(
        text.replace(
            b64encode(empty.reveal()[empty.current].key.raw).decode(),
            b64encode(new_key().raw).decode(),
        )
    )

    with pytest.raises(KeyUnavailable, match="another key under an id"):
        escrow.restore_keys(empty, data, PASSPHRASE)


def test_wrong_passphrase_is_told(keyring: Keyring, empty: FileKeyring) -> None:
    data = export_keys(keyring, PASSPHRASE)

    with pytest.raises(CannotOpen, match="The passphrase is wrong"):
        escrow.restore_keys(empty, data, "copper kettle sixpense")

    assert not empty.file.path.exists()


def test_passphrase_is_the_same_however_it_was_typed(keyring: Keyring, empty: FileKeyring) -> None:
    data = export_keys(keyring, "caf\N{LATIN SMALL LETTER E WITH ACUTE} kettle sixpence")

    added = escrow.restore_keys(empty, data, "cafe\N{COMBINING ACUTE ACCENT} kettle sixpence")

    assert added == [keyring.current]


def test_short_passphrase_is_refused(keyring: Keyring) -> None:
    with pytest.raises(BadInput) as refusal:
        export_keys(keyring, "fourteen chars")

    assert list(refusal.value.problems) == ["passphrase"]


def test_file_holds_no_key_in_the_open(keyring: Keyring) -> None:
    (key,) = keyring.reveal().values()

    data = export_keys(keyring, PASSPHRASE)

    assert b64encode(key.key.raw) not in data
    assert key.key.raw not in b64decode(json.loads(data)["sealed"])


def test_exports_are_stretched_as_owasp_asks(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    scrypt = escrow.Scrypt

    def watched(**arguments: int) -> object:
        asked.append(arguments["n"] * arguments["r"] * arguments["p"])
        return scrypt(**{**arguments, "n": 2**4})

    monkeypatch.setattr(escrow, "Scrypt", watched)
    escrow.export_keys(keyring, PASSPHRASE)

    assert asked == [2**17 * 8]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "another"},
        {"cost": 2**40},
        {"cost": 1},
        {"cost": "many"},
        {"cost": 17},
        {"salt": "?"},
        {"sealed": "?"},
        {"sealed": None},
    ],
)
def test_damaged_head_is_refused(keyring: Keyring, change: dict[str, object]) -> None:
    data = json.dumps({**json.loads(export_keys(keyring, PASSPHRASE)), **change}).encode()

    with pytest.raises(CannotOpen, match="is not an escrow file"):
        escrow.read_escrow(data, PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"Dear Sir"])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(CannotOpen, match="is not an escrow file"):
        escrow.read_escrow(data, PASSPHRASE)


@pytest.mark.parametrize("change", [{"cost": 2**5}, {"sealed": b64encode(bytes(99)).decode()}])
def test_altered_file_is_refused(keyring: Keyring, change: dict[str, object]) -> None:
    data = json.dumps({**json.loads(export_keys(keyring, PASSPHRASE)), **change}).encode()

    with pytest.raises(CannotOpen, match="damaged"):
        escrow.read_escrow(data, PASSPHRASE)
