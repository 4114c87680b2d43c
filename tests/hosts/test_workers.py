"""Two workers of gunicorn: what one of them has decided, each of them answers (L4)."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any, NamedTuple
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

from tests.life import REPORTED
from tests.servers.postgres import free_port

pytestmark = pytest.mark.hosts

TOKEN = "a" * 32
ATTEMPTS = 50
REFERENCE = re.compile(r"CPR-\d{4}-\d+")
HANDLING = "Do not visit alone."


class Page(NamedTuple):
    """An answer, and the process that gave it."""

    status: int
    worker: str | None
    text: str


class Site:
    """The served site as its owner's browser sees it."""

    def __init__(self, port: int, known: dict[str, Any]) -> None:
        self.port, self.known = port, known
        cookie, self._field = known["csrf"]
        cookies = {**known["cookies"], cookie: TOKEN}
        self._headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }

    def post(self, path: str, **typed: Any) -> Page:
        """Post, to whichever worker is free."""
        return self._finish(self._begin(path), typed)

    def check_with_each(self) -> list[str]:
        """The page that each of the two workers gives, asked for the same person.

        One is kept waiting for the end of its question while the other answers.
        """
        asked = {"purpose": "home_visit", "anything": REPORTED}
        for _attempt in range(ATTEMPTS):
            waiting = self._begin(self.known["check"])
            pages = [self.post(self.known["check"], **asked), self._finish(waiting, asked)]
            if len({page.worker for page in pages}) == 2:
                assert [page.status for page in pages] == [200, 200]
                return [page.text for page in pages]
        raise TimeoutError("One worker answers everything.")

    def _begin(self, path: str) -> HTTPConnection:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.connect()
        connection.sock.sendall(f"POST {path} HTTP/1.1\r\nHost: testserver\r\n".encode())
        return connection

    def _finish(self, connection: HTTPConnection, typed: dict[str, Any]) -> Page:
        body = urlencode({**typed, self._field: TOKEN}, doseq=True).encode()
        headers = self._headers | {"Content-Length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection.sock.sendall(f"{lines}\r\n".encode() + body)
        answer = HTTPResponse(connection.sock, method="POST")
        answer.begin()
        page = Page(answer.status, answer.headers["X-Worker"], answer.read().decode())
        connection.close()
        return page


@dataclass(frozen=True)
class Founded:
    """A council on a database of its own, and what leads to it."""

    environment: dict[str, str]
    known: dict[str, Any]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    folder = tmp_path_factory.mktemp("served")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.hosts.served",
        "CAUTIONARY_SERVED_FROM": str(folder),
    }
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        environment["CAUTIONARY_SERVED_DATABASE"] = name = f"served{os.getpid()}"
        with psycopg.connect(autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
    found = subprocess.run(
        [sys.executable, "-m", "tests.hosts.found_served"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return Founded(environment, json.loads(found.stdout))


@contextmanager
def served(founded: Founded, *options: str) -> Iterator[Site]:
    """Two workers for the length of the block."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    server = subprocess.Popen(
        [*command, "--no-control-socket", *options, "django.core.wsgi:get_wsgi_application()"],
        env=founded.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        said = ""
        while said.count("Booting worker") < 2:
            line = server.stderr.readline()
            assert line, said
            said += line
        yield Site(port, founded.known)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()


@pytest.mark.clause("L4")
@pytest.mark.parametrize(("turn", "options"), [(0, []), (1, ["--preload"])], ids=["", "forked"])
def test_what_one_worker_decides_each_worker_answers(
    founded: Founded, turn: int, options: list[str]
) -> None:
    with served(founded, *options) as site:
        before = site.check_with_each()
        decided = site.post(site.known["decide"][turn], **site.known["answers"], step="record")
        assert decided.status == 302, decided.text
        found = site.check_with_each()
        (reference,) = {one for page in found for one in REFERENCE.findall(page)}
        withdraw = site.known["withdraw"].replace("REFERENCE", reference)
        gone = site.post(withdraw, reasons="The wrong person.", step="record")
        assert gone.status == 302, gone.text
        after = site.check_with_each()

    told = [[HANDLING in page for page in pages] for pages in (before, found, after)]
    assert told == [[False, False], [True, True], [False, False]]
