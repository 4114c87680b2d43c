"""The index: entries in memory, searched by whoever asks, brought up to date by whoever knows.

One instance serves all threads of a process. It knows nothing of databases: the caller fills
it, tells it what changed, and keeps the version of what it was filled from.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Iterable

from cautionary_plugin.lookup import answer, asked, tables
from cautionary_plugin.lookup.facts import Facts, Key, Match, Question
from cautionary_plugin.lookup.plan import plan
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.terms import Lead, Terms
from cautionary_plugin.lookup.vocabulary import Slot
from cautionary_plugin.lookup.weigh import Weighed, weigh

MOST_STEPS = 15_000
"""Steps along the leads of one question, the rarest words first; the rest count as slack."""

MOST_WEIGHED = 400
"""Candidates of one question that are weighed in full."""

Result = tuple[Record, Weighed]


class Index:
    """Entries by key, and the search among them.

    Searches and changes exclude one another: a search sees all of a change or nothing of it.
    """

    def __init__(self, entries: Iterable[tuple[Key, Facts]] = ()) -> None:
        tables.warm()
        self._lock = threading.RLock()
        self._store = Store()
        self.fill(entries)

    def __len__(self) -> int:
        return len(self._store)

    def __contains__(self, key: Key) -> bool:
        return key in self._store

    def keys(self) -> set[Key]:
        """Give the keys of all entries."""
        with self._lock:
            return self._store.keys()

    def fill(self, entries: Iterable[tuple[Key, Facts]]) -> None:
        """Hold exactly these entries from now on; searches go on in the old ones meanwhile."""
        store = Store()
        for key, facts in entries:
            store.add(key, facts)
        with self._lock:
            self._store = store

    def add(self, key: Key, facts: Facts) -> None:
        """Put an entry in, in place of what stood under its key."""
        with self._lock:
            self._store.add(key, facts)

    def remove(self, key: Key) -> None:
        """Take an entry out without a trace; one that is not there is no error."""
        with self._lock:
            self._store.remove(key)

    def update(self, changed: Iterable[tuple[Key, Facts]], removed: Iterable[Key] = ()) -> None:
        """Bring the index up to date in one go: no search sees half of it.

        Whatever is lazy or can fail in the iterables happens before anything changes.
        """
        changed, removed = list(changed), list(removed)
        with self._lock:
            for key in removed:
                self._store.remove(key)
            for key, facts in changed:
                self._store.add(key, facts)

    def search(self, question: Question, limit: int = 5) -> list[Match]:
        """Find the entries that may be meant, the likeliest first.

        Never raises for anything typed. The list is empty where nothing is near enough to be
        *possible*; that the entry itself is not listed does not follow from a cut question.
        """
        if question.is_empty() or limit < 1:
            return []
        read = asked.read(question)
        with self._lock:
            store = self._store
            terms = plan(read, store)
            found = _best(terms, store, limit)
            return answer.matches(terms, found, len(store))


def _best(terms: Terms, store: Store, limit: int) -> list[Result]:
    """Find the records with the most evidence, exactly, without weighing all.

    Each candidate's leads bound its evidence from above; once ``limit`` records are known that
    beat the bound of the next candidate, nobody behind it can come in.
    """
    gains, slack = _follow(terms.leads)
    bounds = _bounds(terms, store, gains, slack)
    heapq.heapify(bounds)
    best: list[tuple[float, str, Slot]] = []
    weighed: dict[Slot, Result] = {}
    while bounds and len(weighed) < MOST_WEIGHED:
        bound, slot = heapq.heappop(bounds)
        if len(best) == limit and -bound < best[0][0]:
            break
        record = store.records[slot]
        one = weigh(terms, record)
        weighed[slot] = (record, one)
        item = (one.bits, repr(record.key), slot)
        if len(best) < limit:
            heapq.heappush(best, item)
        else:
            heapq.heappushpop(best, item)
    return [weighed[slot] for _, _, slot in sorted(best, reverse=True)]


def _follow(leads: list[Lead]) -> tuple[dict[Slot, float], float]:
    """Add up the gains per slot, the rarest leads first; give also what was not followed."""
    gains: dict[Slot, float] = {}
    steps, slack = 0, 0.0
    for lead in sorted(leads, key=lambda one: len(one.slots)):
        steps += len(lead.slots)
        if steps > MOST_STEPS and gains:
            slack += lead.gain
            continue
        gain = lead.gain
        for slot in lead.slots:
            gains[slot] = gains.get(slot, 0.0) + gain
    return gains, slack


def _bounds(
    terms: Terms, store: Store, gains: dict[Slot, float], slack: float
) -> list[tuple[float, Slot]]:
    """Give the most evidence that each candidate can have, negated for the heap.

    Who has no name, or no address, does not pay for the words that are missing there.
    """
    names = terms.floor(in_name=True, in_street=False)
    streets = terms.floor(in_name=False, in_street=True)
    either = terms.floor(in_name=True, in_street=True)
    for slots, floor in ((store.nameless, names), (store.placeless, streets)):
        for slot in slots & gains.keys() if floor else ():
            gains[slot] -= floor
    most = slack + terms.slack + names + streets + either
    return [(-most - gain, slot) for slot, gain in gains.items()]
