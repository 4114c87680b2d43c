"""Weigh one record against a question: how many bits speak for it, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cautionary_plugin.lookup import dates, evidence
from cautionary_plugin.lookup.codes import LETTERS
from cautionary_plugin.lookup.evidence import Hit
from cautionary_plugin.lookup.record import NOWHERE, Place, Record
from cautionary_plugin.lookup.terms import CodeHit, Term, Terms
from cautionary_plugin.lookup.vocabulary import WordId

SPARE_WORD = 0.2
"""Bits off for each name of the entry that was not typed: prefers the entry that says no more."""


OTHER_INITIAL = 1.0
"""Bits off for an initial that fits a later name: officers type that of the first."""


@dataclass(slots=True)
class Weighed:
    """The verdict on one record.

    ``bits`` is the evidence for it; ``missing`` the worth of what was asked and the entry does
    not say. Levels name how each fact agrees: one per typed word for ``families``, ``givens`` and
    ``streets``, one for each other fact (empty where either is silent). ``strays`` counts typed
    words of a name that the entry has not, ``lost`` those of an address.
    """

    bits: float = 0.0
    missing: float = 0.0
    families: list[str] = field(default_factory=list)
    givens: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    localities: int = 0
    strays: int = 0
    lost: int = 0
    number: str = ""
    flat: str = ""
    postcode: str = ""
    born: str = ""
    codes: dict[str, str] = field(default_factory=dict)


def weigh(terms: Terms, record: Record) -> Weighed:
    """Weigh a record; of several addresses the one that speaks for it most."""
    best: Weighed | None = None
    for place in record.places or (NOWHERE,):
        one = Weighed()
        _names(one, terms, record)
        _place(one, terms, record, place)
        if best is None or one.bits > best.bits:
            best = one
    best = best or Weighed()
    _born(best, terms, record)
    _codes(best, terms, record)
    return best


def _names(one: Weighed, terms: Terms, record: Record) -> None:
    if not record.names:
        one.missing += sum(term.best for term in terms.names)
        return
    used: set[WordId] = set()
    for term in terms.names:
        hit, taken = _name(term, record, used)
        one.bits += hit.bits
        _note_name(one, hit, taken, record)
    if terms.names:
        one.bits -= SPARE_WORD * max(0, record.shortest_name - len(used))


def _name(term: Term, record: Record, used: set[WordId]) -> tuple[Hit, WordId | None]:
    """Find the best word of a record's names, of those left, for a typed word."""
    best, taken = Hit(term.floor, ""), None
    for word in record.names:
        hit = term.names.get(word)
        if hit and hit.bits > best.bits and word not in used:
            best, taken = hit, word
    if taken is not None:
        used.add(taken)
    elif term.initial and term.initial in record.initials:
        best = Hit(evidence.initial(), "initial")
    elif term.initial and term.initial in record.other_initials:
        best = Hit(evidence.initial() - OTHER_INITIAL, "initial")
    return best, taken


def _note_name(one: Weighed, hit: Hit, taken: WordId | None, record: Record) -> None:
    if not hit.level:
        one.strays += 1
    elif taken in record.families:
        one.families.append(hit.level)
    else:
        one.givens.append(hit.level)


def _place(one: Weighed, terms: Terms, record: Record, place: Place) -> None:
    used: set[WordId] = set()
    for term in terms.either:
        name, taken = _name(term, record, used)
        street, word = _street(term, place.words)
        one.bits += max(name.bits, street.bits)
        if street.bits > name.bits:
            _note_street(one, street, word, place)
        else:
            _note_name(one, name, taken, record)
    if place is NOWHERE:
        one.missing += sum(term.best for term in terms.streets)
        return
    for term in terms.streets:
        street, word = _street(term, place.words)
        one.bits += street.bits
        _note_street(one, street, word, place)
    _postcode(one, terms, place)
    if one.postcode in ("exact", "close") or one.streets:
        _numbers(one, terms, place)


def _street(term: Term, words: Iterable[WordId]) -> tuple[Hit, WordId | None]:
    best, taken = Hit(term.floor, ""), None
    for word in words:
        hit = term.streets.get(word)
        if hit and hit.bits > best.bits:
            best, taken = hit, word
    return best, taken


def _note_street(one: Weighed, hit: Hit, taken: WordId | None, place: Place) -> None:
    if not hit.level:
        one.lost += 1
    elif taken in place.roads:
        one.streets.append(hit.level)
    elif taken not in place.types:
        one.localities += 1


def _postcode(one: Weighed, terms: Terms, place: Place) -> None:
    if not terms.postcodes and not terms.sector:
        return
    if place.postcode is None:
        return
    hit = terms.postcodes.get(place.postcode)
    if hit:
        one.bits += hit.bits
        one.postcode = hit.level
    elif terms.sector and place.sector == terms.sector:
        one.bits += terms.sector_bits
        one.postcode = "sector"
    else:
        one.bits += evidence.differs("postcode")
        one.postcode = "differs"


def _numbers(one: Weighed, terms: Terms, place: Place) -> None:
    if terms.numbers and (place.numbers or place.flats):
        agreeing = [terms.numbers[n] for n in place.numbers if n in terms.numbers]
        in_flats = [terms.numbers[n] / 2 for n in place.flats if n in terms.numbers]
        if agreeing or in_flats:
            one.bits += max(agreeing + in_flats)
            one.number = "exact" if agreeing else "flat"
        elif place.numbers:
            one.bits += evidence.differs("number")
            one.number = "differs"
    if terms.flats and place.flats:
        if terms.flats & {*place.flats, *place.numbers}:
            one.bits += terms.flat_bits
            one.flat = "exact"
        else:
            one.bits += evidence.differs("flat")
            one.flat = "differs"


def _born(one: Weighed, terms: Terms, record: Record) -> None:
    if not terms.born:
        return
    if record.born is not None:
        bits, level = max(_born_on(terms, born, record.born) for born in terms.born)
    elif record.birth_year is not None:
        bits, level = max(_birth_year(terms, born, record.birth_year) for born in terms.born)
    else:
        one.missing += terms.born_bits["exact"]
        return
    one.bits += bits
    one.born = level


def _born_on(terms: Terms, typed: dates.Born, known: dates.Born) -> tuple[float, str]:
    if not typed.month:
        return _birth_year(terms, typed, known.year)
    level = dates.compare(typed, known)
    if level == "differs":
        return evidence.differs("born_on"), level
    return terms.born_bits[level], level


def _birth_year(terms: Terms, typed: dates.Born, year: int) -> tuple[float, str]:
    apart = abs(typed.year - year)
    if apart <= 2:
        return terms.year_bits, "year"
    return (0.0, "") if apart <= 5 else (evidence.differs("birth_year"), "differs")


def _codes(one: Weighed, terms: Terms, record: Record) -> None:
    for group in terms.codes:
        held = [hit for text, hit in group.items() if text in record.codes]
        if held:
            best = max(held)
            one.bits += best.bits
            one.codes[best.kind] = best.level
            continue
        kinds = {hit.kind for hit in group.values()}
        if len(kinds) == 1:
            _missing_code(one, kinds.pop(), group, record)


def _missing_code(one: Weighed, kind: str, group: dict[str, CodeHit], record: Record) -> None:
    """Weigh that an entry has not the code that was asked: another one, or none at all."""
    if any(code.startswith(LETTERS[kind]) for code in record.codes):
        one.bits += evidence.differs(kind)
        one.codes[kind] = "differs"
    elif kind != "identifier":
        one.missing += max(hit.bits for hit in group.values())
