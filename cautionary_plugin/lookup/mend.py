"""Mend words that fell apart, ran together, or lost a letter to their neighbour.

"elk i", "stanleystreet" and "darlints treet" are no known words; put together or cut elsewhere
they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cautionary_plugin.lookup.vocabulary import Vocabulary

Canonical = Callable[[str], str]

SHORTEST_PART = 3
LEAST_JOINED = 6
LONGEST_WHOLE = 40


def mend(words: Sequence[str], vocabulary: Vocabulary, canonical: Canonical) -> list[str]:
    """Give the words as they were probably meant; what resembles a known word stays as it is."""
    if all(canonical(word) in vocabulary for word in words):
        return list(words)

    def known(word: str) -> bool:
        return canonical(word) in vocabulary

    def strange(word: str) -> bool:
        likest = vocabulary.like(canonical(word))[:1]
        return not any(one.level in ("exact", "close") for one in likest)

    odd = {word for word in words if strange(word)}
    mended: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        pair = _joined(word, rest[0], known, strange) if rest else []
        if not pair and rest and odd & {word, rest[0]}:
            pair = _pair(word, rest[0], known)
        if pair:
            rest.pop(0)
            mended += pair
        else:
            mended += (_cut(word, known) or [word]) if word in odd else [word]
    return mended


def apart(word: str, vocabularies: Sequence[Vocabulary]) -> list[str]:
    """Give the parts of a word that ran together, where the vocabularies know both; else itself."""

    def known(part: str) -> bool:
        return any(part in each for each in vocabularies)

    if len(word) < SHORTEST_PART * 2 or known(word):
        return [word]
    if any(one.level != "initial" for each in vocabularies for one in each.like(word)):
        return [word]
    return _cut(word, known) or [word]


def _joined(
    left: str, right: str, known: Callable[[str], bool], strange: Callable[[str], bool]
) -> list[str]:
    """Join two pieces neither of which is a word, where the whole is one, or nearly one."""
    whole = left + right
    if known(left) or known(right) or not LEAST_JOINED <= len(whole) <= LONGEST_WHOLE:
        return []
    if known(whole) or ((strange(left) or strange(right)) and not strange(whole)):
        return [whole]
    return []


def _pair(left: str, right: str, known: Callable[[str], bool]) -> list[str]:
    whole = left + right
    if len(whole) > LONGEST_WHOLE or (len(left) == 1 and known(right)):
        return []  # an initial before a name is no letter that it lost
    if known(whole):
        return [whole]
    if len(left) == 1 or (len(right) == 1 and not known(left)):
        return []
    return _cut(whole, known) or _cut_off_known(left, right, known)


def _cut(whole: str, known: Callable[[str], bool]) -> list[str]:
    """Cut where both parts are known, if need be with one stray letter between them."""
    if not SHORTEST_PART * 2 <= len(whole) <= LONGEST_WHOLE:
        return []
    places = range(SHORTEST_PART, len(whole) - SHORTEST_PART + 1)
    for stray in (0, 1):
        for at in places:
            left, right = whole[:at], whole[at + stray :]
            if len(right) >= SHORTEST_PART and known(left) and known(right):
                return [left, right]
    return []


def _cut_off_known(left: str, right: str, known: Callable[[str], bool]) -> list[str]:
    """Move one letter over the gap where that makes one of two unknown words known."""
    if known(left) or known(right):
        return []
    for a, b in ((left[:-1], left[-1] + right), (left + right[0], right[1:])):
        if (len(a) > 3 and known(a)) or (len(b) > 3 and known(b)):
            return [a, b]
    return []
