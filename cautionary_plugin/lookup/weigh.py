"""Weigh one record against a question: how many bits speak for it, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cautionary_plugin.lookup import dates, evidence
from cautionary_plugin.lookup.codes import LETTERS
from cautionary_plugin.lookup.evidence import Hit
from cautionary_plugin.lookup.record import NOWHERE, Place, Record
from cautionary_plugin.lookup.terms import TermHit, Terms
from cautionary_plugin.lookup.vocabulary import WordId

SPARE_WORD = 0.2
"""Bits off for each name of the entry that was not typed: prefers the entry that says no more."""

OTHER_INITIAL = 1.0
"""Bits off for an initial that fits a later name: officers type that of the first."""

SAME_GROUND = 0.7
"""Share of the lesser of street and postcode that says nothing new: a street has few postcodes."""

Found = dict[int, tuple[Hit, WordId]]
"""By the position of a term: what the record has for it, and which word that is."""


@dataclass(slots=True)
class Weighed:
    """The verdict on one record.

    ``bits`` is the evidence for it. Levels name how each fact agrees: one per typed word for
    ``families``, ``givens`` and ``streets``, one for each other fact (empty where either is
    silent). ``strays`` counts typed words of a name that the entry has not, ``lost`` those of an
    address.
    """

    bits: float = 0.0
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
    names = _fit(terms.by_name, record.names)
    ranked = [_weigh_words(terms, record, names, place) for place in record.places or (NOWHERE,)]
    best = ranked[0] if len(ranked) == 1 else max(ranked, key=lambda one: one.bits)
    _born(best, terms, record)
    _codes(best, terms, record)
    return best


def _weigh_words(terms: Terms, record: Record, names: Found, place: Place) -> Weighed:
    one = Weighed()
    streets = _best(terms.by_street, place.words)
    ground = 0.0
    typed_name = False
    for position, term in enumerate(terms.words):
        hit, word = names.get(position, _NONE)
        if term.initial and not hit.level:
            hit = _initial(term.initial, record)
        street, street_word = streets.get(position, _NONE)
        if street.bits > hit.bits:
            ground += street.bits
            _note_street(one, street, street_word, place)
        elif hit.level:
            one.bits += hit.bits
            _note_name(one, hit, word, record)
        elif term.in_street and not term.in_name:
            if place is not NOWHERE:
                one.bits += term.floor
                one.lost += 1
        elif record.names or term.in_street:
            one.bits += term.floor
            one.strays += 1
        typed_name = typed_name or not term.in_street
    if typed_name:
        one.bits -= SPARE_WORD * max(0, record.shortest_name - len(names))
    _ground(one, terms, place, ground)
    return one


_NONE: tuple[Hit, WordId | None] = (Hit(float("-inf"), ""), None)


def _fit(table: dict[WordId, list[TermHit]], words: Iterable[WordId]) -> Found:
    """Give each term the best word that is still free: no word serves two terms."""
    offers = [
        (hit.bits, position, word, hit)
        for word in words
        if word in table
        for position, hit in table[word]
    ]
    offers.sort(reverse=True)
    found: Found = {}
    taken: set[WordId] = set()
    for _, position, word, hit in offers:
        if position not in found and word not in taken:
            found[position] = (hit, word)
            taken.add(word)
    return found


def _best(table: dict[WordId, list[TermHit]], words: Iterable[WordId]) -> Found:
    """Give each term its best word; in an address one word may serve two."""
    found: Found = {}
    for word in words:
        for position, hit in table.get(word, ()):
            if position not in found or hit.bits > found[position][0].bits:
                found[position] = (hit, word)
    return found


def _initial(letter: str, record: Record) -> Hit:
    if letter in record.initials:
        return Hit(evidence.initial(), "initial")
    if letter in record.other_initials:
        return Hit(evidence.initial() - OTHER_INITIAL, "initial")
    return _NONE[0]


def _note_name(one: Weighed, hit: Hit, word: WordId | None, record: Record) -> None:
    if word in record.families:
        one.families.append(hit.level)
    else:
        one.givens.append(hit.level)


def _note_street(one: Weighed, hit: Hit, word: WordId | None, place: Place) -> None:
    if word in place.roads:
        one.streets.append(hit.level)
    elif word not in place.types:
        one.localities += 1


def _ground(one: Weighed, terms: Terms, place: Place, street: float) -> None:
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
    in_flats = [] if place.numbers else [n / 2 for n in _held(terms.numbers, place.flats)]
    if agreeing or in_flats:
        one.bits += max(agreeing + in_flats)
        one.number = "exact" if agreeing else "flat"
    elif place.numbers:
        one.bits += evidence.differs("number")
        one.number = "differs"


def _held(typed: dict[str, float], known: Iterable[str]) -> list[float]:
    return [typed[number] for number in known if number in typed]


def _flats(one: Weighed, terms: Terms, place: Place) -> None:
    if not terms.flats or not place.flats:
        return
    if terms.flats.intersection(place.flats):
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
    if apart <= dates.YEARS_ALIKE:
        return terms.year_bits, "year"
    return (0.0, "") if apart <= dates.YEARS_UNSURE else (evidence.differs("birth_year"), "differs")


def _codes(one: Weighed, terms: Terms, record: Record) -> None:
    for group in terms.codes:
        held = [hit for text, hit in group.items() if text in record.codes]
        if held:
            best = max(held)
            one.bits += best.bits
            one.codes[best.kind] = best.level
            continue
        kinds = {hit.kind for hit in group.values()}
        kind = kinds.pop()
        if not kinds and any(code.startswith(LETTERS[kind]) for code in record.codes):
            one.bits += evidence.differs(kind)
            one.codes[kind] = "differs"
