"""What a thief gets, and whether a secret is in it."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from tests.servers.postgres import _programs


def database_as_a_thief_has_it() -> bytes:
    """The bytes of SQLite's files, or what ``pg_dump`` writes."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        files = [path for end in ("", "-wal", "-shm") if (path := Path(f"{name}{end}")).exists()]
        return b"".join(path.read_bytes() for path in files)
    program = shutil.which("pg_dump") or str(_programs() / "pg_dump")
    return subprocess.run([program, name], env=os.environ, check=True, capture_output=True).stdout


def found(secrets: list[str], where: bytes | str) -> list[str]:
    """The secrets that are there in any usual encoding, whatever the case."""
    hay = where if isinstance(where, bytes) else where.encode()
    hay = hay.lower()
    return [
        secret
        for secret in secrets
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if secret.lower().encode(encoding) in hay
    ]


def bytes_as_stored(value: bytes) -> bytes:
    """How a column of bytes looks in what :func:`database_as_a_thief_has_it` gives."""
    return value if connection.vendor == "sqlite" else value.hex().encode()
