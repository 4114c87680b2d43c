"""The entries of each register by themselves, so that none of them speaks in another's answers.

What a register knows decides how a question is read: which words are names, which are errands, how
rare one is. Counted over several, the answers about one would tell whoever may not read the others
who stands there; and a name that is listed there would hide somebody here (L1, L4).
"""

from __future__ import annotations

from collections.abc import Container, Hashable

from cautionary_plugin.lookup.facts import Facts, Key
from cautionary_plugin.lookup.store import Store


class Stores:
    """A store for each group of entries that is not empty. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._stores: dict[Hashable, Store] = {}
        self._group_of: dict[Key, Hashable] = {}

    def __len__(self) -> int:
        return len(self._group_of)

    def __contains__(self, key: Key) -> bool:
        return key in self._group_of

    def keys(self) -> set[Key]:
        """Give the keys of all entries."""
        return set(self._group_of)

    def among(self, groups: Container[Hashable] | None) -> list[Store]:
        """Give the stores of these groups; all of them where none are named."""
        pairs = self._stores.items()
        return [store for group, store in pairs if groups is None or group in groups]

    def add(self, key: Key, facts: Facts) -> None:
        """Put an entry in, in place of what stood under the key, in whatever group."""
        if self._group_of.get(key, facts.group) != facts.group:
            self.remove(key)
        self._group_of[key] = facts.group
        self._stores.setdefault(facts.group, Store()).add(key, facts)

    def remove(self, key: Key) -> None:
        """Take an entry out without a trace; one that is not there is no error."""
        if key not in self._group_of:
            return
        group = self._group_of.pop(key)
        store = self._stores[group]
        store.remove(key)
        if not len(store):
            del self._stores[group]
