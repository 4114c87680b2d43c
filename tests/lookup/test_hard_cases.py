"""Officers' hard cases, each asked of one small register: the one who is meant comes first."""

from datetime import date

import pytest

from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index


def _at(*lines: str, postcode: str = "", uprn: str = "") -> tuple[Address, ...]:
    return (Address(lines, postcode, uprn),)


REGISTER = {
    "joint": Facts(
        names=("Mr & Mrs J Garside",), addresses=_at("3 Elm Close", "Wareley", postcode="SG12 1AA")
    ),
    "couple": Facts(
        names=("John and Mary Prendergast",),
        addresses=_at("5 Elm Close", "Wareley", postcode="SG12 1AA"),
    ),
    "dorcas": Facts(
        names=("Dorcas Winterbourne",),
        born_on=date(1966, 2, 11),
        addresses=_at(
            "Flat 2", "14 Mill Lane", "Wareley", postcode="SG12 0AB", uprn="000100012345"
        ),
        phones=("+44 7700 900123",),
    ),
    "lettered": Facts(
        names=("Enoch Saltmarsh",),
        addresses=_at("14B Station Road", "Wareley", postcode="SG12 2BB"),
    ),
    "ground": Facts(
        names=("Petra Holloway",),
        addresses=_at("Ground floor flat", "27 Priory Street", "Wareley", postcode="SG12 3CC"),
    ),
    "hyphen": Facts(names=("Imogen Ashby-Thorne",), born_on=date(1981, 7, 9)),
    "two surnames": Facts(names=("Rafael Ortega Villanueva",)),
    "three names": Facts(names=("Mohammed Abdul Rahman",), born_on=date(1977, 12, 1)),
    "yusuf": Facts(
        names=("Yusuf Hussain",), addresses=_at("8 Park View", "Wareley", postcode="SG12 4DD")
    ),
    "alias": Facts(names=("Kevin Braithwaite", "Spider")),
    "aka": Facts(names=("Terence Oldroyd aka Tez",)),
    "diacritics": Facts(names=("Zoë Müller-Łukasik",)),
    "polish": Facts(names=("Wojciech Szczepański",)),
    "ukrainian": Facts(names=("Oleksandr Shevchenko",)),
    "irish": Facts(names=("Seán Ó Súilleabháin",)),
    "mac": Facts(names=("Fiona MacGillivray",)),
    "van": Facts(names=("Pieter van der Westhuizen",)),
    "one name": Facts(names=("Cher",)),
    "kennel": Facts(
        kind="premises",
        addresses=_at("9 Orchard Lane", "Buntworth", postcode="SG14 3QT", uprn="10001234567"),
    ),
    "forge": Facts(
        kind="premises",
        addresses=_at("The Old Forge", "Church Lane", "Buntworth", postcode="SG14 3QX"),
    ),
}

NAMES = {
    "joint": ("Mr & Mrs J Garside", "Garside"),
    "couple": (
        "John Prendergast",
        "Mary Prendergast",
        "Mary and John Prendergast",
        "Mr & Mrs Prendergast",
        "J & M Prendergast",
    ),
    "dorcas": (
        "Winterbourne Dorcas",
        "WINTERBOURNE, Dorcas (Mrs)",
        "Winterbourne, D.",
        "Dorcas Winterbourne née Hathersage",
        "Dorcas Winterbourne 11/02/1966",
        "Dorcas Winterbourne SG12 0AB",
        "07700 900123",
    ),
    "hyphen": (
        "Imogen Ashby Thorne",
        "Imogen Ashby",
        "Imogen Thorne",
        "Imogen Thorne-Ashby",
        "I Ashby-Thorne",
        "Thorne",
    ),
    "two surnames": ("Rafael Ortega", "Rafael Villanueva", "Raphael Ortega-Vilanueva"),
    "three names": (
        "Mohd Abdul Rahman",
        "Md Abdul Rehman",
        "Mohammad Abdur Rahman",
        "Mohamed Abdulrahman",
        "Muhammed A Rahman",
        "Abdul Rahman",
    ),
    "yusuf": ("Yousef Hussein", "Yousaf Husain", "Joseph Hussain", "Yusef Hossain"),
    "alias": ("Kev Braithwaite", "Spider", "Spider Braithwaite", "Kevin 'Spider' Braithwaite"),
    "aka": ("Terence Oldroyd", "Tez Oldroyd", "Tez", "Terry Oldroyd"),
    "diacritics": ("Zoe Muller", "Zoë Müller", "Zoe Mueller-Lukasik", "Zoey Lukasik"),
    "polish": ("Wojciech Szczepanski", "Wojtek Szczepanski", "W Szczepanska", "Voytek Szczepanski"),
    "ukrainian": ("Олександр Шевченко", "Alexander Shevchenko", "Oleksandr Ševčenko"),
    "irish": ("Sean O'Sullivan", "Sean O Suilleabhain", "Shaun OSuilleabhain", "John O'Sullivan"),
    "mac": ("Fiona McGillivray", "F M'Gillivray"),
    "van": ("Peter Westhuizen", "P v d Westhuizen", "Westhuizen"),
    "one name": ("Cher",),
}
ADDRESSES = {
    "dorcas": (
        "2/14 Mill Lane",
        "Flat 2 14 Mill Lane",
        "14 Mill Lane Flat 2",
        "Apt. 2, 14 Mill Ln",
        "14 (flat 2) Mill Lane",
        "Flat2, 14 Mill Lane",
        "No. 14 Mill Lane",
        "Dorcas Winterbourne, Flat 2, 14 Mill Lane",
        "SG12 0AB",
    ),
    "lettered": (
        "14B Station Road",
        "14 B Station Rd",
        "Flat B, 14 Station Road",
        "B/14 Station Rd",
    ),
    "ground": (
        "Ground floor flat, 27 Priory Street",
        "GFF 27 Priory St",
        "27 Priory Street",
        "Grd flr flat 27 Priory Street",
    ),
    "yusuf": ("8 Park View SGI2 4DD",),
    "kennel": ("9 Orchard Ln Buntworth", "Orchard Lane 9", "9, Orchard Lane"),
    "forge": ("The Old Forge, Church Ln", "Old Forge Buntworth", "Forge Church Lane"),
}
NUMBERS = {
    "phone": (
        "07700 900123",
        "+44 7700 900123",
        "0044 7700 900123",
        "+44 (0)7700 900123",
        "tel: 07700 900123",
        "07700 900 123 (mobile)",
    ),
    "uprn": ("100012345", "000100012345", " 1000 12345"),
    "anything": (
        "447700900123",
        "7700900123",
        "(+44) 7700 900 123",
        "07700-900-123",
        "UPRN 100012345",
    ),
}
BIRTHDAYS = (
    *("11/02/1966", "02/11/1966", "11-2-66", "11.2.1966", "1966-02-11", "110266", "11021966"),
    *("11 Feb 1966", "February 11th 1966", "11th of February 1966", "Feb 1966"),
)
POSTCODES = (
    "SG143QT",
    "sg14 3qt",
    "SGI4 3QT",
    "5G14 3QT",
    "SG1 43QT",
    "SG14-3QT",
    "SG14",
    "SG14 3",
)
WRONG_BOX = (
    ("dorcas", {"name": "14 Mill Lane", "address": "Dorcas Winterbourne"}),
    ("dorcas", {"name": "Dorcas Winterbourne", "born_on": "SG12 0AB"}),
    ("dorcas", {"alias": "Dorcas Winterbourne"}),
    ("dorcas", {"name": "The Occupier", "address": "Flat 2, 14 Mill Lane"}),
    ("dorcas", {"name": "Dorcas", "address": "14 mill lane"}),
    ("alias", {"alias": "Spider"}),
    ("joint", {"name": "John Garside", "address": "3 Elm Close"}),
    ("joint", {"name": "Mrs Garside", "postcode": "SG12 1AA"}),
    ("couple", {"name": "Mr and Mrs J Prendergast", "address": "5 Elm Close"}),
)
EVERYTHING = (
    "Dorcas Winterbourne",
    "11/02/1966",
    "flat 2 14 mill lane",
    "SG12 0AB",
    "07700 900123",
)


