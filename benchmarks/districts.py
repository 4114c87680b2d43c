"""An invented British district of some size: ours, ours on sealed rows, and the peers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks import costs, officers, rows, strangers
from benchmarks.asking import Asked, Engine, ask, timed
from benchmarks.figures import p95, share
from benchmarks.goals import Goals
from benchmarks.peers import all_peers, here
from benchmarks.peers.texts import Entries, typed
from benchmarks.peers.texts import rows as as_rows
from benchmarks.people import District
from benchmarks.sealed import sealed_register
from benchmarks.trial import Trial
from benchmarks.workers import Worker
from cautionary_plugin.lookup.facts import Facts

SMALL, MEDIUM = 1_000, 10_000
OURS = "ours, in memory"
TIMED = 40
"""Questions per kind that the registers of sealed rows are asked as well."""

Variables = Mapping[str, str | None]


@dataclass(frozen=True)
class Part:
    """How large the district is, and how much is asked.

    :ivar each: questions per kind.
    :ivar peers: questions per kind that the peers are asked.
    """

    size: int
    seed: int
    each: int
    peers: int
    misses: int

    @property
    def title(self) -> str:
        """The size as the goals write it."""
        return f"{self.size:,}"


def measure(part: Part, goals: Goals, postgres: Variables | None) -> None:
    """Print everything about a district of one size, and note its goals."""
    print(f"\n## An invented British district, {part.title} entries")
    district = District(part.seed)
    entries = district.entries(part.size)
    trials = officers.trials(entries, part.each, part.seed + 1)
    others = officers.strangers(district, entries, part.each * 5)
    with ExitStack() as stack:
        databases = _sealed(part, postgres, stack) if part.size > SMALL else {}
        peers = _peers(entries, postgres, stack) if part.size > SMALL else {}
        served = {name: worker.engines() for name, worker in databases.items()}
        started = {name: costs.cold_start(engines) for name, engines in served.items()}
        index = costs.filled(entries, district)
        ours: dict[str, Engine] = {OURS: timed(index.search)}
        ours |= {f"ours, {name}": engines["search"] for name, engines in served.items()}
        alone = {OURS: ours[OURS]}
        answers = ask(alone, trials)[OURS]
        _quality(part, answers, goals)
        _strangers(part, answers, ask(alone, others)[OURS], goals)
        _times(part, ask(ours, _sample(trials, TIMED)), goals)
        if peers:
            few = _sample(trials, part.peers)
            _beside_peers(part, ask({**ours, **peers}, few), goals)
        costs.print_table(part.title, started, served)
    _print_misses(answers, dict(entries), part.misses)


def _sealed(part: Part, postgres: Variables | None, stack: ExitStack) -> dict[str, Worker]:
    """Begin to bring the district in, as sealed rows, on each database."""
    databases: dict[str, Variables] = {"SQLite": {"PGDATABASE": None}}
    if postgres:
        databases["PostgreSQL"] = postgres
    return {
        name: stack.enter_context(
            Worker(sealed_register, part.seed, part.size, environ=environment)
        )
        for name, environment in databases.items()
    }


def _peers(entries: Entries, postgres: Variables | None, stack: ExitStack) -> dict[str, Engine]:
    lines = as_rows(entries)
    return {**here.engines(lines), **all_peers(lines, postgres, stack)}


def _sample(trials: list[Trial], each: int) -> list[Trial]:
    kinds = dict.fromkeys(one.kind for one in trials)
    of_kind = {kind: [one for one in trials if one.kind == kind] for kind in kinds}
    return [one for some in of_kind.values() for one in some[:: max(1, len(some) // each)][:each]]


def _quality(part: Part, answers: list[Asked], goals: Goals) -> None:
    rows.by_kind(f"Asked about {part.title} entries", answers, officers.GROUPS)
    for group, kinds in officers.GROUPS.items():
        of_group = [one.ranked for one in answers if one.trial.kind in kinds]
        goals.note(f"found: {group}", part.title, share(of_group))


def _times(part: Part, answers: dict[str, list[Asked]], goals: Goals) -> None:
    """Print ours in memory beside the same on sealed rows: the check for freshness, the match."""
    if len(answers) > 1:
        rows.by_engine(
            f"Ours in memory, and on sealed rows with the check for freshness, {part.title} entries",
            answers,
            _groups(),
        )
    for name, given in answers.items():
        goals.note(
            f"p95 ms, {name.removeprefix('ours, ')}",
            part.title,
            p95([one.seconds for one in given]),
        )


def _strangers(part: Part, true: list[Asked], others: list[Asked], goals: Goals) -> None:
    others = sorted(others, key=lambda one: one.trial.kind)
    rows.by_kind(f"Not listed among {part.title} entries: anybody shown", others, {})
    strangers.measure(part.title, true, others, goals)


def _beside_peers(part: Part, answers: dict[str, list[Asked]], goals: Goals) -> None:
    rows.by_engine(
        f"Ours and what there is instead, {part.title} entries, the same questions",
        answers,
        _groups(),
    )
    slow, quick = answers.get("trigrams ≥ 0.45"), answers.get("ours, PostgreSQL")
    if slow and quick:
        ratio = p95([one.seconds for one in slow]) / p95([one.seconds for one in quick])
        goals.note("times faster than trigrams 0.45", part.title, ratio)


def _groups() -> dict[str, Callable[[Asked], bool]]:
    return {name: _of(kinds) for name, kinds in officers.GROUPS.items()}


def _of(kinds: Collection[str]) -> Callable[[Asked], bool]:
    return lambda one: one.trial.kind in kinds


def _print_misses(answers: Sequence[Asked], known: dict[str, Facts], count: int) -> None:
    missed = [one for one in answers if not one.shown]
    print(f"\nNot shown ({len(missed)} of {len(answers):,}), evenly drawn:\n")
    for one in missed[:: max(1, len(missed) // max(1, count))][:count]:
        facts = known[str(one.trial.key)]
        lines = [", ".join(address.lines) for address in facts.addresses]
        print(
            f"- {one.trial.kind}, {'found' if one.ranked else 'not found'}: "
            f"{typed(one.trial.question)!r} for {facts.names}, {facts.born_on}, {lines}"
        )
