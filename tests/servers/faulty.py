"""A bucket that fails as storages do: a proxy in front of moto, told by a test what goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

FORBIDDEN = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"


class Fault(Enum):
    """What goes wrong with each request."""

    NONE = auto()
    DOWN = auto()  # the connection is cut
    FORBIDDEN = auto()
    STALLED = auto()  # the request is taken, and nothing comes
    TRUNCATED = auto()  # the answer ends in the middle
    SLOW = auto()  # the answer dribbles
    ANSWER_LOST = auto()  # it is done, and nobody hears of it


@dataclass
class Proxy:
    """The faulty bucket.

    :ivar options: OPTIONS of django-storages' S3Storage that lead to it.
    :ivar faults: one for each of the next requests; afterwards ``fault``.
    """

    options: dict[str, Any]
    fault: Fault = Fault.NONE
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def next(self) -> Fault:
        """What goes wrong with this request."""
        return self.faults.pop(0) if self.faults else self.fault


@contextmanager
def faulty(options: dict[str, Any]) -> Iterator[Proxy]:
    """Stand in front of the bucket of these options for the length of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    proxy = Proxy({**options, "endpoint_url": f"http://127.0.0.1:{server.server_port}"})
    server.proxy, server.behind = proxy, urlsplit(options["endpoint_url"])  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        server: Any = self.server
        proxy: Proxy = server.proxy
        fault = proxy.next()
        proxy.seen.append((self.command, self.path))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = True
        if fault is Fault.STALLED:
            proxy.over.wait(30)
        elif fault is Fault.FORBIDDEN:
            self._send(403, [("Content-Type", "application/xml")], FORBIDDEN)
        elif fault is not Fault.DOWN:
            status, headers, told = self._forwarded(server.behind, body)
            if fault is not Fault.ANSWER_LOST:
                self._send(status, headers, told, fault)

    def _forwarded(self, behind: Any, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        there = HTTPConnection(behind.hostname, behind.port, timeout=20)
        sent = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        there.request(self.command, self.path, body=body, headers=sent)
        answer = there.getresponse()
        told = answer.read()
        there.close()
        return answer.status, answer.getheaders(), told

    def _send(
        self,
        status: int,
        headers: list[tuple[str, str]],
        told: bytes,
        fault: Fault = Fault.NONE,
    ) -> None:
        self.send_response(status)
        kept = dict(headers)
        if self.command != "HEAD":
            kept["Content-Length"] = str(len(told))
        for name, value in kept.items():
            if name.lower() not in ("transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        if fault is Fault.TRUNCATED:
            told = told[: len(told) // 2]
        step = max(1, len(told) // 20) if fault is Fault.SLOW else max(1, len(told))
        for start in range(0, len(told), step):
            self.wfile.write(told[start : start + step])
            self.wfile.flush()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _answer

    def log_message(self, *_: Any) -> None:
        """Nothing is said."""
