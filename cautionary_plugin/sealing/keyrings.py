"""The keys that wrap every file's own key; they live outside the database.

Several at once, one of them current, so that they can be replaced without a pause: new keys
are wrapped with the current one, old ones open with whichever wrapped them.
"""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from os import PathLike
from typing import Any

from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from cautionary_plugin.conf import conf
from cautionary_plugin.rules.errors import KeyUnavailable
from cautionary_plugin.sealing.cipher import Key, new_key, open_sealed, seal
from cautionary_plugin.sealing.keyring_file import Contents, KeyringFile, Stamp, StoredKey


@dataclass(frozen=True)
class WrappingKey:
    """A wrapping key in the open, as escrow carries it."""

    made_at: datetime
    key: Key


class Keyring(ABC):
    """Wrapping keys in a file; a kind of keyring says what the file holds of each key.

    The file is looked at on each call and read anew when it changed, so that a rotation by
    another process is heard at once.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.file = KeyringFile(path)
        self._read: tuple[Stamp, Contents] | None = None
        self._opened: dict[tuple[str, bytes], Key] = {}

    @abstractmethod
    def _make(self, wrapping_id: str) -> tuple[Key, bytes]:
        """Make a wrapping key: the key, and the material that the file keeps of it."""

    @abstractmethod
    def _open(self, wrapping_id: str, material: bytes) -> Key:
        """Get the wrapping key back from its material.

        :raises KeyUnavailable: what it takes is out of reach.
        """

    @abstractmethod
    def _shut(self, wrapping_id: str, key: Key) -> bytes:
        """Make the material for a wrapping key that exists already."""

    def create(self) -> str:
        """Make the keyring with its first wrapping key; return the key's id.

        :raises KeyUnavailable: it exists already.
        """
        wrapping_id, stored = self._new()
        self.file.create(Contents(wrapping_id, {wrapping_id: stored}))
        return wrapping_id

    def add(self) -> str:
        """Add a wrapping key and make it current; return its id."""
        wrapping_id, stored = self._new()
        self.file.change(
            lambda now: Contents(wrapping_id, {**now.keys, wrapping_id: stored}),
        )
        return wrapping_id

    def retire(self, wrapping_id: str) -> None:
        """Forget a wrapping key for good. What it wrapped opens no more: see ``rotation``.

        :raises KeyUnavailable: it is the current one, or there is no such key.
        """

        def without(now: Contents) -> Contents:
            if wrapping_id == now.current:
                raise KeyUnavailable("The current wrapping key cannot be retired.")
            if wrapping_id not in now.keys:
                raise _no_such_key(wrapping_id)
            return replace(now, keys={k: v for k, v in now.keys.items() if k != wrapping_id})

        self.file.change(without)

    def wrap(self, key: Key, *, context: bytes) -> tuple[str, bytes]:
        """Wrap a key with the current wrapping key; return that one's id and the wrapped key."""
        current = self.current
        return current, seal(self._key(current), key.raw, context=context)

    def unwrap(self, wrapping_id: str, wrapped: bytes, *, context: bytes) -> Key:
        """Give back a key that :meth:`wrap` wrapped.

        :raises KeyUnavailable: the keyring is out of reach or lacks that wrapping key.
        :raises CannotOpen: the wrapped key was altered or belongs elsewhere.
        """
        return Key(open_sealed(self._key(wrapping_id), wrapped, context=context))

    @property
    def current(self) -> str:
        """The id of the wrapping key that new keys are wrapped with."""
        return self._contents().current

    def made_at(self) -> dict[str, datetime]:
        """The ids of all wrapping keys and when each was made."""
        return {wrapping_id: key.made_at for wrapping_id, key in self._contents().keys.items()}

    def stamp(self) -> Stamp:
        """Something that differs whenever the keyring changed; cheap."""
        return self.file.stamp()

    def problems(self) -> list[str]:
        """Say in plain words what an administrator should put right."""
        return self.file.problems()

    def reveal(self) -> dict[str, WrappingKey]:
        """Give every wrapping key in the open. Only escrow has a use for this."""
        stored = self._contents().keys
        return {k: WrappingKey(v.made_at, self._key(k)) for k, v in stored.items()}

    def adopt(self, keys: Mapping[str, WrappingKey], *, current: str) -> list[str]:
        """Take keys from escrow; return the ids that were missing here.

        A keyring that is not there yet is created, with ``current`` as its current key; one
        that is keeps its own current key.

        :raises KeyUnavailable: the two hold different keys under one id.
        """
        if not self.file.path.exists():
            self.file.create(Contents(current, self._stored(keys)))
            return sorted(keys)
        mine = self.reveal()
        if any(mine[k].key != key.key for k, key in keys.items() if k in mine):
            raise KeyUnavailable("The escrow holds another key under an id of this keyring.")
        missing = self._stored({k: key for k, key in keys.items() if k not in mine})
        self.file.change(lambda now: replace(now, keys={**missing, **now.keys}))
        return sorted(missing)

    def _stored(self, keys: Mapping[str, WrappingKey]) -> dict[str, StoredKey]:
        return {k: StoredKey(key.made_at, self._shut(k, key.key)) for k, key in keys.items()}

    def _new(self) -> tuple[str, StoredKey]:
        wrapping_id = f"k-{secrets.token_hex(8)}"
        key, material = self._make(wrapping_id)
        self._opened[wrapping_id, material] = key
        return wrapping_id, StoredKey(datetime.now(UTC), material)

    def _contents(self) -> Contents:
        stamp = self.file.stamp()
        if self._read is None or self._read[0] != stamp:
            contents = self.file.read()
            kept = {(wrapping_id, key.material) for wrapping_id, key in contents.keys.items()}
            self._opened = {k: v for k, v in self._opened.items() if k in kept}
            self._read = stamp, contents
        return self._read[1]

    def _key(self, wrapping_id: str) -> Key:
        stored = self._contents().keys.get(wrapping_id)
        if stored is None:
            raise _no_such_key(wrapping_id)
        key = self._opened.get((wrapping_id, stored.material))
        if key is None:
            key = self._opened[wrapping_id, stored.material] = self._open(
                wrapping_id, stored.material
            )
        return key


class FileKeyring(Keyring):
    """Wrapping keys in a file that only the site's own account can read."""

    def _make(self, wrapping_id: str) -> tuple[Key, bytes]:
        key = new_key()
        return key, key.raw

    def _open(self, wrapping_id: str, material: bytes) -> Key:
        return Key(material)

    def _shut(self, wrapping_id: str, key: Key) -> bytes:
        return key.raw


_made: tuple[str, dict[str, Any], Keyring] | None = None


def get_keyring() -> Keyring:
    """Return the keyring that ``CAUTIONARY_KEYRING`` names: the same one for the same setting."""
    global _made
    setting: dict[str, Any] = conf.KEYRING
    backend, options = setting["BACKEND"], setting.get("OPTIONS", {})
    made = _made
    if made is None or made[0] != backend or made[1] != options:
        made = _made = backend, dict(options), import_string(backend)(**options)
    return made[2]


def _forget_keyring(*, setting: str, **_: Any) -> None:
    global _made
    if setting in {"CAUTIONARY_KEYRING", "BASE_DIR"}:
        _made = None


setting_changed.connect(_forget_keyring)


def _no_such_key(wrapping_id: str) -> KeyUnavailable:
    return KeyUnavailable(f"The keyring has no wrapping key {wrapping_id}; restore it from escrow.")
