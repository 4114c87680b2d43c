"""What an agreement is worth, in bits: log2 of its share among true matches ÷ among all.

Sixteen bits say that one entry in 65,000 would agree by chance. Shares among true matches come
from ``data/weights.json``; shares among all are counted in the index, smoothed by what is known
of the country, so that a register of five entries does not think John a rare name.
"""

from __future__ import annotations

from functools import cache
from math import log2
from typing import Any, NamedTuple

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.heard import sounds
from cautionary_plugin.lookup.similar import Level, nicknames_of
from cautionary_plugin.lookup.vocabulary import Vocabulary, WordId


class Hit(NamedTuple):
    """What it is worth that an entry has this word, and how far the word agrees."""

    bits: float
    level: str


@cache
def cost(kind: str, level: str) -> float:
    """Give the (negative) worth of a fact that agrees in no way, or only in this poor one."""
    return log2(tables.weights()[kind][level])


def differs(kind: str) -> float:
    """Give the (negative) worth of a fact that both have and that does not agree at all."""
    return cost(kind, "differs")


def share(count: float, entries: int, prior: float) -> float:
    """Give the share of all who have something, from a count in the index and a prior share."""
    pseudo = tables.weights()["pseudo_entries"]
    return float((count + prior * pseudo) / (entries + pseudo))


def share_of_code(count: int, entries: int, prior: float) -> float:
    """Give the chance to meet a code by accident: one owner does not count."""
    return max(prior, (count - 1) / (entries + 1))


def worth(kind: str, level: str, chance: float) -> float:
    """Give the evidence of an agreement at a level that comes about by chance so often."""
    return log2(tables.weights()[kind][level] / min(chance, 1.0))


def usual(kind: str) -> Any:
    """Give how often a fact of this kind agrees by chance in the country (by level for dates)."""
    return tables.weights()["usual"][kind]


def hits(
    kind: str, word: str, vocabulary: Vocabulary, entries: int, floor: float
) -> dict[WordId, Hit]:
    """Give all known words that are like a typed one, each with its worth.

    The chance of a likeness counts everybody whose word is as much alike or more: to agree
    roughly with a common name means little, but always more than not at all (``floor``).
    """
    worths: dict[WordId, Hit] = {}
    prior = _prior(kind, word)
    counted = 0
    for one in vocabulary.like(word):
        counted += vocabulary.count(one.word)
        if one.level == "initial":
            worths[one.word] = Hit(initial(), one.level)
            continue
        level: Level = one.level
        if kind == "name":
            level = _of_names(word, level, vocabulary.text(one.word))
        bits = worth(kind, level, share(counted, entries, prior))
        worths[one.word] = Hit(max(floor + 0.5, bits), level)
    return worths


def _of_names(typed: str, level: Level, known: str) -> Level:
    """Think less of a likeness of two names: who types Jayne seldom means Wayne.

    A slip of the hand seldom makes another name; what sounds alike, or is called so, is confused
    all the same.
    """
    if level != "close" or not (tables.is_name(typed) and tables.is_name(known)):
        return level
    if sounds(typed) & sounds(known):
        return level
    return "nickname" if known in nicknames_of(typed) else "far"


def initial() -> float:
    """Give what it is worth that a typed initial is that of one of the entry's names."""
    weights = tables.weights()["initial"]
    return log2(weights["exact"] / weights["share"])


def _prior(kind: str, word: str) -> float:
    unknown = tables.weights()["usual"]["word"]
    return tables.common_names().get(word, unknown) if kind == "name" else unknown


def over_chance(bits: float, entries: int) -> float:
    """Give the bits that are left after the search among so many.

    Among 1,000 entries, one agrees by chance on what is worth ten bits. A small register counts
    as one of 1,000, or anybody's namesake would look like the person.
    """
    return bits - log2(entries + tables.weights()["pseudo_entries"])


def least_possible(entries: int) -> float:
    """Give the bits below which nobody is more than unlikely."""
    return float(tables.weights()["thresholds"]["possible"]) - over_chance(0.0, entries)
