"""The journal of what was erased, outside the database: one line a file, never anybody's name.

A backup that is restored brings erased files back. The journal is not part of it, and so it
knows numbers that the restored database does not (decision 9). A line::

    {"n": 17, "file": "6f1c…", "reference": "FILE-2026-0042", "at": "2026-12-02T03:00:00+00:00"}

Numbers count up by one. A line that a power cut left half written counts as not written.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files import locks

from cautionary_plugin.conf import conf
from cautionary_plugin.rules.errors import ErasuresUnknown
from cautionary_plugin.sealing.keyring_file import Stamp, hand_over, settle
from cautionary_plugin.sealing.keyrings import get_keyring

TAIL = 4096
NAME = "erased.jsonl"


@dataclass(frozen=True)
class Line:
    """One file that was erased, or is about to be."""

    number: int
    file: UUID
    reference: str
    at: datetime

    def to_json(self) -> bytes:
        told = {
            "n": self.number,
            "file": str(self.file),
            "reference": self.reference,
            "at": self.at.isoformat(),
        }
        return json.dumps(told).encode() + b"\n"

    @classmethod
    def from_json(cls, raw: bytes) -> "Line":
        told = json.loads(raw)
        return cls(
            told["n"],
            UUID(told["file"]),
            told["reference"],
            datetime.fromisoformat(told["at"]),
        )


class Journal:
    """Reads the file, and adds to its end."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def stamp(self) -> Stamp | None:
        """Tell whether the file changed, without reading it; None where there is none.

        :raises ErasuresUnknown: it is out of reach.
        """
        try:
            stat = os.stat(self.path)  # noqa: PTH116 - once per request
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(error) from None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def last(self) -> Line | None:
        """The last whole line.

        :raises ErasuresUnknown: the journal is damaged or out of reach.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
                *whole, _torn = file.read().split(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(error) from None
        return self._read(whole[-1]) if whole else None

    def lines(self, *, after: int = 0) -> Iterator[Line]:
        """The lines with greater numbers, in their order.

        :raises ErasuresUnknown: the journal is damaged or out of reach.
        """
        try:
            with self.path.open("rb") as file:
                for raw in file:
                    if raw.endswith(b"\n") and (line := self._read(raw)).number > after:
                        yield line
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unreadable(error) from None

    def append(self, lines: Iterable[Line]) -> int:
        """Add those that are not there yet, and wait until they are on the disk.

        :param lines: in the order of their numbers, without a gap.
        :returns: how many were added.
        :raises ErasuresUnknown: the journal is damaged, or cannot be written.
        """
        try:
            with self._locked():
                return self._append(lines)
        except OSError as error:
            raise self._unreadable(error) from None

    def _append(self, lines: Iterable[Line]) -> int:
        last = self.last()
        known = last.number if last else 0
        new = [line for line in lines if line.number > known]
        if not new:
            return 0
        with self.path.open("ab") as file:
            file.truncate(_end_of_whole_lines(self.path))
            file.write(b"".join(line.to_json() for line in new))
            file.flush()
            os.fsync(file.fileno())
        hand_over(str(self.path), like=self.path.parent)
        settle(self.path.parent)
        return len(new)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.path.parent / f"{self.path.name}.lock").open("ab") as lock:
            hand_over(lock.name, like=self.path.parent)
            locks.lock(lock, locks.LOCK_EX)
            self.path.touch(mode=0o600)
            yield

    def _read(self, raw: bytes) -> Line:
        try:
            return Line.from_json(raw)
        except (ValueError, KeyError, TypeError):
            raise ErasuresUnknown(
                f"The journal {self.path} is damaged; restore it from its backup."
            ) from None

    def _unreadable(self, error: OSError) -> ErasuresUnknown:
        return ErasuresUnknown(f"The journal {self.path} is out of reach ({error.strerror}).")


def get_journal() -> Journal:
    """The journal that ``CAUTIONARY_DELETION_JOURNAL`` names, or the one beside the keyring."""
    path = conf.DELETION_JOURNAL
    return Journal(path or Path(get_keyring().file.path).parent / NAME)


def _end_of_whole_lines(path: Path) -> int:
    """Where the last whole line ends: what comes after it was torn off while it was written."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - TAIL))
        return start + file.read().rfind(b"\n") + 1
