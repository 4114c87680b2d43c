"""An object in a bucket, read in parts: who asks for a minute of a film does not fetch all of it.

django-storages fetches an object whole before its first byte.
"""

from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from typing import Any

from botocore.exceptions import ClientError

AT_ONCE = 1 << 20


def open_parts(storage: Any, name: str) -> BufferedReader:
    """The object, open for reading and seeking; at most ``AT_ONCE`` bytes are fetched at a time.

    :param storage: of django-storages, with a bucket.
    :raises FileNotFoundError: there is none of this name.
    """
    found = storage.bucket.Object(storage._normalize_name(name))
    try:
        size: int = found.content_length
    except ClientError as failure:
        if failure.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError from None
        raise
    return BufferedReader(_Parts(found, size), AT_ONCE)


class _Parts(RawIOBase):
    def __init__(self, found: Any, size: int) -> None:
        self.found, self.size, self.place = found, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self.place = {SEEK_SET: 0, SEEK_CUR: self.place, SEEK_END: self.size}[whence] + offset
        return self.place

    def readinto(self, into: Any) -> int:
        """Fill ``into`` from here; a part that breaks off raises botocore's error for that."""
        stop = min(self.place + len(into), self.size)
        if self.place >= stop:
            return 0
        part = self.found.get(Range=f"bytes={self.place}-{stop - 1}")["Body"].read()
        into[: len(part)] = part
        self.place += len(part)
        return len(part)
