"""Measure the lookup beside what a council would have instead: ``python -m benchmarks.lookup``.

FEBRL 4 (public), an invented British district of several sizes, and the same people all in one
street; ours and the peers on the same questions, question by question in turn. *Found* is the share
of questions whose entry is among the first five; *shown*, that it is so as a strong or possible
match, which is what officers see; *told*, that it is shown or the answer is that several entries
may be meant; *strong*, as a strong one. Of people who are not listed, anybody counts. Latency is
the best of three per question, the 95th percentile over all, in milliseconds. The peers, being slow, are asked a sample, and ours the same sample beside them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg

from benchmarks import crowded, districts
from benchmarks.goals import Goals
from benchmarks.machine import describe, load
from benchmarks.people import District

Variables = Mapping[str, str | None]


def main(arguments: list[str] | None = None) -> None:
    """Run all parts and print their tables."""
    chosen = _options().parse_args(arguments)
    started = time.perf_counter()
    print(f"## The lookup, measured\n\n{describe()}\n- seed {chosen.seed}")
    goals = Goals()
    with _server(wanted=not chosen.without_postgres) as postgres:
        if chosen.febrl:
            from benchmarks import febrl_table  # its libraries are large, and no worker's

            febrl_table.main(goals, postgres, chosen.seed, chosen.febrl, chosen.peers)
        for size in chosen.sizes:
            each = chosen.each if size <= districts.MEDIUM else chosen.each_large
            part = districts.Part(size, chosen.seed, each, _peers(chosen, size), chosen.misses)
            districts.measure(part, goals, postgres)
    if chosen.street:
        crowded.measure(District(chosen.seed).entries(chosen.street), chosen.each, chosen.seed)
    goals.print()
    print(f"\n{time.perf_counter() - started:.0f} seconds; load {load()} at the end")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options.add_argument("--each", type=int, default=200, help="questions per kind of error")
    options.add_argument("--each-large", type=int, default=60, help="the same beyond 10,000")
    options.add_argument("--febrl", type=int, default=5_000, help="questions per mode of FEBRL")
    options.add_argument("--peers", type=int, default=4, help="questions per kind for the peers")
    options.add_argument("--peers-large", type=int, default=2, help="the same beyond 10,000")
    options.add_argument("--street", type=int, default=10_000, help="size of the one street")
    options.add_argument("--seed", type=int, default=77_003)
    options.add_argument("--misses", type=int, default=10, help="misses to show")
    options.add_argument("--without-postgres", action="store_true", help="only what needs none")
    return options


def _peers(chosen: argparse.Namespace, size: int) -> int:
    return int(chosen.peers if size <= districts.MEDIUM else chosen.peers_large)


@contextmanager
def _server(*, wanted: bool) -> Iterator[Variables | None]:
    """Run PostgreSQL for the length of the block and give the variables that lead to it."""
    if not wanted:
        yield None
        return
    from tests.servers.postgres import postgres

    with postgres() as variables:
        _make_extensions(variables)
        yield variables


def _make_extensions(variables: Variables) -> None:
    """Make what two peers need before both begin: made by two at once, it fails for one."""
    names = {key.removeprefix("PG").lower(): value for key, value in variables.items()}
    where = {"host": names["host"], "port": names["port"], "user": names["user"]}
    with psycopg.connect(**where, dbname=names["database"], autocommit=True) as connection:
        for extension in ("pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")


if __name__ == "__main__":
    main()
