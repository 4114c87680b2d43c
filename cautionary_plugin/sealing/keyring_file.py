"""The file that a keyring is kept in: read whole, written whole, by one writer at a time.

JSON, so that an administrator can see what there is::

    {"version": 1, "current": "k-…", "keys": {"k-…": {"made_at": "…Z", "material": "base64"}}}
"""

import json
import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files import locks

from cautionary_plugin.rules.errors import KeyUnavailable

VERSION = 1
OTHERS = 0o077
OTHERS_WRITE = 0o022
Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class StoredKey:
    """One wrapping key as the file holds it.

    :ivar material: the key itself, or what the key service made of it.
    """

    made_at: datetime
    material: bytes = field(repr=False)


@dataclass(frozen=True)
class Contents:
    """What the file says: the wrapping keys by id, and which of them wraps new keys."""

    current: str
    keys: Mapping[str, StoredKey]


class KeyringFile:
    """Reads and replaces the file; knows nothing of what the material means."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def stamp(self) -> Stamp:
        """Tell whether the file changed, without reading it: it differs after each write.

        :raises KeyUnavailable: there is no file, or it is out of reach.
        """
        try:
            stat = os.stat(self.path)  # noqa: PTH116 - a third of the time, once per key opened
        except OSError as error:
            raise self._unreadable(error) from None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def read(self) -> Contents:
        """Read the file as it is now.

        :raises KeyUnavailable: missing, unreadable, or not a keyring.
        """
        try:
            return _parse(self.path.read_bytes())
        except OSError as error:
            raise self._unreadable(error) from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyUnavailable(f"The keyring {self.path} is damaged; restore it.") from None

    def create(self, contents: Contents) -> None:
        """Write the first version, in a folder that only its owner may enter.

        A folder made here also gets a ``.gitignore``, so that no key is ever committed.

        :raises KeyUnavailable: there is a file already, or the folder cannot be made.
        """
        self._make_folder()
        with self._locked():
            if self.path.exists():
                raise KeyUnavailable(f"The keyring {self.path} exists already; it stays as it is.")
            self._replace(contents)

    def change(self, how: Callable[[Contents], Contents]) -> None:
        """Replace the contents by what ``how`` makes of them, while other writers wait."""
        with self._locked():
            self._replace(how(self.read()))

    def problems(self) -> list[str]:
        """Say in plain words what an administrator should put right."""
        try:
            mode, folder_mode = self.path.stat().st_mode, self.path.parent.stat().st_mode
            self.read()
        except OSError as error:
            return [str(self._unreadable(error))]
        except KeyUnavailable as error:
            return [str(error)]
        found = []
        if os.name == "posix" and mode & OTHERS:
            found.append(f"Others can reach the keyring {self.path}: run chmod 600 on it.")
        if os.name == "posix" and folder_mode & OTHERS_WRITE:
            found.append(f"Others can write to the folder {self.path.parent}: chmod 700 it.")
        return found

    def _make_folder(self) -> None:
        """The folder is there afterwards, whoever made it: several workers may begin at once."""
        folder = self.path.parent
        try:
            folder.mkdir(mode=0o700, parents=True)
        except FileExistsError:
            return
        except OSError as error:
            raise self._unreadable(error) from None
        (folder / ".gitignore").write_text("*\n")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            lock = (self.path.parent / f"{self.path.name}.lock").open("ab")
        except OSError as error:
            raise self._unreadable(error) from None
        with lock:
            hand_over(lock.name, like=self.path.parent)
            locks.lock(lock, locks.LOCK_EX)
            yield

    def _replace(self, contents: Contents) -> None:
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f"{self.path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_write(contents))
                file.flush()
                os.fsync(file.fileno())
            hand_over(name, like=self.path if self.path.exists() else self.path.parent)
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        settle(self.path.parent)

    def _unreadable(self, error: OSError) -> KeyUnavailable:
        if isinstance(error, FileNotFoundError):
            advice = (
                "on a new site 'cautionary_setup' makes it ('cautionary_keys create' makes nothing "
                "else); on any other restore it from its backup"
            )
        else:
            advice = f"it cannot be read ({error.strerror})"
        return KeyUnavailable(f"There is no usable keyring at {self.path}: {advice}.")


def hand_over(name: str, *, like: Path) -> None:
    """Let root's work belong to the site's own account, which has to read it."""
    if os.name == "posix" and os.geteuid() == 0:
        owner = like.stat()
        os.chown(name, owner.st_uid, owner.st_gid)


def settle(folder: Path) -> None:
    """Make the renaming last through a power cut, where folders can be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _parse(raw: bytes) -> Contents:
    data = json.loads(raw)
    if data["version"] != VERSION:
        raise ValueError("unknown version")
    keys = {
        wrapping_id: StoredKey(
            datetime.fromisoformat(key["made_at"]), b64decode(key["material"], validate=True)
        )
        for wrapping_id, key in data["keys"].items()
    }
    if data["current"] not in keys:
        raise ValueError("no current key")
    return Contents(data["current"], keys)


def _write(contents: Contents) -> bytes:
    keys = {
        wrapping_id: {
            "made_at": key.made_at.isoformat(),
            "material": b64encode(key.material).decode(),
        }
        for wrapping_id, key in contents.keys.items()
    }
    data = {"version": VERSION, "current": contents.current, "keys": keys}
    return json.dumps(data, indent=2).encode() + b"\n"
