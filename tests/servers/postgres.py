"""A private PostgreSQL for one command: ``python -m tests.servers.postgres -- COMMAND …``.

PostgreSQL refuses to run as root, so root starts it as ``postgres`` or, failing that, ``nobody``.
It lives in a temporary folder, listens on the loopback at a free port, and dies with the command.
The command finds it through the ``PG…`` variables of libpq.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "cautionary"


def _programs() -> Path:
    """The folder of ``initdb``: on the path, or where Debian keeps it, the newest first."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda initdb: int(initdb.parts[-3]), default=None)
    if newest is None:
        raise SystemExit("No PostgreSQL server here; on Debian: apt install postgresql")
    return newest.parent


def _runner() -> str | None:
    """Whom to run the server as; None: the user that we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """Run a server for the length of the block and yield the variables that lead to it."""
    programs, runner, port = _programs(), _runner(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="cautionary-postgres-"))
    if runner:
        shutil.chown(folder, runner)

    def run(program: str, *arguments: str) -> None:
        prefix = ["runuser", "-u", runner, "--"] if runner else []
        command = [*prefix, str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    try:
        run("initdb", "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield {
                "PGHOST": "127.0.0.1",
                "PGPORT": str(port),
                "PGUSER": NAME,
                "PGDATABASE": "postgres",
            }
        finally:
            run("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run the command beside a server and pass on its exit status."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise SystemExit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres() as where:
        return subprocess.run(command, env={**os.environ, **where}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
