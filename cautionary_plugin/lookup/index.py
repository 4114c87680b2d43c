"""The index: entries in memory, searched by whoever asks, brought up to date by whoever knows.

One instance serves all threads of a process. It knows nothing of databases: the caller fills
it, tells it what changed, and keeps the version of what it was filled from.
"""

from __future__ import annotations

import threading
from collections.abc import Container, Hashable, Iterable
from itertools import chain

from cautionary_plugin.lookup import answer, asked, tables
from cautionary_plugin.lookup.facts import Facts, Key, Match, Question
from cautionary_plugin.lookup.plan import plan
from cautionary_plugin.lookup.readings import readings
from cautionary_plugin.lookup.search import best
from cautionary_plugin.lookup.stores import Stores


class Index:
    """Entries by key, and the search among them.

    Searches and changes exclude one another: a search sees all of a change or nothing of it.
    """

    def __init__(self, entries: Iterable[tuple[Key, Facts]] = ()) -> None:
        tables.warm()
        self._lock = threading.RLock()
        self._stores = Stores()
        self.fill(entries)

    def __len__(self) -> int:
        return len(self._stores)

    def __contains__(self, key: Key) -> bool:
        return key in self._stores

    def keys(self) -> set[Key]:
        """Give the keys of all entries."""
        with self._lock:
            return self._stores.keys()

    def unlock(self) -> None:
        """Forget who holds the lock: in a forked process, where that thread is gone."""
        self._lock = threading.RLock()

    def fill(self, entries: Iterable[tuple[Key, Facts]]) -> None:
        """Hold exactly these entries from now on; searches go on in the old ones meanwhile."""
        stores = Stores()
        for key, facts in entries:
            stores.add(key, facts)
        with self._lock:
            self._stores = stores

    def add(self, key: Key, facts: Facts) -> None:
        """Put an entry in, in place of what stood under its key."""
        with self._lock:
            self._stores.add(key, facts)

    def remove(self, key: Key) -> None:
        """Take an entry out without a trace; one that is not there is no error."""
        with self._lock:
            self._stores.remove(key)

    def update(self, changed: Iterable[tuple[Key, Facts]], removed: Iterable[Key] = ()) -> None:
        """Bring the index up to date in one go: no search sees half of it.

        Whatever is lazy or can fail in the iterables happens before anything changes.
        """
        changed, removed = list(changed), list(removed)
        with self._lock:
            for key in removed:
                self._stores.remove(key)
            for key, facts in changed:
                self._stores.add(key, facts)

    def search(
        self, question: Question, limit: int = 5, groups: Container[Hashable] | None = None
    ) -> list[Match]:
        """Find the entries that may be meant, the likeliest first.

        Never raises for anything typed. The list is empty where nothing is near enough to be
        *possible*; that the entry itself is not listed does not follow from a cut question.

        :param groups: whose entries are looked among, each group by itself; all where none are
            named.
        """
        if question.is_empty() or limit < 1:
            return []
        persons = [asked.read(one) for one in asked.each_person(question)]
        with self._lock:
            answers = []
            for store in self._stores.among(groups):
                for read in chain.from_iterable(readings(one, store) for one in persons):
                    terms = plan(read, store)
                    found = best(terms, store, limit)
                    answers.append(answer.matches(terms, found, len(store)))
            return answers[0] if len(answers) == 1 else answer.best_of(answers, limit)
