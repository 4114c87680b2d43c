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

BITS_PER_STEP = 4.0
"""Bits that double the odds shown in a score; the evidence itself is surer than its estimate."""

_GOOD = frozenset({"exact", "close", "nickname"})
_TELLING = ("identifier", "email", "phone")


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


def over_chance(one: Weighed, entries: int) -> float:
    """Give the bits that are left after the search among so many.

    Among 1,000 entries, one agrees by chance on what is worth ten bits. A small register counts
    as one of 1,000, or anybody's namesake would look like the person.
    """
    return one.bits - log2(entries + tables.weights()["pseudo_entries"])


def score(one: Weighed, entries: int) -> float:
    """Give the bits over chance on a scale from 0 to 1, with 0.5 where chance is as likely."""
    return 1 / (1 + 2 ** (-max(-200.0, over_chance(one, entries)) / BITS_PER_STEP))


def strength(terms: Terms, record: Record, one: Weighed, entries: int) -> Strength:
    """Say whether this is the person or the place, or may be, or hardly is."""
    thresholds = tables.weights()["thresholds"]
    bits = over_chance(one, entries)
    if bits >= thresholds["strong"] and _settled(terms, record, one):
        return "strong"
    if bits >= thresholds["rare_name"] and _is_rare_name(one, entries):
        return "strong"
    if bits < thresholds["possible"] or _is_neighbour(one):
        return "unlikely"
    return "possible"


def _is_neighbour(one: Weighed) -> bool:
    """Tell whether nothing but the street agrees: next door is not on the register."""
    told = one.codes or one.born not in ("", "differs")
    return one.number == "differs" and not told and not _good_names(one)


def _settled(terms: Terms, record: Record, one: Weighed) -> bool:
    """Tell whether a second fact settles the match, and none speaks against it."""
    if one.born == "differs":
        return False
    place = _is_place(one)
    if one.codes.get("uprn") == "exact" or (place and not record.names):
        return True
    if not _name_was_typed(terms, one):
        return place or any(one.codes.get(kind) == "exact" for kind in _TELLING)
    return _is_person(terms, record, one, place=place)


def _is_person(terms: Terms, record: Record, one: Weighed, *, place: bool) -> bool:
    told = any(one.codes.get(kind) == "exact" for kind in _TELLING)
    born = one.born in ("exact", "swapped", "near")
    if _whole_name(terms, one):
        return born or place or told
    return _good_names(one) >= 1 and (told or (born and place))


def _name_was_typed(terms: Terms, one: Weighed) -> bool:
    """Tell whether a name was typed; in the one box a word that fits no address counts as one."""
    return any(not term.in_street for term in terms.words) or bool(
        one.families or one.givens or one.strays
    )


def _good_names(one: Weighed) -> int:
    return sum(level in _GOOD for level in (*one.families, *one.givens))


def _whole_name(terms: Terms, one: Weighed) -> bool:
    """Tell whether two names agree well; in the one box other words may be anything."""
    initials = sum(level == "initial" for level in (*one.families, *one.givens))
    good = _good_names(one)
    loose = any(term.in_name and term.in_street for term in terms.words)
    return (good >= 2 or (good == 1 and initials == 1)) and (loose or one.strays < good)


def _is_place(one: Weighed) -> bool:
    """Tell whether it is this very house, or flat where both say which."""
    if one.number != "exact" or one.flat == "differs" or one.postcode == "differs":
        return False
    if one.postcode == "exact":
        return True
    return bool(_GOOD.intersection(one.streets)) and not one.lost


def _is_rare_name(one: Weighed, entries: int) -> bool:
    thresholds = tables.weights()["thresholds"]
    levels = {*one.families, *one.givens}
    only_name = not (one.lost or one.strays or one.born or one.postcode or one.number)
    return (
        entries >= thresholds["rare_name_entries"]
        and only_name
        and len(one.families) + len(one.givens) >= 2
        and levels == {"exact"}
    )
