"""Sealed objects in a storage: put, open, and remove with every version of it.

What lies in the storage is ciphertext under a random name, on local disk or in a bucket. Each
object is bound to the row that it belongs to, so that one put in place of another does not open.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from cautionary_plugin.conf import conf, private_folder
from cautionary_plugin.rules.errors import NotStored, SealingError
from cautionary_plugin.sealing.buckets import open_parts
from cautionary_plugin.sealing.cipher import Key
from cautionary_plugin.sealing.streams import content_size, open_range, seal_stream

logger = logging.getLogger(__name__)

IN_MEMORY = 1 << 20


def evidence_storage() -> Storage:
    """The storage that ``CAUTIONARY_EVIDENCE_STORAGE`` names, or the private folder."""
    if conf.EVIDENCE_STORAGE:
        return storages[conf.EVIDENCE_STORAGE]
    return FileSystemStorage(
        location=private_folder() / "evidence",
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def random_name() -> str:
    """A name that nothing can be told from, two folders deep so that none grows too full."""
    name = uuid4().hex
    return f"{name[:2]}/{name[2:4]}/{name}"


def put(key: Key, content: BinaryIO, *, name: str, owner: UUID) -> None:
    """Seal the content and store it under the name.

    :param owner: primary key of the row that the object belongs to.
    :raises NotStored: the storage does not take it; nothing of it is left.
    """
    with SpooledTemporaryFile(IN_MEMORY) as sealed:  # ciphertext only, should it reach a disk
        for piece in seal_stream(key, content, context=_context(owner)):
            sealed.write(piece)
        sealed.seek(0)
        try:
            taken = evidence_storage().save(name, File(cast("Any", sealed), name=name))
        except Exception as failure:
            take_away(name)  # it may be there, and only the answer was lost
            raise _does_not_answer() from failure
    if taken != name:
        take_away(taken)
        raise _does_not_answer()


def get(
    key: Key, *, name: str, owner: UUID, start: int = 0, stop: int | None = None
) -> Iterator[bytes]:
    """Yield the content, or its bytes from ``start`` up to, not including, ``stop``.

    The first piece is opened before this returns, so that what is missing or altered is known
    before the first byte is handed out.

    :raises NotStored: there is no such object, or the storage does not answer.
    :raises CannotOpen: it was altered, cut, or put in place of another.
    """
    pieces = _pieces(key, name, owner, start, stop)
    first = next(pieces, b"")
    return _joined(first, pieces)


def _joined(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _pieces(key: Key, name: str, owner: UUID, start: int, stop: int | None) -> Iterator[bytes]:
    try:
        with _opened(name) as object_:
            size = object_.seek(0, SEEK_END)
            end = content_size(size) if stop is None else stop
            yield from open_range(
                key, object_, context=_context(owner), size=size, start=start, stop=end
            )
    except FileNotFoundError:
        raise NotStored(
            "This file is not in the storage. Tell the people who run the intranet."
        ) from None
    except (SealingError, GeneratorExit):
        raise
    except Exception as failure:
        raise _does_not_answer() from failure


def _opened(name: str) -> BinaryIO:
    storage = evidence_storage()
    if hasattr(storage, "bucket"):
        return open_parts(storage, name)
    return cast("BinaryIO", storage.open(name, "rb"))


def take_away(name: str) -> None:
    """Remove what no row will belong to, as well as that can be done now.

    What stays, because the storage does not answer, goes when storage and rows are compared.
    """
    try:
        remove(name)
    except NotStored:
        logger.warning("An object that belongs to nothing stays until the storage answers.")


def remove(name: str) -> int:
    """Remove the object with every version that the storage keeps of it; return how many.

    Removing what is not there removes nothing, and is no error.

    :raises NotStored: the storage does not answer or does not let go of a version.
    """
    storage = evidence_storage()
    try:
        if hasattr(storage, "bucket"):
            return _remove_versions(storage, name)
        there = storage.exists(name)
        storage.delete(name)
    except Exception as failure:
        raise _does_not_answer() from failure
    return int(there)


def _remove_versions(storage: Any, name: str) -> int:
    """All versions and delete markers of one object in a bucket (django-storages, boto3)."""
    key = storage._normalize_name(name)
    versions = storage.bucket.object_versions.filter(Prefix=key)
    mine = [
        {"Key": each.object_key, "VersionId": each.id}
        for each in versions
        if each.object_key == key
    ]
    for start in range(0, len(mine), 1000):
        answer = storage.bucket.delete_objects(
            Delete={"Objects": mine[start : start + 1000], "Quiet": True}
        )
        if answer.get("Errors"):
            raise OSError("The bucket does not let go of a version.")
    return len(mine)


def _context(owner: UUID) -> bytes:
    return b"evidence\0" + owner.bytes


def _does_not_answer() -> NotStored:
    return NotStored("The storage of evidence does not answer. Try again in a few minutes.")


@dataclass(frozen=True)
class Written:
    """An object of the storage.

    :ivar at: when its latest version was written.
    :ivar readable: False where a version is left, but the latest says that it was deleted.
    """

    at: datetime
    readable: bool = True


def written() -> dict[str, Written]:
    """Every object of the storage by its name.

    :raises NotStored: the storage does not answer.
    """
    storage = evidence_storage()
    try:
        found = _versions(storage) if hasattr(storage, "bucket") else _files(storage, "")
        return dict(found)
    except Exception as failure:
        raise _does_not_answer() from failure


def _versions(storage: Any) -> Iterator[tuple[str, Written]]:
    """Versions of one object follow one another; a mark of deletion is a version without a size."""
    folder = storage.location.strip("/")
    prefix = f"{folder}/" if folder else ""
    found: dict[str, Written] = {}
    for each in storage.bucket.object_versions.filter(Prefix=prefix):
        name = each.object_key.removeprefix(prefix)
        before = found.get(name, Written(each.last_modified, readable=False))
        readable = before.readable or (bool(each.is_latest) and each.size is not None)
        found[name] = Written(max(each.last_modified, before.at), readable)
    return iter(found.items())


def _files(storage: Storage, folder: str) -> Iterator[tuple[str, Written]]:
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        yield path, Written(storage.get_modified_time(path))
    for name in folders:
        yield from _files(storage, f"{folder}/{name}".lstrip("/"))
