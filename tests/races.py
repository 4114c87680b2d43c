"""Several people at the same button at the same instant, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

from django.db import connection, connections, transaction

from cautionary_plugin.rules.errors import CautionaryError

ATTEMPTS = 200_000


def race(*attempts: Callable[[], Any]) -> list[Any]:
    """What each attempt gave; its error, where it was refused. Any other error is a fault."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return attempt()
        except CautionaryError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def in_turn(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """The first has done its act and holds its locks; it commits when the second waits for them.

    What each gave, or its error. So the order is certain, and the second must look again at what
    it knew before it waited.
    """
    held, finished = Event(), Event()

    def hold() -> Any:
        with transaction.atomic():
            result = first()
            held.set()
            _until_waiting(finished)
        return result

    def follow() -> Any:
        held.wait()
        try:
            return second()
        finally:
            finished.set()

    with ThreadPoolExecutor(2) as pool:
        return [
            each.result() for each in (pool.submit(_run, hold, held), pool.submit(_run, follow))
        ]


def _until_waiting(finished: Event) -> None:
    """Until another connection waits for a lock of ours, or has gone past without.

    SQLite has one writer at a time, so that whoever comes waits before it has read anything.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _attempt in range(ATTEMPTS):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] or finished.is_set():
                return
    raise TimeoutError("The second never came to wait.")


def _run(attempt: Callable[[], Any], gate: Event | None = None) -> Any:
    try:
        return attempt()
    except CautionaryError as refusal:
        return refusal
    finally:
        if gate is not None:
            gate.set()
        connections.close_all()


def refusals(outcomes: list[Any]) -> list[str]:
    """The kinds of error among the outcomes."""
    return [type(each).__name__ for each in outcomes if isinstance(each, CautionaryError)]
