"""The wrapping keys in one file for the safe, shut with a passphrase.

JSON: how the passphrase becomes a key (scrypt), and the sealed keys. Nothing else is needed to
restore them, so the file and the passphrase must lie in different places.
"""

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from cautionary_plugin.rules.errors import BadInput, CannotOpen
from cautionary_plugin.sealing.cipher import KEY_BYTES, Key, open_sealed, seal
from cautionary_plugin.sealing.keyrings import Keyring, WrappingKey

FORMAT = "cautionary_plugin escrow 1"
SHORTEST_PASSPHRASE = 15
COST = 2**17  # times 8 blocks of 128 bytes: 128 MiB, about half a second
HIGHEST_COST = 2**20


@dataclass(frozen=True)
class Escrow:
    """What an escrow file holds, once opened."""

    current: str
    keys: Mapping[str, WrappingKey]


def export_keys(keyring: Keyring, passphrase: str, *, cost: int = COST) -> bytes:
    """Return the escrow file's bytes: every wrapping key, shut with the passphrase.

    :raises BadInput: the passphrase is shorter than fifteen characters.
    :raises KeyUnavailable: the keyring cannot be read.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput({"passphrase": ["Use a passphrase of at least 15 characters."]})
    head = {"format": FORMAT, "cost": cost, "salt": b64encode(os.urandom(16)).decode()}
    keys = {
        wrapping_id: {"made_at": key.made_at.isoformat(), "key": b64encode(key.key.raw).decode()}
        for wrapping_id, key in keyring.reveal().items()
    }
    inside = json.dumps({"current": keyring.current, "keys": keys}).encode()
    sealed = seal(_stretch(passphrase, head), inside, context=_bound(head))
    return json.dumps({**head, "sealed": b64encode(sealed).decode()}, indent=2).encode() + b"\n"


def read_escrow(data: bytes, passphrase: str) -> Escrow:
    """Open an escrow file.

    :raises CannotOpen: it is none, it is damaged, or the passphrase is wrong.
    """
    try:
        head = json.loads(data)
        sealed = b64decode(head.pop("sealed"), validate=True)
        if head["format"] != FORMAT or not 1 < head["cost"] <= HIGHEST_COST:
            raise ValueError("not ours")
        key = _stretch(passphrase, head)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CannotOpen("This is not an escrow file of this package, or it is damaged.") from None
    try:
        inside = json.loads(open_sealed(key, sealed, context=_bound(head)))
    except CannotOpen:
        raise CannotOpen("The passphrase is wrong, or the escrow file is damaged.") from None
    return Escrow(
        inside["current"],
        {
            wrapping_id: WrappingKey(datetime.fromisoformat(k["made_at"]), Key(b64decode(k["key"])))
            for wrapping_id, k in inside["keys"].items()
        },
    )


def restore_keys(keyring: Keyring, data: bytes, passphrase: str) -> list[str]:
    """Put an escrow file's keys into the keyring, made if need be; return the ids it lacked.

    :raises CannotOpen: as :func:`read_escrow`.
    :raises KeyUnavailable: the keyring is out of reach, or holds other keys under these ids.
    """
    escrow = read_escrow(data, passphrase)
    return keyring.adopt(escrow.keys, current=escrow.current)


def _stretch(passphrase: str, head: Mapping[str, Any]) -> Key:
    salt = b64decode(head["salt"], validate=True)
    text = unicodedata.normalize("NFC", passphrase).encode()
    return Key(Scrypt(salt=salt, length=KEY_BYTES, n=head["cost"], r=8, p=1).derive(text))


def _bound(head: Mapping[str, Any]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()
