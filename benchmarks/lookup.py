"""Measure the lookup beside what a council would have instead: ``python -m benchmarks.lookup``.

Three tables from one run: FEBRL 4 (public), an invented British district, and the same people all
in one street. *Ranked* is the share of questions whose entry is among the first five; *shown*, that
it is so as a strong or possible match, which is what officers see; *strong*, as a strong one. Of
people who are not listed, anybody counts. Latency is the better of two runs, the 95th percentile
over all questions, in milliseconds. The peers, being slow, are asked a sample: found and p95.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from benchmarks import febrl, officers
from benchmarks.engines import PEERS, Engine, Entries, typed
from benchmarks.people import District
from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Address, Facts, Match
from cautionary_plugin.lookup.index import Index

RUNS = 2
FLATS = 300
"""Flats of one block, where all live in one street."""


class Asked(NamedTuple):
    """A question and what came of it."""

    trial: Trial
    found: list[Match]
    seconds: float


def main() -> None:
    """Run all parts and print their tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=10_000, help="size of the register")
    options.add_argument("--each", type=int, default=200, help="questions per kind of error")
    options.add_argument("--febrl", type=int, default=2_000, help="questions per mode of FEBRL")
    options.add_argument("--peers", type=int, default=20, help="questions per kind for the peers")
    options.add_argument("--seed", type=int, default=77_003)
    options.add_argument("--misses", type=int, default=10, help="misses to show")
    chosen = options.parse_args()
    started = time.perf_counter()
    _febrl(chosen.seed, chosen.febrl, chosen.peers)
    district = District(chosen.seed)
    entries = district.entries(chosen.entries)
    asked = officers.trials(entries, chosen.each, chosen.seed + 1)
    strangers = officers.strangers(district, entries, chosen.each * 5)
    print(f"\n== An invented British district: {len(entries):,} entries, seed {chosen.seed}")
    answers = _district(entries, asked, strangers, chosen.peers)
    _one_street(entries, chosen.each, chosen.seed)
    _print_misses(answers, dict(entries), chosen.misses)
    print(f"\n{time.perf_counter() - started:.0f} seconds")


def _febrl(seed: int, count: int, peers: int) -> None:
    entries = febrl.entries()
    print(f"== FEBRL 4: {len(entries):,} entries, asked with {count:,} of their spoilt copies")
    _head()
    _compare(Index(entries), entries, febrl.trials(seed, count), peers)


def _district(
    entries: Entries, asked: list[Trial], strangers: list[Trial], peers: int
) -> list[Asked]:
    index = _filled(entries)
    _head()
    answers = _compare(index, entries, asked, peers)
    for group, kinds in officers.GROUPS.items():
        _row(group, [one for one in answers if one.trial.kind in kinds])
    print("   not listed")
    others = sorted(_ask(index, strangers), key=lambda one: one.trial.kind)
    _rows(others, lambda one: one.trial.kind)
    names = [one for one in others if not one.trial.kind.startswith("anybody")]
    names.sort(key=lambda one: one.trial.kind.split(": ")[1])
    _rows(names, lambda one: "both: " + one.trial.kind.split(": ")[1])
    return answers


def _one_street(entries: Entries, each: int, seed: int) -> None:
    """Time the register in which everybody lives in one street, hundreds to a block."""
    crowded = [
        (key, replace(facts, addresses=(_flat(number),)))
        for number, (key, facts) in enumerate(entries)
    ]
    print(f"\n== The same {len(entries):,} in one street of one postcode, {FLATS} flats to a block")
    _head()
    asked = officers.trials(crowded, each, seed + 1)
    placed = [one for one in asked if one.question.address or one.question.anything]
    _rows(_ask(Index(crowded), placed), lambda one: one.trial.kind)


def _flat(number: int) -> Address:
    block, flat = divmod(number, FLATS)
    return Address((f"Flat {flat + 1}", f"{block + 1} Mill Lane", "Wareley"), "SG12 0AB")


def _filled(entries: Entries) -> Index:
    start = time.perf_counter()
    index = Index(entries)
    seconds = time.perf_counter() - start
    some = entries[: len(entries) // 4]
    tracemalloc.start()
    few = Index(some)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"   filled in {seconds:.2f} s ({seconds / len(entries) * 1e6:.0f} µs an entry); "
        f"{size / len(few) / 1e3:.1f} kB an entry, measured on {len(few):,}"
    )
    return index


def _compare(index: Index, entries: Entries, trials: list[Trial], sample: int) -> list[Asked]:
    """Print a row per kind, ours and the peers; give ours."""
    peers = {name: make(entries) for name, make in PEERS.items()}
    answers = _ask(index, trials)
    for kind in dict.fromkeys(one.kind for one in trials):
        of_kind = [one for one in answers if one.trial.kind == kind]
        few = [one.trial for one in of_kind[:: max(1, len(of_kind) // sample)]]
        _row(kind, of_kind, "".join(_peer(engine, few) for engine in peers.values()))
    return answers


def _ask(index: Index, trials: list[Trial]) -> list[Asked]:
    return [Asked(one, *_timed(lambda one=one: index.search(one.question))) for one in trials]


def _timed(run: Callable[[], list[Match]]) -> tuple[list[Match], float]:
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - start)
    return found, best


def _peer(engine: Engine, trials: list[Trial]) -> str:
    hits, times = 0, []
    for one in trials:
        start = time.perf_counter()
        hits += one.key in engine(one.question)
        times.append(time.perf_counter() - start)
    return f"{hits / len(trials):>9.2f} ·{_p95(times):>6.1f}"


def _head() -> None:
    ours = f"{'asked':>7}{'ranked':>8}{'shown':>8}{'strong':>8}{'p95 ms':>8}"
    print(f"   {'':30}{ours}" + "".join(f"{name:>17}" for name in PEERS))


def _rows(answers: list[Asked], title: Callable[[Asked], str]) -> None:
    for wanted in dict.fromkeys(title(one) for one in answers):
        _row(wanted, [one for one in answers if title(one) == wanted])


def _row(title: str, answers: list[Asked], peers: str = "") -> None:
    levels = (("strong", "possible", "unlikely"), ("strong", "possible"), ("strong",))
    shares = [sum(_has(one, level) for one in answers) / len(answers) for level in levels]
    if answers[0].trial.key is None:
        shares[0] = float("nan")
    cells = "".join(f"{share:>8.4f}" if share == share else f"{'–':>8}" for share in shares)
    p95 = _p95([one.seconds for one in answers])
    print(f"   {title:30}{len(answers):>7,}{cells}{p95:>8.1f}{peers}", flush=True)


def _has(one: Asked, strengths: Sequence[str]) -> bool:
    """Tell whether the entry asked about, or anybody for who is not listed, is so strong."""
    key = one.trial.key
    return any(match.strength in strengths and key in (None, match.key) for match in one.found)


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1e3


def _print_misses(answers: list[Asked], known: dict[str, Facts], count: int) -> None:
    missed = [one for one in answers if not _has(one, ("strong", "possible"))]
    print(f"\nNot shown ({len(missed)} of {len(answers):,}), evenly drawn:")
    for one in missed[:: max(1, len(missed) // count)][:count]:
        facts = known[str(one.trial.key)]
        ranked = "ranked" if _has(one, ("unlikely",)) else "not ranked"
        lines = [", ".join(address.lines) for address in facts.addresses]
        print(
            f"   {one.trial.kind}, {ranked}: {typed(one.trial.question)!r} for {facts.names}",
            end="",
        )
        print(f", {facts.born_on}, {lines}")


if __name__ == "__main__":
    main()
