"""How alike two words are, and the keys by which alike words find one another."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from rapidfuzz.distance import OSA

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.heard import by_ear, forms, sounds
from cautionary_plugin.lookup.sounds import sound

Level = Literal["exact", "close", "nickname", "far", "initial"]
Keys = Callable[[str], Collection[str]]

MOST_NEIGHBOURS = 60
"""Known words that are weighed for one typed word; the rest are less alike."""

PREFIXES = frozenset({"mc", "mac", "fitz", "o"})
LEAST_WITHOUT_PREFIX = 4

FARTHEST_BY_EAR = 3
"""Letters by which two words of one sound may differ, once they are written as they are heard."""

LEAST_BY_EAR = 5
"""Letters of the longer of two words from which their sound may speak for them: not Ross, Rhys."""

LONGEST_WORD = 24
"""Letters of one word that leave keys; beyond it two words are compared by their beginnings."""


def nicknames_of(word: str) -> Collection[str]:
    """Give the other names of whoever bears this one, and its first letter as an initial."""
    known = tables.nicknames().get(word, frozenset())
    return known | {word[0]} if len(word) > 1 else known


def nothing(_word: str) -> Collection[str]:
    """Give nothing: for words that are compared as a whole."""
    return ()


def pieces(word: str) -> set[str]:
    """Give the three-letter pieces of a longer word, its beginning and end marked."""
    if len(word) < 6 or not word.isalpha():
        return set()
    marked = f"^{word[:LONGEST_WORD]}$"
    return {marked[i : i + 3] for i in range(len(marked) - 2)}


def word_keys(word: str) -> set[str]:
    """Give the keys of a word: with each letter left out once, and by its sounds."""
    keys = deletion_keys(word) if word.isalpha() else set()
    return keys | {"~" + heard for heard in sounds(word) if len(heard) > 1}


def deletion_keys(word: str) -> set[str]:
    """Give the word and the word with each one letter left out, from four letters up.

    Two words that differ by one letter too many, too few, wrong or swapped share a key.
    """
    if len(word) < 3:
        return set()
    word = word[:LONGEST_WORD]
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def compare(typed: str, known: str, related: Keys) -> tuple[Level | None, float]:
    """Say at which level two words agree, and how much, 0 to 1."""
    level, degree = _compare_letters(typed, known, related)
    if level in ("exact", "close", "nickname", "initial"):
        return level, degree
    return _compare_by_ear(typed, known) or (level, degree)


def _compare_by_ear(typed: str, known: str) -> tuple[Level, float] | None:
    """Say at which level two words agree that somebody may have written as they heard it."""
    if not sounds(typed) & sounds(known):
        return None
    heard, known_as = forms(typed), forms(known)
    if heard & known_as:
        return "close", 0.75
    if max(len(typed), len(known)) < LEAST_BY_EAR or not (by_ear(typed) or by_ear(known)):
        return None
    pairs = [(one, other) for one in heard for other in known_as]
    distance = min(OSA.distance(one, other, score_cutoff=4) for one, other in pairs)
    if distance > FARTHEST_BY_EAR:
        return None
    return ("close", 0.7) if distance == 1 else ("far", 0.65)


def _compare_letters(typed: str, known: str, related: Keys) -> tuple[Level | None, float]:
    if typed == known:
        return "exact", 1.0
    if len(known) == 1 or len(typed) == 1:
        return ("initial", 0.3) if typed[0] == known[0] else (None, 0.0)
    shortest, longest = sorted((len(typed), len(known)))
    distance = OSA.distance(typed, known, score_cutoff=3)
    alike = 1 - distance / longest
    if distance == 1 and longest >= 4:
        return "close", alike
    if known in related(typed):
        return "nickname", 0.7
    if _but_for_a_prefix(shorter=typed, longer=known) or _but_for_a_prefix(known, typed):
        return "close", 0.75
    sounds_alike = sound(typed) == sound(known) != ""
    if distance <= 2 and (longest >= 8 or (sounds_alike and longest >= 5)):
        return "close", alike - 0.05
    if (sounds_alike and distance <= 3) or distance == 1 or (distance == 2 and longest >= 5):
        return "far", min(alike, 0.65)
    if shortest >= 4 and (known.startswith(typed) or typed.startswith(known)):
        return "far", 0.6
    return None, 0.0


def _but_for_a_prefix(shorter: str, longer: str) -> bool:
    """Tell whether a name is another without its Mac, Fitz or O’."""
    if len(shorter) < LEAST_WITHOUT_PREFIX or not longer.endswith(shorter):
        return False
    return longer.removesuffix(shorter) in PREFIXES
