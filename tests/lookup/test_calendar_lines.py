"""What officers paste from a calendar: an errand, a time, a colleague hide nobody (L4)."""

from datetime import date

import pytest

from cautionary_plugin.lookup.asked import can_be_checked, read
from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index

CROWD = [
    (
        str(number),
        Facts(
            names=(f"{given} {family}",),
            born_on=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
            addresses=(Address((f"{number % 90 + 1} {street}", "Weldham"), "WX1 4AB"),),
        ),
    )
    for number, (given, family, street) in enumerate(
        (given, family, street)
        for given in ("Sarah", "Karen", "Imran", "Jack")
        for family in ("Booth", "Andrews", "Holt", "Kay", "Marsh", "Pell", "Reeve")
        for street in ("Elm Road", "Station Road", "Orchard Close")
    )
]


@pytest.fixture(scope="module")
def index() -> Index:
    known = {
        "rostron": Facts(
            names=("Clive Rostron",),
            born_on=date(1990, 12, 2),
            addresses=(Address(("71 Chapel Street", "Weldham"), "WX1 6BN"),),
            phones=("01632 960222",),
            emails=("clive@example.org",),
        ),
        "yard": Facts(
            kind="premises", addresses=(Address(("200 Mill Lane", "Weldham"), "WX1 1AP"),)
        ),
        "keys": Facts(names=("Boris Keys",)),
        "second": Facts(names=("Ines Vaughan",), phones=("07700 900124",)),
    }
    return Index([*known.items(), *CROWD])


def shown(index: Index, typed: str) -> set[object]:
    found = index.search(Question(anything=typed))
    return {match.key for match in found if match.strength in ("strong", "possible")}


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("71 Chapel Street - tenancy sign up w/ Sarah", "rostron"),
        ("71 Chapel Street, ask for Karen Booth, repair to kitchen tap", "rostron"),
        ("10:30 71 Chapel St, first floor left", "rostron"),
        ("Mr Rostron re arrears", "rostron"),
        ("C Rostron viewing", "rostron"),
        ("11.30 - Rostron boiler service", "rostron"),
        ("01632960222 boiler", "rostron"),
        ("01632 96O222 call Karen", "rostron"),
        ("07700 900 999 or 01632 960 222", "rostron"),
        ("clive@example.org asked for Sarah Kay", "rostron"),
        ("200 Mill Lane, Weldham, ask for Karen Booth", "yard"),
        ("200 Mill Lane dog bite check ASAP", "yard"),
        ("9am 2OO Mill Lane", "yard"),
        ("boiler, Keys", "keys"),
        ("0930 Rostron", "rostron"),
        ("Mon 23rd Nov 10am Rostron", "rostron"),
        ("23 November Rostron", "rostron"),
        ("Rostron 2231", "rostron"),
        ("Rostron b. 1990", "rostron"),
        ("Home visit Rostron 2pm", "rostron"),
        ("Cllr enquiry - Rostron - damp", "rostron"),
        ("cliverostron", "rostron"),
        ("71chapel street", "rostron"),
    ],
)
def test_what_stands_beside_a_fact_does_not_hide_it(index: Index, typed: str, key: str) -> None:
    assert key in shown(index, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "70 Chapel Street - tenancy sign up w/ Sarah",
        "Rosterby boiler service",
        "clivebooth",
        "70chapel street",
        "0930 Rosterby",
    ],
)
def test_an_errand_makes_nobody_of_a_stranger(index: Index, typed: str) -> None:
    assert not shown(index, typed)


def test_an_errand_in_the_box_of_the_address_hides_no_house(index: Index) -> None:
    found = index.search(Question(address="71 Chapel Street - tenancy sign up"))
    assert (found[0].key, found[0].strength) == ("rostron", "strong")


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Clive Rostron born 1990", "born-year"), ("Rostron dob 1990", "born-year")],
)
def test_a_year_that_is_said_to_be_of_birth_is_compared(
    index: Index, typed: str, first: str
) -> None:
    found = index.search(Question(anything=typed))
    assert found[0].key == "rostron"
    assert first in {reason.code for reason in found[0].agree}


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "boxes",
    [
        {"anything": "boiler service"},
        {"anything": "unknown"},
        {"anything": "WX1"},
        {"postcode": "WX1"},
        {"phone": "call later"},
        {"email": "@"},
    ],
    ids=str,
)
def test_what_names_nobody_is_too_little(boxes: dict[str, str]) -> None:
    assert not can_be_checked(read(Question(**boxes)))


@pytest.mark.parametrize("typed", ["clive@", "clive@example"])
def test_half_an_address_of_mail_is_read_as_words(typed: str) -> None:
    assert read(Question(email=typed)).either[0] == "clive"
    assert read(Question(anything=typed)).either[0] == "clive"


def test_the_first_half_of_a_postcode_hides_nobody(index: Index) -> None:
    found = index.search(Question(name="Clive Rostron", postcode="WX9"))
    assert (found[0].key, found[0].differ) == ("rostron", ())


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("12 May Street", ("12",)),
        ("3 April Gardens", ("3",)),
        ("2 Jan Kowalski", ("2",)),
        ("0930 Rostron", ()),
        ("23rd Nov Rostron", ()),
        ("1st of May Rostron", ()),
        ("12 November Rostron", ()),
        ("71chapel street", ("71",)),
    ],
)
def test_number_of_a_house_is_no_day_of_the_calendar(typed: str, numbers: tuple[str, ...]) -> None:
    assert read(Question(anything=typed)).numbers == numbers


@pytest.mark.parametrize("typed", ["0800 123 4567", "(0800) 1234567", "0800-1234567"])
def test_number_of_a_phone_is_no_hour(typed: str) -> None:
    assert read(Question(anything=typed)).codes
    assert not read(Question(anything=typed)).numbers
