"""The tables of the index: records in slots, and the four vocabularies that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from cautionary_plugin.lookup import addresses, codes, dates, normalise, postcodes, similar
from cautionary_plugin.lookup.facts import Facts, Key
from cautionary_plugin.lookup.record import NOWHERE, Place, Record
from cautionary_plugin.lookup.vocabulary import Slot, Vocabulary, WordId


class Store:
    """Who is in the index. Not thread-safe by itself: :class:`index.Index` holds the lock."""

    def __init__(self) -> None:
        self.names = Vocabulary(
            similar.word_keys, pieces_of=similar.pieces, related=similar.nicknames_of
        )
        self.streets = Vocabulary(similar.word_keys, pieces_of=similar.pieces)
        self.postcodes = Vocabulary(similar.deletion_keys)
        self.codes = Vocabulary()
        self.records: dict[Slot, Record] = {}
        self.nameless: set[Slot] = set()
        self.placeless: set[Slot] = set()
        self.codeless: set[Slot] = set()
        self.undated: set[Slot] = set()
        self._slots: dict[Key, Slot] = {}
        self._free: list[Slot] = []

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: Key) -> bool:
        return key in self._slots

    def add(self, key: Key, facts: Facts) -> None:
        """Put an entry in, in place of what stood under the key."""
        self.remove(key)
        slot = self._free.pop() if self._free else len(self.records)
        self._slots[key] = slot
        self.records[slot] = record = self._record(key, facts, slot)
        for silent, is_silent in self._silent(record):
            if is_silent:
                silent.add(slot)

    def remove(self, key: Key) -> None:
        """Take an entry out, with every word that nobody else has."""
        slot = self._slots.pop(key, None)
        if slot is None:
            return
        record = self.records.pop(slot)
        for vocabulary, held in zip(self._vocabularies(), record.held, strict=True):
            for known in held:
                vocabulary.discard(known, slot)
        for silent, _ in self._silent(record):
            silent.discard(slot)
        self._free.append(slot)

    def keys(self) -> set[Key]:
        """Give the keys of all entries."""
        return set(self._slots)

    def _silent(self, record: Record) -> tuple[tuple[set[Slot], bool], ...]:
        """Give the sets of who says nothing of a fact, and whether the record belongs in each."""
        return (
            (self.nameless, not record.names),
            (self.placeless, not record.places),
            (self.codeless, any(p.postcode is None for p in record.places or (NOWHERE,))),
            (self.undated, not (record.born or record.birth_year)),
        )

    def _vocabularies(self) -> tuple[Vocabulary, ...]:
        return self.names, self.streets, self.postcodes, self.codes

    def _record(self, key: Key, facts: Facts, slot: Slot) -> Record:
        names = [normalise.name_words(name) for name in facts.names]
        compounds = [normalise.compounds(name) for name in facts.names]
        parts = [addresses.of(address) for address in facts.addresses]
        born = dates.of(facts.born_on) if facts.born_on else None
        own = codes.of(facts)
        enter = _entering(slot)
        name_ids = enter(self.names, chain(*names, *compounds))
        street_ids = enter(
            self.streets, [addresses.canonical(word) for one in parts for word in one.words]
        )
        postcode_ids = enter(self.postcodes, [one.postcode for one in parts if one.postcode])
        letters = {word[0] for name in names for word in name}
        leading = (
            *sorted(f"i{letter}" for letter in letters),
            *_date_codes(born, facts.approximate_birth_year),
            *_place_codes(parts),
        )
        code_ids = enter(self.codes, [*own, *leading])
        places = tuple(
            _place(one, street_ids, postcode_ids, normalise.uprn(address.uprn))
            for one, address in zip(parts, facts.addresses, strict=True)
        )
        return Record(
            key=key,
            names=frozenset(name_ids.values()),
            shortest_name=min((len(set(name)) for name in names if name), default=0),
            firsts=frozenset(name_ids[name[0]] for name in names if name),
            families=frozenset(
                name_ids[word]
                for name, more in zip(names, compounds, strict=True)
                for word in (*name[1:][-1:], *more)
            ),
            apart=_apart(
                [
                    frozenset(name_ids[word] for word in (*name, *more))
                    for name, more in zip(names, compounds, strict=True)
                    if name
                ]
            ),
            initials=frozenset(name[0][0] for name in names if name),
            other_initials=frozenset(word[0] for name in names for word in name[1:]),
            born=born,
            birth_year=facts.approximate_birth_year,
            places=places,
            codes=own,
            held=tuple(
                tuple(ids.values()) for ids in (name_ids, street_ids, postcode_ids, code_ids)
            ),
        )


def _apart(names: list[frozenset[WordId]]) -> tuple[frozenset[WordId], ...]:
    return tuple(names) if len(names) > 1 else ()


def _date_codes(born: dates.Born | None, about: int | None) -> tuple[str, ...]:
    if born:
        return (dates.key(born), *dates.keys(born), dates.year_key(born.year))
    return (dates.approximate_key(about),) if about else ()


Enter = Callable[[Vocabulary, Iterable[str]], dict[str, WordId]]


def _entering(slot: Slot) -> Enter:
    def enter(vocabulary: Vocabulary, words: Iterable[str]) -> dict[str, WordId]:
        return {word: vocabulary.add(word, slot) for word in dict.fromkeys(words)}

    return enter


def _place(
    parts: addresses.Parts, words: dict[str, WordId], postcode_ids: dict[str, WordId], uprn: str
) -> Place:
    canonical = [addresses.canonical(word) for word in parts.words]
    roads = {addresses.canonical(word) for word in parts.roads}
    types = {word for word in canonical if addresses.is_type(word)} - roads
    return Place(
        words=frozenset(words[word] for word in canonical),
        roads=frozenset(words[word] for word in roads),
        types=frozenset(words[word] for word in types),
        numbers=parts.numbers,
        flats=parts.flats,
        postcode=postcode_ids.get(parts.postcode),
        sector=postcodes.sector(parts.postcode),
        uprn=uprn,
        slashed=parts.slashed,
    )


def _place_codes(parts: Iterable[addresses.Parts]) -> Iterable[str]:
    for one in parts:
        for number in one.numbers:
            yield f"#{number}"
        for flat in one.flats:
            yield f"%{flat}"
        if sector := postcodes.sector(one.postcode):
            yield f"S{sector}"
