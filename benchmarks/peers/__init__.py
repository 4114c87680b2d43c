"""What a council would have instead of this package's lookup."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

from benchmarks.asking import Engine
from benchmarks.peers.texts import Rows
from benchmarks.peers.trigrams import trigrams
from benchmarks.peers.wagtail_search import wagtail_search
from benchmarks.workers import Worker


def all_peers(
    rows: Rows, postgres: Mapping[str, str | None] | None, stack: ExitStack
) -> dict[str, Engine]:
    """Start those that need a database, each in a process of its own, and give them all."""
    served = [(wagtail_search, {"PGDATABASE": None})]
    if postgres:
        served += [(wagtail_search, postgres), (trigrams, postgres)]
    workers = [
        stack.enter_context(Worker(serve, rows, environ=variables)) for serve, variables in served
    ]
    engines: dict[str, Engine] = {}
    for worker in workers:
        engines |= worker.engines()
    return engines
