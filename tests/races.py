"""Several people at the same button at the same instant, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from cautionary_plugin.rules.errors import CautionaryError


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


def refusals(outcomes: list[Any]) -> list[str]:
    """The kinds of error among the outcomes."""
    return [type(each).__name__ for each in outcomes if isinstance(each, CautionaryError)]
