"""From evidence to an answer: strong or possible, and which facts agree and differ.

A name alone is at most possible, unless it is rare in a register large enough to tell; a date
of birth, an address, a phone number or a property reference settles it. A fact that differs
makes a match possible at best, since households share addresses and namesakes share names.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from cautionary_plugin.lookup import reasons, tables
from cautionary_plugin.lookup.facts import Match, Strength
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.terms import Terms
from cautionary_plugin.lookup.weigh import Weighed

_GOOD = frozenset({"exact", "close", "nickname"})
_TELLING = ("identifier", "email", "phone")


def matches(terms: Terms, found: Iterable[tuple[Record, Weighed]], entries: int) -> list[Match]:
    """Turn weighed records into matches; those that are not even possible fall away."""
    return [
        Match(
            record.key,
            strength(terms, record, one, entries),
            round(score(terms, one), 4),
            reasons.agreeing(one),
            reasons.differing(terms, record, one),
        )
        for record, one in found
        if is_possible(terms, one)
    ]


def score(terms: Terms, one: Weighed) -> float:
    """Give the evidence as a share of that of a perfect match, 0 to 1.

    What the entry does not say counts a little against it, not as if it differed.
    """
    thresholds = tables.weights()["thresholds"]
    perfect = terms.best - thresholds["missing_forgiven"] * one.missing
    return max(0.0, min(1.0, one.bits / max(1.0, perfect)))


def is_possible(terms: Terms, one: Weighed) -> bool:
    """Tell whether a record is worth showing at all."""
    thresholds = tables.weights()["thresholds"]
    return one.bits >= thresholds["possible_bits"] and score(terms, one) >= thresholds["possible"]


def strength(terms: Terms, record: Record, one: Weighed, entries: int) -> Strength:
    """Say whether this is the person or the place, or may be."""
    thresholds = tables.weights()["thresholds"]
    over_chance = one.bits - log2(entries + 1)
    if over_chance < thresholds["strong_bits_over_chance"]:
        return "possible"
    if _settled(terms, record, one):
        return "strong"
    if _is_rare_name(terms, one, entries) and over_chance >= thresholds["rare_name_bits"]:
        return "strong"
    return "possible"


def _settled(terms: Terms, record: Record, one: Weighed) -> bool:
    """Tell whether a second fact settles the match, and none speaks against it."""
    if one.born == "differs":
        return False
    place = _is_place(one)
    if one.codes.get("uprn") == "exact" or (place and not record.names):
        return True
    if not _names_typed(terms, one):
        return place or any(one.codes.get(kind) == "exact" for kind in _TELLING)
    return _is_person(terms, record, one, place=place)


def _is_person(terms: Terms, record: Record, one: Weighed, *, place: bool) -> bool:
    told = any(one.codes.get(kind) == "exact" for kind in _TELLING)
    born = one.born in ("exact", "swapped", "near")
    if _whole_name(terms, one):
        return born or place or told
    return _good_names(one) >= 1 and (told or (born and place))


def _names_typed(terms: Terms, one: Weighed) -> bool:
    """Tell whether a name was typed; in the one box a word that fits no address counts as one."""
    return bool(terms.names or one.families or one.givens or (terms.either and one.strays))


def _good_names(one: Weighed) -> int:
    return sum(level in _GOOD for level in (*one.families, *one.givens))


def _whole_name(terms: Terms, one: Weighed) -> bool:
    """Tell whether two names agree well; in the one box other words may be anything."""
    initials = sum(level == "initial" for level in (*one.families, *one.givens))
    good = _good_names(one)
    stray = one.strays if terms.names else 0
    return (good >= 2 or (good == 1 and initials == 1)) and stray < good


def _is_place(one: Weighed) -> bool:
    """Tell whether it is this very house, or flat where both say which."""
    if one.number != "exact" or one.flat == "differs" or one.postcode == "differs":
        return False
    if one.postcode == "exact":
        return True
    return bool(_GOOD.intersection(one.streets)) and not one.lost


def _is_rare_name(terms: Terms, one: Weighed, entries: int) -> bool:
    thresholds = tables.weights()["thresholds"]
    levels = {*one.families, *one.givens}
    only_name = not (one.lost or one.strays or one.born or one.postcode or one.number)
    return (
        entries >= thresholds["rare_name_entries"]
        and only_name
        and len(one.families) + len(one.givens) >= 2
        and levels == {"exact"}
    )
