"""Weigh which door it is: street, postcode, house number, flat."""

from __future__ import annotations

from collections.abc import Iterable

from cautionary_plugin.lookup import evidence
from cautionary_plugin.lookup.record import Place
from cautionary_plugin.lookup.terms import Terms
from cautionary_plugin.lookup.weighed import Weighed

SAME_GROUND = 0.7
"""Share of the lesser of street and postcode that says nothing new: a street has few postcodes."""


def weigh(one: Weighed, terms: Terms, place: Place, street: float) -> None:
    """Add what street, postcode and house number say; the first two say much the same."""
    postcode = _postcode(one, terms, place)
    one.bits += street + postcode - SAME_GROUND * max(0.0, min(street, postcode))
    if one.postcode in ("exact", "close") or one.streets:
        _numbers(one, terms, place)
        _flats(one, terms, place)


def _postcode(one: Weighed, terms: Terms, place: Place) -> float:
    if place.postcode is None or not terms.sector_bits:
        return 0.0
    hit = terms.postcodes.get(place.postcode)
    if hit:
        one.postcode = hit.level
        return hit.bits
    if terms.sector and place.sector == terms.sector:
        one.postcode = "sector"
        return terms.sector_bits
    one.postcode = "differs"
    return evidence.differs("postcode")


def _numbers(one: Weighed, terms: Terms, place: Place) -> None:
    if not terms.numbers or not (place.numbers or place.flats):
        return
    agreeing = _held(terms.numbers, place.numbers)
    either = place.slashed or not place.numbers
    in_flats = [n / 2 for n in _held(terms.numbers, place.flats)] if either else []
    if agreeing or (in_flats and not terms.flats):
        one.bits += max(agreeing + in_flats)
        one.number = "exact" if agreeing else "flat"
    elif terms.flats.intersection(place.numbers) and _held(terms.numbers, place.flats):
        one.bits += terms.turned_bits
        one.number = "turned"
    elif place.numbers:
        one.bits += evidence.differs("number")
        one.number = "differs"


def _held(typed: dict[str, float], known: Iterable[str]) -> list[float]:
    return [typed[number] for number in known if number in typed]


def _flats(one: Weighed, terms: Terms, place: Place) -> None:
    """Compare flats and the letters of houses, one of which may be left out on either side."""
    known = frozenset(place.flats)
    typed = terms.flats or known & terms.numbers.keys() - set(place.numbers)
    if one.number in ("differs", "turned") or not (typed or known):
        return  # flat 7 of another house is another flat
    if typed and known and not (typed <= known or known <= typed):
        one.bits += evidence.differs("flat")
        one.flat = "differs"
    elif typed & known:
        one.bits += terms.flat_bits
        one.flat = "exact"
    if one.number == "exact" and one.flat != "differs" and typed != known:
        lettered = any(flat.isalpha() for flat in typed ^ known)
        one.bits += evidence.cost("letter" if lettered else "flat", "missing")
        one.flat = one.flat or "missing"
