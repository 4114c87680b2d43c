"""Is this the person or the place (strong), may it be (possible, vague), or hardly (unlikely)?

A name alone is at most possible, unless it is rare in a register large enough to tell; a date
of birth, an address, a phone number or a property reference settles it. A fact that differs
makes a match possible at best, since households share addresses and namesakes share names; and
unlikely where nothing but a name speaks for it, unless that is rare. A given name, a street, a
birthday alone is true of too many to be shown to an officer: that is *vague*, and no "none".
"""

from __future__ import annotations

from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.evidence import over_chance
from cautionary_plugin.lookup.facts import Strength
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.terms import Terms
from cautionary_plugin.lookup.weighed import Weighed

_GOOD = frozenset({"exact", "close", "nickname"})
_FITTING = _GOOD | {"initial"}
_TELLING = ("identifier", "email", "phone")


def strength(terms: Terms, record: Record, one: Weighed, entries: int) -> Strength:
    """Say whether this is the person or the place, or may be, or hardly is."""
    thresholds = tables.weights()["thresholds"]
    bits = over_chance(one.bits, entries)
    if bits >= thresholds["strong"] and _settled(terms, record, one):
        return "strong"
    if bits >= thresholds["rare_name"] and _is_rare_name(one, entries):
        return "strong"
    if bits >= _asked_of(terms, record, one):
        return "possible"
    return "vague" if _fits(one) else "unlikely"


def _fits(one: Weighed) -> bool:
    """Tell whether the entry has all that was typed, as far as it says anything of it."""
    words = {*one.families, *one.givens, *one.streets}
    if one.strays or one.lost or not words <= _FITTING:
        return False
    facts = {one.number, one.flat, one.postcode, one.born, *one.codes.values()}
    if facts & {"differs", "about", "sector", "far", "near", "part"}:
        return False
    return bool(words or one.localities or facts - {""})


def _settled(terms: Terms, record: Record, one: Weighed) -> bool:
    """Tell whether a second fact settles the match, and none speaks against it."""
    if one.born in ("differs", "about"):
        return False
    place = _is_house(one)
    door = place and one.flat != "missing"
    if one.codes.get("uprn") == "exact" or (door and not record.names):
        return True
    if not _name_was_typed(terms, one):
        return door or any(one.codes.get(kind) == "exact" for kind in _TELLING)
    return _is_person(terms, record, one, place=place)


def _is_person(terms: Terms, record: Record, one: Weighed, *, place: bool) -> bool:
    told = any(one.codes.get(kind) == "exact" for kind in _TELLING)
    born = _born_agrees(one)
    if _whole_name(terms, one):
        return born or place or told
    return _good_names(one) >= 1 and (told or (born and place))


def _asked_of(terms: Terms, record: Record, one: Weighed) -> float:
    """Give the bits over chance from which a match is possible; infinite where never.

    The very house, the very name and the very number are always shown: where street and postcode
    are those of all entries, or the name that of many, and are no evidence; and whatever an
    officer's calendar says beside them.
    """
    thresholds = tables.weights()["thresholds"]
    least = float(thresholds["possible"])
    very = one.whole_street or not _name_was_typed(terms, one)
    if "exact" in one.codes.values() or (_is_house(one) and very):
        return float("-inf")
    if _is_recorded_name(record, one) and (_is_house(one) or _born_agrees(one)):
        return float("-inf")
    if any(level != "differs" for level in one.codes.values()):
        return least
    if not _name_was_typed(terms, one):
        return least if _may_be_place(terms, one) else float("inf")
    if _is_supported(terms, one):
        return least
    if not (_whole_name(terms, one) or _GOOD.intersection(one.families) or _born_agrees(one)):
        return float("inf")
    against = one.born == "differs" or (record.places and _whole_address(terms, one))
    if not against and _is_recorded_name(record, one):
        return float("-inf")
    if against or not _whole_name(terms, one):
        return float(thresholds["despite"])
    if "far" in (*one.families, *one.givens) or one.strays or one.lost:
        return float(thresholds["doubtful"])
    return least


def _is_supported(terms: Terms, one: Weighed) -> bool:
    """Tell whether a second fact stands beside the name."""
    if _is_house(one):
        return True
    if _whole_name(terms, one) or _GOOD.intersection(one.families):
        return _may_be_here(one) or _born_agrees(one)
    street = bool(_GOOD.intersection(one.streets)) and one.number != "differs"
    at_door = street and "exact" in (one.number, one.postcode)
    return bool(_good_names(one)) and (at_door or one.born in ("exact", "swapped"))


def _born_agrees(one: Weighed) -> bool:
    return one.born in ("exact", "swapped", "near")


def _whole_address(terms: Terms, one: Weighed) -> bool:
    """Tell whether so much of an address was typed that another one speaks against a match.

    A number beside a name and nothing else is as likely the hour, or the case's.
    """
    street = one.streets or one.strays or any(not term.in_name for term in terms.words)
    return bool(terms.sector or (terms.numbers and street))


def _name_was_typed(terms: Terms, one: Weighed) -> bool:
    """Tell whether a name was typed; in the one box a word that fits no address counts as one."""
    return any(not term.in_street for term in terms.words) or bool(
        one.families or one.givens or one.strays
    )


def _good_names(one: Weighed) -> int:
    return sum(level in _GOOD for level in (*one.families, *one.givens))


def _whole_name(terms: Terms, one: Weighed) -> bool:
    """Tell whether all that was typed of a name agrees well.

    In the one box that takes two words of it, since one may be a street; a word by itself is
    the whole of what was typed.
    """
    initials = sum(level == "initial" for level in (*one.families, *one.givens))
    good = _good_names(one)
    loose = len(terms.words) > 1 and any(term.in_name and term.in_street for term in terms.words)
    if good == 1 and not initials:
        return not (loose or one.strays)
    return good >= 1 and good + initials >= 2 and (loose or one.strays < good)


def _is_recorded_name(record: Record, one: Weighed) -> bool:
    """Tell whether a whole name of the entry was typed, letter by letter.

    What else stands beside two words of it ("gas safety check") does not take that away.
    """
    levels = (*one.families, *one.givens)
    if set(levels) != {"exact"} or len(levels) < record.shortest_name:
        return False
    return len(levels) > 1 or not (one.strays or one.lost)


def _may_be_here(one: Weighed) -> bool:
    """Tell whether it may be this house: street or postcode agree, and no number differs."""
    if "differs" in (one.number, one.flat):
        return False
    return one.postcode == "exact" or bool(_GOOD.intersection(one.streets))


def _may_be_place(terms: Terms, one: Weighed) -> bool:
    """Tell whether, with no name to go by, it may be what was typed: next door is not."""
    if one.born in ("exact", "swapped"):
        return True
    if not _may_be_here(one):
        return False
    whole = not one.lost or one.postcode in ("exact", "close")
    return whole or (one.number == "exact" and not one.postcode)


def _is_house(one: Weighed) -> bool:
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
