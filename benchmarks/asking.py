"""Ask engines the same questions, one after the other, and note what came and how soon."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.trial import Trial
from cautionary_plugin.lookup.facts import Match, Question

RUNS = 3
FIRST = 5
SLOW = 0.2
"""Seconds from which one answer is enough: a better run would not make it quick."""

PATIENCE = 10.0
"""Seconds after which an engine that has not answered a question is asked no further one."""


@dataclass(frozen=True)
class Reply:
    """What an engine gave, the best first, and the seconds that it took by its own clock.

    ``found`` is keys, or matches where the engine is ours.
    """

    found: list[Any]
    seconds: float


Search = Callable[[Question], list[Any]]
Engine = Callable[..., Reply]


def timed(search: Search) -> Engine:
    """Make an engine of a search."""

    def engine(question: Question) -> Reply:
        start = time.perf_counter()
        found = search(question)
        return Reply(found, time.perf_counter() - start)

    return engine


@dataclass(frozen=True)
class Asked:
    """A question and what came of it; the seconds are those of the best of the runs."""

    trial: Trial
    found: list[Any]
    seconds: float

    @property
    def ranked(self) -> bool:
        """Whether the entry asked about is among the first five."""
        return self.trial.key in [_key(one) for one in self.found]

    def has(self, *strengths: str) -> bool:
        """Whether the entry asked about, or anybody for who is not listed, is so strong."""
        key = self.trial.key
        return any(one.strength in strengths and key in (None, one.key) for one in self.found)

    @property
    def shown(self) -> bool:
        """Whether officers would see it."""
        return self.has("strong", "possible")

    @property
    def told(self) -> bool:
        """Whether officers would see it, or that several entries may be meant."""
        return self.has("strong", "possible", "vague")

    @property
    def score(self) -> float:
        """The score of the entry asked about; of the best one for who is not listed."""
        key = self.trial.key
        return max((one.score for one in self.found if key in (None, one.key)), default=0.0)


def _key(found: str | Match) -> Any:
    return found.key if isinstance(found, Match) else found


def ask(engines: Mapping[str, Engine], trials: Iterable[Trial]) -> dict[str, list[Asked]]:
    """Ask all engines one question before the next, each three times, in turn.

    Who is slow is asked once, and who loses our patience has fewer answers than the others.
    """
    answers: dict[str, list[Asked]] = {name: [] for name in engines}
    patient = dict(engines)
    for trial in trials:
        replies: dict[str, list[Reply]] = {name: [] for name in patient}
        for _run in range(RUNS):
            for name, engine in list(patient.items()):
                if any(reply.seconds >= SLOW for reply in replies[name]):
                    continue
                replies[name].append(engine(trial.question))
                if replies[name][-1].seconds >= PATIENCE:
                    del patient[name]
        for name in patient:
            best = min(reply.seconds for reply in replies[name])
            answers[name].append(Asked(trial, replies[name][0].found, best))
    return answers
