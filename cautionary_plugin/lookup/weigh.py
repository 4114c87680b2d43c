"""Weigh one record against a question: how many bits speak for it, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterable

from cautionary_plugin.lookup import dates, doors, evidence
from cautionary_plugin.lookup.codes import LETTERS
from cautionary_plugin.lookup.evidence import Hit
from cautionary_plugin.lookup.record import NOWHERE, Place, Record
from cautionary_plugin.lookup.terms import TermHit, Terms
from cautionary_plugin.lookup.vocabulary import WordId
from cautionary_plugin.lookup.weighed import Weighed

SPARE_WORD = 0.2
"""Bits off for each name of the entry that was not typed: prefers the entry that says no more."""

LATER_NAME = 1.5
"""Bits off where what was typed of a name begins none: few go by their second name."""

TWO_NAMES = 1.5
"""Bits off where one word is of the name and another of an alias only."""

OTHER_INITIAL = 1.0
"""Bits off for an initial that fits a later name: officers type that of the first."""

Found = dict[int, tuple[Hit, WordId]]
"""By the position of a term: what the record has for it, and which word that is."""


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
    words: list[WordId | None] = []
    taken = {word for _, word in names.values()}
    for position, term in enumerate(terms.words):
        hit, word = names.get(position, _NONE)
        if term.initial and not hit.level:
            hit = _initial(term.initial, record, taken)
        street, street_word = streets.get(position, _NONE)
        if street.bits > hit.bits:
            ground += street.bits
            _note_street(one, street, street_word, place)
        elif hit.level:
            one.bits += hit.bits
            words.append(word)
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
        one.bits -= _put_together([word for word in words if word is not None], record)
    spelt = {word for hit, word in streets.values() if hit.level == "exact"}
    one.whole_street = place.roads | place.types <= spelt
    doors.weigh(one, terms, place, ground)
    return one


def _put_together(words: list[WordId], record: Record) -> float:
    """Give the bits off where the words agree, but are not what anybody calls the person."""
    if len(words) < 2:
        return 0.0
    off = 0.0 if record.firsts.intersection(words) else LATER_NAME
    if record.apart and not any(name.issuperset(words) for name in record.apart):
        off += TWO_NAMES
    return off


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


def _initial(letter: str, record: Record, taken: set[WordId]) -> Hit:
    """Give what an initial is worth; a name that was typed in full has none beside it."""
    if letter in record.initials and not record.firsts <= taken:
        return Hit(evidence.initial(), "initial")
    if letter in record.other_initials and not record.names - record.firsts <= taken:
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
