"""Engines in a process of their own: another database, or memory that is theirs alone.

A worker measures itself, so the pipe costs no engine anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.asking import Engine, Reply

Serve = Callable[..., AbstractContextManager[dict[str, Engine]]]


class Worker:
    """Runs ``serve(*arguments)`` in a new process and passes questions on to what it yields.

    :param environ: variables for that process; ``None`` takes one away.
    """

    def __init__(self, serve: Serve, *arguments: Any, environ: Mapping[str, str | None]) -> None:
        self._pipe, theirs = get_context("spawn").Pipe()
        target, every = _work, (theirs, dict(environ), serve, arguments)
        self._process = get_context("spawn").Process(target=target, args=every)
        self._process.start()
        theirs.close()

    def engines(self) -> dict[str, Engine]:
        """Wait until they are ready, and give them."""
        return {name: partial(self._ask, name) for name in self._pipe.recv()}

    def _ask(self, name: str, question: Any = None) -> Reply:
        self._pipe.send((name, question))
        reply: Reply = self._pipe.recv()
        return reply

    def close(self) -> None:
        """Let the process tidy up and end."""
        self._pipe.close()
        self._process.join()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()


def _work(
    pipe: Connection, environ: dict[str, str | None], serve: Serve, arguments: tuple[Any, ...]
) -> None:
    for name, value in environ.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    with serve(*arguments) as engines:
        pipe.send(list(engines))
        with suppress(EOFError, ConnectionError):  # nobody asks any more
            while True:
                name, question = pipe.recv()
                pipe.send(engines[name](question))
