"""From evidence to an answer: how strong a match is, and which facts agree and differ."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from cautionary_plugin.lookup import reasons
from cautionary_plugin.lookup.evidence import over_chance
from cautionary_plugin.lookup.facts import Key, Match
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.strength import strength
from cautionary_plugin.lookup.terms import Terms
from cautionary_plugin.lookup.weighed import Weighed

BITS_PER_STEP = 4.0
"""Bits that double the odds shown in a score; the evidence itself is surer than its estimate."""

_STRONGEST_FIRST = ("strong", "possible", "vague", "unlikely")


def matches(terms: Terms, found: Iterable[tuple[Record, Weighed]], entries: int) -> list[Match]:
    """Turn weighed records into matches."""
    return [
        Match(
            record.key,
            strength(terms, record, one, entries),
            round(score(one, entries), 4),
            reasons.agreeing(one),
            reasons.differing(terms, record, one),
        )
        for record, one in found
    ]


def best_of(answers: Iterable[Iterable[Match]], limit: int) -> list[Match]:
    """Give the best match of each entry, where several persons or registers were asked for."""
    best: dict[Key, Match] = {}
    for match in chain.from_iterable(answers):
        known = best.get(match.key)
        if known is None or _rank(match) > _rank(known):
            best[match.key] = match
    in_order = sorted(best.values(), key=lambda match: repr(match.key), reverse=True)
    return sorted(in_order, key=_rank, reverse=True)[:limit]


def _rank(match: Match) -> tuple[int, float]:
    return -_STRONGEST_FIRST.index(match.strength), match.score


def score(one: Weighed, entries: int) -> float:
    """Give the bits over chance on a scale from 0 to 1, with 0.5 where chance is as likely."""
    return 1 / (1 + 2 ** (-max(-200.0, over_chance(one.bits, entries)) / BITS_PER_STEP))
