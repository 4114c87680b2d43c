"""The words of one kind that the index knows, who has them, and which are like a typed one.

Nothing is precomputed per pair of words: a word leaves keys (itself with one letter left out,
and how it sounds), and two words that share a key are compared when somebody asks.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from cautionary_plugin.lookup import similar

WordId = int
Slot = int

SHARED_PIECES = 0.45
"""Share of a typed word's pieces that a word must have to be compared with it."""


class Likeness(NamedTuple):
    """A known word that is like a typed one."""

    word: WordId
    level: similar.Level
    degree: float


class Vocabulary:
    """Words ↔ slots, with keys for words that are nearly the same.

    Ids of words that nobody has any more are used again: a removed word leaves no trace.
    """

    def __init__(
        self,
        keys_of: similar.Keys = similar.nothing,
        *,
        pieces_of: similar.Keys = similar.nothing,
        related: similar.Keys = similar.nothing,
    ) -> None:
        self._keys_of = keys_of
        self._pieces_of = pieces_of
        self._pieces: dict[str, array[int]] = {}
        self._related = related
        self._ids: dict[str, WordId] = {}
        self._words: list[str] = []
        self._slots: list[array[int]] = []
        self._free: list[WordId] = []
        self._keys: dict[str, WordId | set[WordId]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, word: str) -> bool:
        return word in self._ids

    def add(self, word: str, slot: Slot) -> WordId:
        """Note that a slot has the word; at most once for each slot and word."""
        known = self._ids.get(word)
        if known is None:
            known = self._enter(word)
        self._slots[known].append(slot)
        return known

    def discard(self, known: WordId, slot: Slot) -> None:
        """Note that a slot no longer has the word, and forget a word that nobody has."""
        slots = self._slots[known]
        slots.remove(slot)
        if not slots:
            self._leave(known)

    def id_of(self, word: str) -> WordId | None:
        """Give the id of exactly this word."""
        return self._ids.get(word)

    def slots(self, known: WordId) -> array[int]:
        """Give the slots that have the word, in no order."""
        return self._slots[known]

    def text(self, known: WordId) -> str:
        """Give the word itself."""
        return self._words[known]

    def count(self, known: WordId) -> int:
        """Count who has the word."""
        return len(self._slots[known])

    def count_of(self, word: str) -> int:
        """Count who has exactly this word."""
        known = self._ids.get(word)
        return 0 if known is None else len(self._slots[known])

    def has_without(self, word: str, other: str) -> bool:
        """Tell whether some slot has the one word and not the other."""
        known, rest = self._ids.get(word), self._ids.get(other)
        if known is None or rest is None:
            return known is not None
        return not self._slots_of([known]) <= self._slots_of([rest])

    def share_a_slot(self, words: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether some slot has one of the words and one of the others."""
        ids = self._ids
        some = [ids[word] for word in words if word in ids]
        rest = [ids[word] for word in others if word in ids] if some else []
        return bool(rest) and not self._slots_of(some).isdisjoint(self._slots_of(rest))

    def _slots_of(self, several: Iterable[WordId]) -> set[Slot]:
        return set(chain.from_iterable(self._slots[known] for known in several))

    def like(self, word: str) -> list[Likeness]:
        """Give the known words that are like a typed one, the most alike first.

        Only a word that nothing resembles by its keys is looked for by its pieces as well.
        """
        found = self._compared(word, self._by_keys(word))
        if not any(one.level in ("exact", "close", "nickname") for one in found):
            found = self._compared(word, self._by_keys(word) | self._by_pieces(word))
        found.sort(key=lambda one: (-one.degree, self._words[one.word]))
        return found[: similar.MOST_NEIGHBOURS]

    def _compared(self, word: str, others: Iterable[WordId]) -> list[Likeness]:
        found: list[Likeness] = []
        for known in others:
            level, degree = similar.compare(word, self._words[known], self._related)
            if level is not None:
                found.append(Likeness(known, level, degree))
        return found

    def _by_keys(self, word: str) -> set[WordId]:
        near: set[WordId] = set()
        for other in (word, *self._related(word)):
            known = self._ids.get(other)
            if known is not None:
                near.add(known)
        for key in self._keys_of(word):
            held = self._keys.get(key)
            if held is None:
                continue
            if isinstance(held, set):
                near |= held
            else:
                near.add(held)
        return near

    def _by_pieces(self, word: str) -> set[WordId]:
        """Find words that share about half of their three-letter pieces."""
        pieces = self._pieces_of(word)
        shared = Counter(known for piece in pieces for known in self._pieces.get(piece, ()))
        enough = max(2, len(pieces) * SHARED_PIECES)
        return {known for known, count in shared.items() if count >= enough}

    def _enter(self, word: str) -> WordId:
        if self._free:
            known = self._free.pop()
            self._words[known] = word
        else:
            known = len(self._words)
            self._words.append(word)
            self._slots.append(array("I"))
        self._ids[word] = known
        for piece in self._pieces_of(word):
            self._pieces.setdefault(piece, array("I")).append(known)
        for key in self._keys_of(word):
            held = self._keys.get(key)
            if held is None:
                self._keys[key] = known
            elif isinstance(held, set):
                held.add(known)
            else:
                self._keys[key] = {held, known}
        return known

    def _leave(self, known: WordId) -> None:
        word = self._words[known]
        for piece in self._pieces_of(word):
            self._pieces[piece].remove(known)
            if not self._pieces[piece]:
                del self._pieces[piece]
        for key in self._keys_of(word):
            held = self._keys[key]
            if isinstance(held, set):
                held.discard(known)
                if len(held) == 1:
                    self._keys[key] = held.pop()
            else:
                del self._keys[key]
        del self._ids[word]
        self._words[known] = ""
        self._free.append(known)
