"""The pack and its files as one ZIP, made while it is sent and kept nowhere (L8)."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.utils import timezone

from cautionary_plugin.actions.access_requests import Pack, PackFile
from cautionary_plugin.outbox.pdf import access_pack_pdf, is_installed

Part = tuple[str, Iterable[bytes]]


def archive(pack: Pack, files: Iterable[PackFile], *, at: datetime) -> Iterator[bytes]:
    """What is sent, piece by piece: the pack as PDF (where those are made) and JSON, the files."""
    parts: list[Part] = [(f"{pack.reference}.json", [as_json(pack)])]
    if is_installed():
        parts.insert(0, (f"{pack.reference}.pdf", [access_pack_pdf(pack)]))
    return _zipped([*parts, *((file.name, file.content) for file in files)], at)


def as_json(pack: Pack) -> bytes:
    """The pack as a machine reads it."""
    return json.dumps(pack.to_json(), ensure_ascii=False, indent=2).encode()


def _zipped(parts: Iterable[Part], at: datetime) -> Iterator[bytes]:
    """One that is cut off has no list of contents, so that nobody takes it for the whole."""
    taken, when = _Taken(), timezone.localtime(at).timetuple()[:6]
    with ZipFile(taken, "w") as zipped:
        for name, pieces in parts:
            with zipped.open(ZipInfo(name, when), "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)
                    yield taken.given()
    yield taken.given()


class _Taken:
    """What was written, until it is given on."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def given(self) -> bytes:
        whole, self.pieces = b"".join(self.pieces), []
        return whole
