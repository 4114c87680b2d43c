"""Other processes of the same site, and what they answer."""

import json
import os
import signal
import subprocess
import sys
from threading import Timer
from typing import Any

from django.db import connection

from cautionary_plugin.sealing.keyrings import get_keyring
from tests.council import Council

PATIENCE = 90  # seconds: then it hangs, as after a fork with a lock that nobody will release


class Other:
    """Another process on the database of the test; it ends with the block."""

    opened = 0  # how many people it opened for its last answer

    def __init__(self, council: Council, officer: Any) -> None:
        arguments = {
            "database": str(connection.settings_dict["NAME"]),
            "keyring": str(get_keyring().file.path),
            "officer": officer.get_username(),
            "owner": council.owner.get_username(),
        }
        module = "tests.lookup.another_process"
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", module, json.dumps(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self) -> "Other":
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.communicate()

    def check(self, **boxes: str) -> list[str]:
        """Give the outcome of a check, and the references that were found."""
        return self._tell("check", boxes)

    def list(self, **cells: str) -> str:
        """Bring somebody in; give the reference."""
        return self._tell("list", cells)[0]

    def end(self, reference: str) -> None:
        """Withdraw an entry."""
        self._tell("end", reference)

    def fork(self, busy: str) -> None:
        """Go on as its own child, forked while a thread was busy."""
        self._tell("fork", busy)

    def _tell(self, order: str, told: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        hangs = Timer(PATIENCE, os.killpg, [self._process.pid, signal.SIGKILL])
        hangs.start()
        self._process.stdin.write(json.dumps([order, told]) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        hangs.cancel()
        self.opened = said["opened"]
        return said["answer"]