@pytest.fixture(scope="module")
def register() -> Index:
    return Index(REGISTER.items())


def first(register: Index, **boxes: str) -> object:
    """Who comes first; nobody, if that is unlikely."""
    found = [one for one in register.search(Question(**boxes)) if one.strength != "unlikely"]
    return found[0].key if found else None


def _each(cases: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(key, typed) for key, all_typed in cases.items() for typed in all_typed]


@pytest.mark.parametrize(("key", "typed"), _each(NAMES))
@pytest.mark.parametrize("box", ["name", "anything"])
def test_name(register: Index, box: str, key: str, typed: str) -> None:
    assert first(register, **{box: typed}) == key


@pytest.mark.parametrize(("key", "typed"), _each(ADDRESSES))
@pytest.mark.parametrize("box", ["address", "anything"])
def test_address(register: Index, box: str, key: str, typed: str) -> None:
    assert first(register, **{box: typed}) == key


@pytest.mark.parametrize(("box", "typed"), _each(NUMBERS))
def test_number(register: Index, box: str, typed: str) -> None:
    assert first(register, **{box: typed}) == "dorcas"


@pytest.mark.parametrize("typed", BIRTHDAYS)
@pytest.mark.parametrize("name", ["Dorcas Winterbourne", "D Winterborne"])
def test_date_of_birth_beside_a_name(register: Index, name: str, typed: str) -> None:
    assert first(register, name=name, born_on=typed) == "dorcas"


@pytest.mark.parametrize("typed", POSTCODES)
def test_postcode_beside_a_house(register: Index, typed: str) -> None:
    assert first(register, address="9 Orchard Lane", postcode=typed) == "kennel"


@pytest.mark.parametrize(("key", "boxes"), WRONG_BOX)
def test_what_stands_in_another_box_than_its_own(
    register: Index, key: str, boxes: dict[str, str]
) -> None:
    assert first(register, **boxes) == key


@pytest.mark.parametrize("start", range(len(EVERYTHING)))
@pytest.mark.parametrize("backwards", [False, True])
def test_everything_in_one_box_in_any_order(register: Index, start: int, backwards: bool) -> None:
    facts = [*EVERYTHING[start:], *EVERYTHING[:start]]
    typed = " ".join(reversed(facts) if backwards else facts)
    (match, *_others) = register.search(Question(anything=typed))
    assert (match.key, match.strength) == ("dorcas", "strong")


@pytest.mark.parametrize(
    "boxes",
    [
        {"name": "Garfield Inskip"},
        {"name": "Mr & Mrs P Garfield", "address": "4 Elm Close"},
        {"address": "Flat 3, 41 Mill Lane"},
        {"address": "15 Station Road", "postcode": "SG12 2BB"},
        {"phone": "01632 960321"},
        {"uprn": "100012354"},
        {"anything": "old vicarage church lane"},
    ],
)
def test_whoever_and_whatever_is_not_listed_is_not_shown(
    register: Index, boxes: dict[str, str]
) -> None:
    found = register.search(Question(**boxes))
    assert [one.key for one in found if one.strength in ("strong", "possible")] == []
