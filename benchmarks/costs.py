"""What the index costs: memory, filling, writing, and keeping it fresh."""

from __future__ import annotations

import time
from collections.abc import Mapping
from statistics import median

from benchmarks.asking import RUNS, Engine
from benchmarks.figures import p95
from benchmarks.peers.texts import Entries
from benchmarks.people import District
from benchmarks.tables import table
from cautionary_plugin.lookup.index import Index

FRESH, CHANGES, ADDED = 300, 20, 500

Served = Mapping[str, Engine]


def filled(entries: Entries, district: District) -> Index:
    """Fill an index, print what that took and what one more entry takes, and give it."""
    start = time.perf_counter()
    index = Index(entries)
    seconds = time.perf_counter() - start
    more = [(f"new {number}", district.person()) for number in range(ADDED)]
    times = []
    for key, facts in more:
        start = time.perf_counter()
        index.add(key, facts)
        times.append(time.perf_counter() - start)
    start = time.perf_counter()
    for key, _facts in more:
        index.remove(key)
    removing = (time.perf_counter() - start) / ADDED
    print(
        f"\nThe index alone: filled in {seconds:.2f} s ({seconds / len(entries) * 1e6:.0f} µs an "
        f"entry); one more takes {median(times) * 1e6:.0f} µs (p95 {p95(times) * 1e3:.0f}), "
        f"taking one out {removing * 1e6:.0f} µs"
    )
    return index


def cold_start(engines: Served) -> tuple[str, ...]:
    """Fill the index of a worker from sealed rows; give the cells of what it took."""
    reply = engines["cold start"](None)
    before, after, entries = reply.found
    return (
        f"{reply.seconds:.1f}",
        f"{reply.seconds / entries * 1e6:.0f}",
        f"{before / 2**20:.0f}",
        f"{after / 2**20:.0f}",
        f"{(after - before) / entries / 1e3:.1f}",
    )


def print_table(
    title: str, started: Mapping[str, tuple[str, ...]], served: Mapping[str, Served]
) -> None:
    """Print a row per database: the cold start, and what freshness costs from then on."""
    if not served:
        return
    heads = (
        f"sealed rows, {title} entries",
        "cold start s",
        "µs an entry",
        "MiB before",
        "MiB after",
        "kB an entry",
        "freshness p95 ms",
        "next check after a commit p95 ms",
    )
    lines = [
        (
            name,
            *started[name],
            _best(engines["fresh"], FRESH),
            _several(engines["one change"], CHANGES),
        )
        for name, engines in served.items()
    ]
    table("### What it costs", heads, lines)


def _best(engine: Engine, times: int) -> str:
    best = [min(engine(None).seconds for _ in range(RUNS)) for _ in range(times)]
    return f"{p95(best):.2f}"


def _several(engine: Engine, times: int) -> str:
    return f"{p95([engine(None).seconds for _ in range(times)]):.2f}"
