"""An entry as the index holds it: ids of words instead of words."""

from __future__ import annotations

from typing import NamedTuple

from cautionary_plugin.lookup.dates import Born
from cautionary_plugin.lookup.facts import Key
from cautionary_plugin.lookup.vocabulary import WordId


class Place(NamedTuple):
    """One address of a record.

    ``roads`` are those of its words that name the street, ``types`` say road, lane or close.
    """

    words: frozenset[WordId]
    roads: frozenset[WordId]
    types: frozenset[WordId]
    numbers: tuple[str, ...]
    flats: tuple[str, ...]
    postcode: WordId | None
    sector: str
    uprn: str
    slashed: bool = False


NOWHERE = Place(frozenset(), frozenset(), frozenset(), (), (), None, "", "")


class Record(NamedTuple):
    """What the index keeps of one entry, by the ids of its vocabularies.

    ``names`` are the words of the name and of all aliases together, ``firsts`` the first of each,
    ``families`` the last; ``apart`` are those of each where there are several; ``initials`` begin
    a name, ``other_initials`` its later words. ``held`` lists every id under which the entry stands
    in the vocabularies of names, streets, postcodes and codes: exactly what is taken out when it
    goes.
    """

    key: Key
    names: frozenset[WordId]
    shortest_name: int
    firsts: frozenset[WordId]
    families: frozenset[WordId]
    apart: tuple[frozenset[WordId], ...]
    initials: frozenset[str]
    other_initials: frozenset[str]
    born: Born | None
    birth_year: int | None
    places: tuple[Place, ...]
    codes: frozenset[str]
    held: tuple[tuple[WordId, ...], ...]
