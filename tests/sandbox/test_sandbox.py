"""`make sandbox`, as a newcomer runs it, twice, and asked over HTTP."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.servers.postgres import free_port

pytestmark = pytest.mark.sandbox

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def make_sandbox() -> Iterator[tuple[str, str]]:
    """The address of a running sandbox, and what it had printed when it began to serve."""
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        ["make", "sandbox", f"ADDRESS={address}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "sandbox.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed = []
        for line in server.stdout:
            printed.append(line)
            if "development server at" in line:
                break
        yield f"http://{address}", "".join(printed)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate()


def read(url: str) -> str:
    with urlopen(url) as response:  # noqa: S310 - our own loopback
        return response.read().decode()


def test_sandbox_serves_a_council_and_keeps_it():
    with make_sandbox() as (url, printed):
        assert "Everybody's password: " in printed, printed
        assert "Everybody here is invented" in read(url)
        assert 'type="password"' in read(f"{url}/cautionary/check/")

    with make_sandbox() as (url, printed):
        assert "Inventing" not in printed, printed
        assert 'type="password"' in read(f"{url}/cautionary/check/")
