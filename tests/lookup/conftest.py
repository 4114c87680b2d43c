"""A small invented register, and one question at a time."""

from collections.abc import Callable
from datetime import date

import pytest

from cautionary_plugin.lookup.facts import Address, Facts, Match, Question
from cautionary_plugin.lookup.index import Index

ENTRIES = {
    "william": Facts(
        names=("William Hawtrey", "Billy the Fish"),
        born_on=date(1970, 4, 3),
        addresses=(Address(("Flat 2", "14 Mill Road", "Wareley"), "SG12 0AB", "100012345678"),),
        phones=("01134 960 001",),
        emails=("w.hawtrey@example.org",),
        identifiers=("HB-70021",),
    ),
    "mohammed": Facts(names=("Mohammed Chowdhury",), born_on=date(1988, 11, 30)),
    "siobhan": Facts(names=("Siobhán O'Brien",), approximate_birth_year=1960),
    "double": Facts(names=("Anne-Marie Fairley-Coldwell",), born_on=date(1955, 6, 7)),
    "mcallister": Facts(names=("Douglas McAllister",)),
    "kennel": Facts(
        kind="premises", addresses=(Address(("9 Orchard Lane", "Buntworth"), "SG14 3QT"),)
    ),
    "neighbour": Facts(
        names=("Peter Thornbury",),
        born_on=date(1990, 1, 2),
        addresses=(Address(("16 Mill Road", "Wareley"), "SG12 0AB"),),
    ),
    "son": Facts(
        names=("James Hawtrey",),
        born_on=date(1998, 9, 9),
        addresses=(Address(("Flat 2", "14 Mill Road", "Wareley"), "SG12 0AB"),),
    ),
}

Ask = Callable[..., list[Match]]


@pytest.fixture
def index() -> Index:
    return Index(ENTRIES.items())


@pytest.fixture
def ask(index: Index) -> Ask:
    """Ask the small register; what is unlikely is left out, as officers see it."""

    def ask(anything: str = "", **boxes: object) -> list[Match]:
        found = index.search(Question(anything=anything, **boxes))
        return [match for match in found if match.strength != "unlikely"]

    return ask
