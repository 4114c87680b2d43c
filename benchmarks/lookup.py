"""Measure the lookup beside what a council would have instead: ``python -m benchmarks.lookup``.

Prints two tables from one run: FEBRL 4 (public) and an invented British district. "Found" is the
share of questions whose entry is among the first five. Latency is the best of three per
question, the engines taking turns, the 95th percentile over questions, in milliseconds. Ours is
asked every question; the peers, being slow, every 25th, and latency is taken on those.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable, Iterable

from benchmarks import febrl, officers
from benchmarks.engines import ENGINES, Engine, Entries, typed
from benchmarks.people import District
from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Match, Question
from cautionary_plugin.lookup.index import Index

RUNS = 3
EVERY = 25


def main() -> None:
    """Run both parts and print their tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--entries", type=int, default=10_000, help="size of the invented register"
    )
    options.add_argument("--each", type=int, default=200, help="questions per kind of error")
    options.add_argument("--seed", type=int, default=20_261)
    options.add_argument("--misses", type=int, default=10, help="misses to show")
    chosen = options.parse_args()
    print(f"== FEBRL 4: {len(febrl.entries()):,} entries, asked with their spoilt copies")
    _compare(febrl.entries(), febrl.trials())
    district = District(chosen.seed)
    entries = district.entries(chosen.entries)
    trials = officers.trials(entries, chosen.each, chosen.seed + 1)
    print(f"\n== An invented British district: {len(entries):,} entries, seed {chosen.seed}")
    index = _filled(entries)
    missed = _compare(entries, trials)
    _groups(trials, missed)
    _strengths(index, trials, officers.strangers(district, entries, chosen.each * 2))
    print(f"\nMissed by ours ({len(missed)}), the first {chosen.misses}:")
    for trial in missed[: chosen.misses]:
        print(f"   {trial.kind}: {typed(trial.question)!r} for {dict(entries)[trial.key].names}")


def _filled(entries: Entries) -> Index:
    start = time.perf_counter()
    Index(entries)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    index = Index(entries)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"   filled in {seconds:.2f} s ({seconds / len(entries) * 1e6:.0f} µs an entry), "
        f"{size / 1e6:.0f} MB ({size / len(entries) / 1e3:.1f} kB an entry)"
    )
    return index


def _compare(entries: Entries, trials: list[Trial]) -> list[Trial]:
    """Print found and p95 per kind for every engine; give what ours missed."""
    engines = {name: make(entries) for name, make in ENGINES.items()}
    print(f"   {'found · p95 ms':30}" + "".join(f"{name:>16}" for name in engines))
    missed = []
    for kind in dict.fromkeys(trial.kind for trial in trials):
        of_kind = [trial for trial in trials if trial.kind == kind]
        lost = [trial for trial in of_kind if trial.key not in engines["ours"](trial.question)]
        missed += lost
        found = _sampled(engines, of_kind[::EVERY])
        found["ours"] = (1 - len(lost) / len(of_kind), found["ours"][1])
        cells = "".join(f"{share:>9.3f} ·{ms:>5.1f}" for share, ms in found.values())
        print(f"   {kind:30}{cells}")
    return missed


def _sampled(engines: dict[str, Engine], trials: list[Trial]) -> dict[str, tuple[float, float]]:
    """Give, per engine, the share found and the 95th percentile of the best times."""
    found = dict.fromkeys(engines, 0)
    times: dict[str, list[float]] = {name: [] for name in engines}
    for trial in trials:
        best = dict.fromkeys(engines, float("inf"))
        for _ in range(RUNS):
            for name, engine in engines.items():
                seconds, keys = _timed(engine, trial.question)
                best[name] = min(best[name], seconds)
                hit = trial.key in keys
                found[name] += hit / RUNS
        for name, seconds in best.items():
            times[name].append(seconds)
    return {name: (found[name] / len(trials), _p95(times[name]) * 1e3) for name in engines}


def _timed(engine: Engine, question: Question) -> tuple[float, list[str]]:
    start = time.perf_counter()
    keys = engine(question)
    return time.perf_counter() - start, keys


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _groups(trials: list[Trial], missed: list[Trial]) -> None:
    groups: dict[str, Iterable[str]] = {
        "all kinds": officers.KINDS,
        "name alone": officers.NAME_ALONE,
        "with a second fact": officers.SECOND_FACT,
        "place or number alone": officers.PLACE_OR_NUMBER,
    }
    for group, kinds in groups.items():
        asked = sum(trial.kind in kinds for trial in trials)
        lost = sum(trial.kind in kinds for trial in missed)
        print(f"   {group:30}{1 - lost / asked:>9.4f}")


def _strengths(index: Index, trials: list[Trial], strangers: list[Trial]) -> None:
    """Print how often the listed and the strangers are called strong, possible, unlikely."""
    print(f"\n   {'called':30}{'strong':>9}{'possible':>9}{'neither':>9}{'p95 ms':>9}")
    _called(index, "listed: name alone", trials, officers.NAME_ALONE.__contains__)
    _called(index, "listed: second fact", trials, officers.SECOND_FACT.__contains__)
    _called(index, "listed: place or number", trials, officers.PLACE_OR_NUMBER.__contains__)
    for kind in dict.fromkeys(trial.kind for trial in strangers):
        _called(index, kind, strangers, kind.__eq__)


def _called(index: Index, title: str, trials: list[Trial], wanted: Callable[[str], bool]) -> None:
    counts = {"strong": 0, "possible": 0, "unlikely": 0}
    times = []
    chosen = [trial for trial in trials if wanted(trial.kind)]
    for trial in chosen:
        best = float("inf")
        for _ in range(RUNS):
            start = time.perf_counter()
            found = index.search(trial.question)
            best = min(best, time.perf_counter() - start)
        times.append(best)
        counts[_strongest(found, trial.key)] += 1
    shares = "".join(f"{count / len(chosen):>9.4f}" for count in counts.values())
    print(f"   {title:30}{shares}{_p95(times) * 1e3:>9.1f}")


def _strongest(found: list[Match], key: str | None) -> str:
    """Give the strength of the match with the entry asked about; for strangers, of any match."""
    strengths = {match.strength for match in found if key in (None, match.key)}
    return next((one for one in ("strong", "possible") if one in strengths), "unlikely")


if __name__ == "__main__":
    main()
