"""Read a name or a street in one word where it was typed in two, and in two where in one.

*Ann Marie* is listed as Annmarie, *Millbank* as Mill Bank. Where all these are words of some entry,
nothing but the entry itself tells which was meant: so both are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, permutations

from rapidfuzz.distance import OSA

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.addresses import canonical
from cautionary_plugin.lookup.asked import MOST_WORDS, Asked
from cautionary_plugin.lookup.sounds import sound
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.vocabulary import Vocabulary

SHORTEST_PART = 2
"""Letters of a part: an initial before a surname is no part of it."""

LEAST_WHOLE = 5
"""Letters from which a word is taken apart: Rose is not read as Ro and Se."""

LONGEST_PART = 20
LONGEST_WHOLE = 2 * LONGEST_PART

FEW_WORDS = 4
"""Words up to which three of them are tried together."""

MOST_PAIRED = 12
"""Words up to which any two are tried: what is longer is no name, but somebody's letter."""

Parts = tuple[str, ...]
AreOne = Callable[[Parts], bool]
Spellings = Callable[[str], Collection[str]]


def readings(asked: Asked, store: Store) -> list[Asked]:
    """Give the question as it was typed, and as it reads with words put together or taken apart."""
    return list(dict.fromkeys((asked, _put_together(asked, store), _taken_apart(asked, store))))


def _put_together(asked: Asked, store: Store) -> Asked:
    """Put together what some entry has in one word, whatever order it was typed in."""

    names, streets = store.names, store.streets

    def name(parts: Parts) -> bool:
        if len(parts) > 2:
            return names.has_without("".join(parts), parts[0])
        left, right = parts
        spelt = (one + other for one in _names(left) for other in _names(right))
        return any(names.has_without(whole, left) for whole in spelt if whole in names)

    def street(parts: Parts) -> bool:
        return streets.has_without("".join(parts), parts[0])

    return replace(
        asked,
        names=_join(asked.names, name),
        streets=_join(asked.streets, street),
        either=_join(asked.either, lambda parts: street(parts) or name(parts)),
    )


def _join(words: Sequence[str], are_one: AreOne) -> tuple[str, ...]:
    left = dict.fromkeys(words)
    for parts in _parts_of_one(words):
        if are_one(parts) and left.keys() >= set(parts):
            for part in parts:
                del left[part]
            left["".join(parts)] = None
    return tuple(left)


def _parts_of_one(words: Sequence[str]) -> Iterator[Parts]:
    """Give which words may be one, the same for any order of the words."""
    long = sorted(word for word in words if SHORTEST_PART <= len(word) <= LONGEST_PART)
    if len(long) > MOST_PAIRED:
        return
    if len(long) <= FEW_WORDS:
        yield from permutations(long, 3)
    yield from permutations(long, 2)


def _taken_apart(asked: Asked, store: Store) -> Asked:
    """Take apart what some entry has in two words."""

    def name(word: str) -> Parts:
        return _parts(word, store.names, _names)

    def street(word: str) -> Parts:
        return _parts(word, store.streets, _streets)

    return replace(
        asked,
        names=_cut(asked.names, name),
        streets=_cut(asked.streets, street),
        either=_cut(asked.either, lambda word: name(word) or street(word)),
    )


def _cut(words: Sequence[str], parts_of: Callable[[str], Parts]) -> tuple[str, ...]:
    parts = chain.from_iterable(parts_of(word) or (word,) for word in words)
    return tuple(dict.fromkeys(parts))[:MOST_WORDS]


def _parts(word: str, vocabulary: Vocabulary, spellings: Spellings) -> Parts:
    """Give the two words that are this one together, if some entry has both."""
    if not LEAST_WHOLE <= len(word) <= LONGEST_WHOLE:
        return ()
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        left, right = word[:at], word[at:]
        if vocabulary.share_a_slot(spellings(left), spellings(right)):
            return left, right
    return ()


def _names(part: str) -> Collection[str]:
    return _spellings().get(part) or (part,)


@cache
def _spellings() -> Mapping[str, Parts]:
    """Give, for each given name, itself and its other forms that look or sound like it."""
    return {
        name: (
            name,
            *(one for one in others if OSA.distance(name, one) == 1 or sound(name) == sound(one)),
        )
        for name, others in tables.nicknames().items()
    }


def _streets(part: str) -> Collection[str]:
    return (canonical(part),)
