"""Read a name or a street in one word where it was typed in two, and in two where in one.

*Ann Marie* is listed as Annmarie, *Millbank* as Mill Bank. Where all these are words of some entry,
nothing but the entry itself tells which was meant: so both are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import chain, product

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.addresses import canonical
from cautionary_plugin.lookup.asked import MOST_WORDS, Asked
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.vocabulary import Vocabulary

SHORTEST_PART = 2
"""Letters of a part: an initial before a surname is no part of it."""

LEAST_WHOLE = 5
LONGEST_WHOLE = 40

MOST_PARTS = 3

Parts = Sequence[str]
AreOne = Callable[[Parts], bool]
Spellings = Callable[[str], Collection[str]]


def readings(asked: Asked, store: Store) -> list[Asked]:
    """Give the question as it was typed, and as it reads with words put together or taken apart."""
    return list(dict.fromkeys((asked, _put_together(asked, store), _taken_apart(asked, store))))


def _put_together(asked: Asked, store: Store) -> Asked:
    """Put together what some entry has in one word."""

    def name(parts: Parts) -> bool:
        # Three parts are not tried in all their spellings: they would be thousands.
        spelt = product(*map(_names, parts)) if len(parts) == 2 else [parts]
        return any("".join(one) in store.names for one in spelt)

    def street(parts: Parts) -> bool:
        return canonical("".join(parts)) in store.streets

    return replace(
        asked,
        names=_join(asked.names, name),
        streets=_join(asked.streets, street),
        either=_join(asked.either, lambda parts: name(parts) or street(parts)),
    )


def _join(words: Sequence[str], are_one: AreOne) -> tuple[str, ...]:
    joined: list[str] = []
    rest = list(words)
    while rest:
        several = MOST_PARTS
        while several > 1 and not (
            _may_be_one(rest[:several], several) and are_one(rest[:several])
        ):
            several -= 1
        joined.append("".join(rest[:several]))
        del rest[:several]
    return tuple(joined)


def _may_be_one(parts: Parts, several: int) -> bool:
    return (
        len(parts) == several
        and min(map(len, parts)) >= SHORTEST_PART
        and LEAST_WHOLE <= sum(map(len, parts)) <= LONGEST_WHOLE
    )


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
    return (part, *tables.nicknames().get(part, ()))


def _streets(part: str) -> Collection[str]:
    return (canonical(part),)
