"""Look a question up in the tables of the index: which words lead where, and what each is worth."""

from __future__ import annotations

from cautionary_plugin.lookup import addresses, dates, evidence, postcodes
from cautionary_plugin.lookup.asked import Asked
from cautionary_plugin.lookup.codes import Group
from cautionary_plugin.lookup.evidence import Hit
from cautionary_plugin.lookup.mend import mend
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.terms import CodeHit, Lead, Term, Terms
from cautionary_plugin.lookup.vocabulary import Vocabulary

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
        self._names(mend(asked.names, store.names, str))
        self._streets(mend(asked.streets, store.streets, addresses.canonical))
        self._either(asked.either)
        self._numbers(asked.numbers)
        self._postcode(asked.postcode)
        self._born()
        self._codes(asked.codes)
        if asked.flats:
            self.terms.flat_bits = evidence.worth("flat", "exact", evidence.usual("flat"))
            self.terms.best += self.terms.flat_bits
            self.terms.slack += self.terms.flat_bits

    def _names(self, words: list[str]) -> None:
        floor = evidence.differs("spare_name" if len(words) >= MANY_NAMES else "name")
        for word in words:
            term = self._name_term(word, floor)
            self.terms.names.append(term)
            self._lead_words(self.store.names, term.names, floor)

    def _name_term(self, word: str, floor: float) -> Term:
        if len(word) == 1:
            bits = evidence.initial()
            self.terms.best += bits
            self.terms.slack += bits - floor
            return Term(initial=word, best=bits, floor=floor)
        names = self.store.names
        best = evidence.best_of_word("name", word, names.count_of(word), self.entries)
        self.terms.best += best
        return Term(
            names=evidence.hits("name", word, names, self.entries, floor), best=best, floor=floor
        )

    def _streets(self, words: list[str]) -> None:
        floor = evidence.differs("address")
        for word in words:
            term = self._street_term(addresses.canonical(word), floor)
            self.terms.streets.append(term)
            self.terms.best += term.best
            self._lead_words(self.store.streets, term.streets, floor)

    def _street_term(self, word: str, floor: float) -> Term:
        streets = self.store.streets
        return Term(
            streets=evidence.hits("address", word, streets, self.entries, floor),
            best=evidence.best_of_word("address", word, streets.count_of(word), self.entries),
            floor=floor,
        )

    def _either(self, words: tuple[str, ...]) -> None:
        """Take words that may be a name or part of an address as whichever they turn out to be."""
        floor = evidence.differs("free")
        for word in words:
            names = Term()
            if len(word) > 1:
                names.names = evidence.hits("name", word, self.store.names, self.entries, floor)
            term = self._street_term(addresses.canonical(word), floor)
            term.names = names.names
            if word in self.store.names and addresses.canonical(word) not in self.store.streets:
                term.best = evidence.best_of_word(
                    "name", word, self.store.names.count_of(word), self.entries
                )
            if len(word) == 1:
                term.initial = word
                term.best = evidence.initial()
                self.terms.slack += term.best - floor
            self.terms.best += term.best
            self.terms.either.append(term)
            self._lead_words(self.store.names, term.names, floor)
            self._lead_words(self.store.streets, term.streets, floor)

    def _lead_words(self, vocabulary: Vocabulary, hits: dict[int, Hit], floor: float) -> None:
        for known, hit in hits.items():
            slots = vocabulary.slots(known)
            self.terms.leads.append(Lead(hit.bits - floor, slots, len(slots)))

    def _lead_code(self, code: str, gain: float) -> int:
        """Lead to whoever has a code, and count them."""
        known = self.store.codes.id_of(code)
        if known is None:
            return 0
        slots = self.store.codes.slots(known)
        self.terms.leads.append(Lead(gain, slots, len(slots)))
        return len(slots)

    def _numbers(self, numbers: tuple[str, ...]) -> None:
        for number in numbers:
            count = self.store.codes.count_of(f"#{number}")
            bits = evidence.worth(
                "number", "exact", evidence.share(count, self.entries, evidence.usual("number"))
            )
            self.terms.numbers[number] = bits
            self.terms.best += bits
            self._lead_code(f"#{number}", bits)

    def _postcode(self, postcode: str) -> None:
        if not postcode:
            return
        self.terms.sector = postcodes.sector(postcode)
        self.terms.postcodes = evidence.hits(
            "postcode", postcode, self.store.postcodes, self.entries, 0.0
        )
        self.terms.best += evidence.best_of_word(
            "postcode", postcode, self.store.postcodes.count_of(postcode), self.entries
        )
        self._lead_words(self.store.postcodes, self.terms.postcodes, 0.0)
        if self.terms.sector:
            code = f"S{self.terms.sector}"
            chance = evidence.share(
                self.store.codes.count_of(code), self.entries, evidence.usual("sector")
            )
            bits = max(0.5, evidence.worth("postcode", "sector", chance))
            self.terms.sector_bits = bits
            self._lead_code(code, bits)

    def _born(self) -> None:
        terms = self.terms
        if not terms.born:
            return
        chance = evidence.usual("born_on")
        bits = {level: evidence.worth("born_on", level, chance[level]) for level in chance}
        terms.born_bits = bits
        terms.year_bits = evidence.worth("birth_year", "exact", evidence.usual("birth_year"))
        terms.slack += terms.year_bits
        whole = any(born.month for born in terms.born)
        terms.best += bits["exact"] if whole else terms.year_bits
        for born in terms.born if whole else ():
            for key in dates.keys(born):
                self._lead_code(key, bits["near"])
            self._lead_code(dates.key(born), max(0.0, bits["exact"] - 3 * bits["near"]))
            self._lead_code(dates.key(dates.swapped(born)), bits["swapped"])

    def _codes(self, groups: tuple[Group, ...]) -> None:
        for group in groups:
            worths = {}
            for code in group:
                count = self.store.codes.count_of(code.text)
                chance = evidence.share_of_code(count, self.entries, evidence.usual(code.kind))
                bits = max(0.0, evidence.worth(code.kind, code.level, chance))
                worths[code.text] = CodeHit(bits, code.kind, code.level)
                self._lead_code(code.text, bits)
            self.terms.codes.append(worths)
            if any(code.kind != "identifier" for code in group):
                self.terms.best += max(hit.bits for hit in worths.values())
