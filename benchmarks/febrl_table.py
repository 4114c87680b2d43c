"""FEBRL 4: the clean half asked with its spoilt copies, ours beside the peers and Splink."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib.util import find_spec

from benchmarks import febrl, rows
from benchmarks.asking import Asked, Engine, ask, timed
from benchmarks.figures import share
from benchmarks.goals import FEBRL, Goals
from benchmarks.peers import all_peers, here
from benchmarks.peers.linkage import splink
from benchmarks.peers.texts import rows as as_rows
from benchmarks.trial import Trial
from benchmarks.workers import Worker
from cautionary_plugin.lookup.index import Index

OURS = "ours, in memory"
PEERS_PER_KIND = 3
"""Kinds of questions are few here, so the peers are asked so many times more of each."""

Variables = Mapping[str, str | None]


def main(goals: Goals, postgres: Variables | None, seed: int, each: int, peers: int) -> None:
    """Print the tables of FEBRL 4 and note its goals.

    :param each: questions per mode.
    :param peers: a third of the questions per mode that the peers are asked.
    """
    entries = febrl.entries()
    print(f"\n## FEBRL 4, {len(entries):,} entries")
    trials = febrl.trials(seed, each)
    ours = {OURS: timed(Index(entries).search)}
    answers = ask(ours, trials)[OURS]
    rows.by_kind("FEBRL 4, asked with spoilt copies", answers, {})
    for mode in febrl.MODES:
        goals.note(f"found: {mode}", FEBRL, share([one.ranked for one in _of(mode, answers)]))
    lines = as_rows(entries)
    with ExitStack() as stack:
        engines: dict[str, Engine] = {**ours, **here.engines(lines)}
        engines |= all_peers(lines, postgres, stack)
        if find_spec("splink"):
            engines |= _splink(trials, answers, goals, stack)
        else:
            print("\nSplink is not installed here and left out: pip install --group bench")
        few = [one for mode in febrl.MODES for one in _some(mode, trials, peers * PEERS_PER_KIND)]
        modes = {mode: _is(mode) for mode in febrl.MODES}
        rows.by_engine("FEBRL 4, ours and what there is instead", ask(engines, few), modes)


def _splink(
    trials: list[Trial], answers: list[Asked], goals: Goals, stack: ExitStack
) -> dict[str, Engine]:
    """Link a quarter of the questions at once, compare with ours, and give the engine for single ones."""
    some = [one for mode in febrl.MODES for one in _some(mode, trials, len(trials) // 16)]
    worker = stack.enter_context(Worker(splink, some, environ={}))
    engines = worker.engines()
    linked = engines["all at once"](None).found
    theirs = [Asked(*pair, seconds=0) for pair in zip(some, linked, strict=True)]
    asked = set(some)
    for mode in febrl.MODES:
        ours = [one.ranked for one in _of(mode, answers) if one.trial in asked]
        beaten = share([one.ranked for one in _of(mode, theirs)])
        goals.against(f"found, against Splink: {mode}", FEBRL, share(ours), beaten)
    return {"splink": engines["splink"]}


def _some(mode: str, trials: list[Trial], count: int) -> list[Trial]:
    return [one for one in trials if one.kind == mode][:count]


def _of(mode: str, answers: list[Asked]) -> list[Asked]:
    return [one for one in answers if one.trial.kind == mode]


def _is(mode: str) -> Callable[[Asked], bool]:
    return lambda one: one.trial.kind == mode
