"""Look a question up in the tables of the index: which words lead where, and what each is worth."""

from __future__ import annotations

from collections.abc import Callable

from cautionary_plugin.lookup import addresses, dates, evidence, postcodes, tables
from cautionary_plugin.lookup.asked import Asked
from cautionary_plugin.lookup.codes import Group
from cautionary_plugin.lookup.dates import Born
from cautionary_plugin.lookup.evidence import Hit
from cautionary_plugin.lookup.mend import apart, mend
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.terms import CodeHit, Lead, Term, TermHit, Terms
from cautionary_plugin.lookup.vocabulary import Vocabulary, WordId

MANY_NAMES = 3
"""From so many name words on, one of them may be a middle name that the entry lacks."""


def plan(asked: Asked, store: Store) -> Terms:
    """Prepare a question for the search in a store."""
    return _Planner(asked, store).terms


class _Planner:
    """Builds :class:`Terms` fact by fact."""

    def __init__(self, asked: Asked, store: Store) -> None:
        self.store = store
        self.entries = len(store)
        self.terms = Terms(flats=frozenset(asked.flats), born=asked.born)
        self._words(asked)
        self._numbers(asked.numbers)
        self._flats()
        self._postcode(asked.postcode)
        self._born()
        for group in asked.codes:
            self._codes(group)

    def _words(self, asked: Asked) -> None:
        names = mend(asked.names, self.store.names, str)
        kind = "spare_name" if len(names) >= MANY_NAMES else "name"
        for word in names:
            place = _is_rather(word, self.store.streets, self.store.names, addresses.canonical)
            self._word(word, evidence.differs(kind), in_name=True, in_street=place)
        streets = [word for word in asked.streets if not self._is_errand(word)]
        for word in mend(streets, self.store.streets, addresses.canonical):
            name = _is_rather(word, self.store.names, self.store.streets, str)
            self._word(word, self._floor(word), in_name=name, in_street=True)
        both = (self.store.names, self.store.streets)
        for typed in asked.either:
            for word in [] if self._is_errand(typed) else apart(typed, both):
                self._word(word, evidence.differs("free"), in_name=True, in_street=True)

    def _is_errand(self, word: str) -> bool:
        """Tell whether a word says why somebody is visited, and not whom: no entry bears it."""
        if word not in tables.word_list("errands") or word in self.store.names:
            return False
        return addresses.canonical(word) not in self.store.streets

    def _floor(self, word: str) -> float:
        """Give what it costs to have no such word in the address."""
        scrap = addresses.canonical(word) not in self.store.streets and addresses.is_scrap(word)
        return evidence.differs("scrap" if scrap else "address")

    def _word(
        self, word: str, floor: float, *, in_name: bool = False, in_street: bool = False
    ) -> None:
        initial = word if in_name and len(word) == 1 else ""
        position = len(self.terms.words)
        self.terms.words.append(Term(in_name, in_street, floor, initial))
        if initial:
            self._lead(f"i{initial}", evidence.initial() - floor)
        elif in_name:
            hits = evidence.hits("name", word, self.store.names, self.entries, floor)
            self._note(position, floor, hits, self.terms.by_name, self.store.names)
        if in_street:
            word = addresses.canonical(word)
            hits = evidence.hits("address", word, self.store.streets, self.entries, floor)
            self._note(position, floor, hits, self.terms.by_street, self.store.streets)

    def _note(
        self,
        position: int,
        floor: float,
        hits: dict[WordId, Hit],
        table: dict[WordId, list[TermHit]],
        vocabulary: Vocabulary,
    ) -> None:
        for known, hit in hits.items():
            table.setdefault(known, []).append((position, hit))
            self.terms.leads.append(Lead(hit.bits - floor, vocabulary.slots(known)))

    def _lead(self, code: str, gain: float) -> None:
        """Lead to whoever has a code."""
        known = self.store.codes.id_of(code)
        if known is not None:
            self.terms.leads.append(Lead(gain, self.store.codes.slots(known)))

    def _numbers(self, numbers: tuple[str, ...]) -> None:
        for number in numbers:
            count = self.store.codes.count_of(f"#{number}")
            chance = evidence.share(count, self.entries, evidence.usual("number"))
            bits = evidence.worth("number", "exact", chance)
            self.terms.numbers[number] = bits
            self._lead(f"#{number}", bits)
            self._lead(f"%{number}", bits / 2)

    def _flats(self) -> None:
        for flat in self.terms.flats:
            count = self.store.codes.count_of(f"%{flat}")
            chance = evidence.share(count, self.entries, evidence.usual("flat"))
            bits = evidence.worth("flat", "exact", chance)
            self.terms.flat_bits = max(bits, self.terms.flat_bits)
            self._lead(f"%{flat}", bits)
        if self.terms.flats and self.terms.numbers:
            self._turned()

    def _turned(self) -> None:
        """Take 14/2 for flat 2 of number 14 as well, as in Scotland."""
        terms = self.terms
        both = max(terms.numbers.values()) + terms.flat_bits
        terms.turned_bits = max(0.0, both + evidence.cost("number", "turned"))
        for flat in terms.flats:
            self._lead(f"#{flat}", terms.turned_bits)

    def _postcode(self, postcode: str) -> None:
        if not postcode:
            return
        terms, known = self.terms, self.store.postcodes
        terms.postcodes = evidence.hits("postcode", postcode, known, self.entries, 0.0)
        terms.other_postcode = evidence.differs("postcode")
        for word, hit in terms.postcodes.items():
            terms.leads.append(Lead(hit.bits - terms.other_postcode, known.slots(word)))
        terms.sector = postcodes.sector(postcode)
        code = f"S{terms.sector}"
        count = self.store.codes.count_of(code)
        chance = evidence.share(count, self.entries, evidence.usual("sector"))
        terms.sector_bits = max(0.5, evidence.worth("postcode", "sector", chance))
        self._lead(code, terms.sector_bits - terms.other_postcode)

    def _born(self) -> None:
        terms = self.terms
        if not terms.born:
            return
        chance = evidence.usual("born_on")
        bits = {level: evidence.worth("born_on", level, chance[level]) for level in chance}
        terms.born_bits = bits
        terms.year_bits = evidence.worth("birth_year", "exact", evidence.usual("birth_year"))
        for born in terms.born:
            if born.month:
                self._full_date(born, bits)
            else:
                self._years(dates.year_key, born.year, dates.YEARS_ALIKE)
                self._years(dates.approximate_key, born.year, dates.YEARS_ALIKE)

    def _full_date(self, born: Born, bits: dict[str, float]) -> None:
        """Lead to who was born on a date, or near it; who is found under all three parts is it."""
        other = max(bits["about"], evidence.differs("born_on"), evidence.differs("birth_year"))
        self.terms.other_date = other
        for key in dates.keys(born):
            self._lead(key, bits["near"] - other)
        whole = bits["exact"] - bits["near"] - 2 * (bits["near"] - other)
        self._lead(dates.key(born), max(0.0, whole))
        for slip in dates.slips(born):
            self._lead(dates.key(slip), bits["near"] - other)
        self._lead(dates.key(dates.swapped(born)), bits["swapped"] - other)
        self._years(dates.approximate_key, born.year, dates.YEARS_UNSURE)

    def _years(self, key: Callable[[int], str], year: int, apart: int) -> None:
        """Lead to who was born within so many years, be they sure or approximate."""
        for one in range(year - apart, year + apart + 1):
            self._lead(key(one), self.terms.year_bits - self.terms.other_date)

    def _codes(self, group: Group) -> None:
        worths = {}
        for code in group:
            count = self.store.codes.count_of(code.text)
            chance = evidence.share_of_code(count, self.entries, evidence.usual(code.kind))
            bits = max(0.0, evidence.worth(code.kind, code.level, chance))
            worths[code.text] = CodeHit(bits, code.kind, code.level)
            self._lead(code.text, bits)
        self.terms.codes.append(worths)


def _is_rather(word: str, other: Vocabulary, own: Vocabulary, form: Callable[[str], str]) -> bool:
    """Tell whether a word stands in the wrong box: the other knows it, its own nothing like it."""
    if len(word) == 1 or other.id_of(form(word)) is None or own.id_of(word) is not None:
        return False
    return not any(one.level in ("exact", "close", "nickname") for one in own.like(word))
