"""Every kind of error that officers make, against a small register."""

from datetime import date

import pytest

from cautionary_plugin.lookup.facts import Match
from tests.lookup.conftest import Ask


def _codes(match: Match) -> tuple[set[str], set[str]]:
    return {one.code for one in match.agree}, {one.code for one in match.differ}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("William Hawtrey", "william"),
        ("Hawtrey William", "william"),
        ("Bill Hawtrey", "william"),
        ("Wiliam Hawtree", "william"),
        ("W Hawtrey", "william"),
        ("Billy Fish", "william"),
        ("Mohd Choudhury", "mohammed"),
        ("Muhammad Chowdury", "mohammed"),
        ("Siobhan OBrien", "siobhan"),
        ("Shivaun O Brien", "siobhan"),
        ("Ann Marie Fairley", "double"),
        ("Annemarie Coldwell", "double"),
        ("Doug MacAllister", "mcallister"),
        ("Dou glas McAllister", "mcallister"),
        ("DouglasMcAllister", "mcallister"),
        ("Thornbury", "neighbour"),
    ],
)
def test_a_name_is_found_however_it_is_typed(ask: Ask, typed: str, key: str) -> None:
    assert ask(name=typed)[0].key == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("hawtrey bill 3/4/70", "william"),
        ("william hawtrey flat 2 14 mill rd", "william"),
        ("2/14 mill rd wareley hawtrey w", "william"),
        ("14 mill road SGl2 OAB james hawtrey", "son"),
        ("100012345678", "william"),
        ("+44 1134 960001", "william"),
        ("W.Hawtrey@example.org", "william"),
        ("HB-7002I", "william"),
        ("9 orchard ln buntworth", "kennel"),
        ("orchard lane 9 SG143QT", "kennel"),
    ],
)
def test_one_box_takes_whatever_there_is(ask: Ask, typed: str, key: str) -> None:
    assert ask(typed)[0].key == key


def test_a_name_alone_is_at_most_possible(ask: Ask) -> None:
    assert ask(name="William Hawtrey")[0].strength == "possible"


@pytest.mark.parametrize(
    "born_on", ["03/04/1970", "4 Mar 1970", "1970-04-03", date(1970, 4, 3), "03.04.71"]
)
def test_a_date_of_birth_settles_a_name(ask: Ask, born_on: str | date) -> None:
    match = ask(name="Bill Hawtrey", born_on=born_on)[0]
    assert (match.key, match.strength) == ("william", "strong")


def test_a_swapped_date_is_said_to_be_swapped(ask: Ask) -> None:
    agree, differ = _codes(ask(name="William Hawtrey", born_on="04/03/1970")[0])
    assert "born-swapped" in agree
    assert not differ


def test_an_address_settles_a_name(ask: Ask) -> None:
    match = ask(name="Wiliam Hawtrey", address="Apt 2, 14 Mill Rd")[0]
    assert (match.key, match.strength) == ("william", "strong")
    assert {"surname-exact", "given-close", "number-exact", "street-exact"} <= _codes(match)[0]


def test_father_and_son_are_told_apart_by_the_date(ask: Ask) -> None:
    first, second = ask(name="Hawtrey", address="Flat 2, 14 Mill Road", born_on="09/09/1998")[:2]
    assert (first.key, first.strength) == ("son", "strong")
    assert (second.key, second.strength) == ("william", "possible")
    agree, differ = _codes(second)
    assert {"surname-exact", "street-exact"} <= agree
    assert differ == {"born-differs"}


def test_a_strangers_name_at_a_listed_address_is_only_possible(ask: Ask) -> None:
    found = ask(name="Olive Zimmerman", address="16 Mill Road, Wareley", postcode="SG12 0AB")
    assert [(match.key, match.strength) for match in found] == [("neighbour", "possible")]
    assert "name-differs" in _codes(found[0])[1]


def test_next_door_is_not_on_the_register(ask: Ask) -> None:
    assert ask(address="18 Mill Road, Wareley", postcode="SG12 0AB") == []


def test_premises_are_found_whoever_is_asked_for(ask: Ask) -> None:
    match = ask(name="Olive Zimmerman", address="9 Orchard Lane, Buntworth")[0]
    assert (match.key, match.strength) == ("kennel", "strong")


@pytest.mark.parametrize("postcode", ["SG12 0AB", "SGI2 OAB", "sg120ab"])
def test_a_postcode_counts_with_letters_for_figures(ask: Ask, postcode: str) -> None:
    match = ask(address="16 Mill Road", postcode=postcode)[0]
    assert (match.key, match.strength) == ("neighbour", "strong")
    assert "postcode-exact" in _codes(match)[0]


@pytest.mark.parametrize("box", [{"phone": "+44 (0)1134 960 001"}, {"uprn": "100012345678"}])
def test_a_phone_or_a_property_reference_settles_it(ask: Ask, box: dict[str, str]) -> None:
    match = ask(**box)[0]
    assert (match.key, match.strength) == ("william", "strong")


def test_a_phone_with_one_wrong_figure_is_possible(ask: Ask) -> None:
    match = ask(name="William Hawtrey", phone="01134 960 002")[0]
    assert "phone-near" in _codes(match)[0]


def test_a_missing_fact_does_not_count_against_an_entry(ask: Ask) -> None:
    match = ask(name="Douglas McAllister", born_on="01/01/1980", address="3 Elm Close")[0]
    assert match.key == "mcallister"
    assert _codes(match)[1] == set()


@pytest.mark.parametrize("year", ["1961", "5/6/1959"])
def test_an_approximate_year_agrees_with_one_near_it(ask: Ask, year: str) -> None:
    assert "born-year" in _codes(ask(name="Siobhan O'Brien", born_on=year)[0])[0]


def test_a_year_far_off_differs(ask: Ask) -> None:
    assert "born-differs" in _codes(ask(name="Siobhan O'Brien", born_on="1990")[0])[1]


@pytest.mark.parametrize(
    "boxes",
    [
        {"name": "Olive Zimmerman"},
        {"name": "William Zimmerman"},
        {"name": "Olive Zimmerman", "born_on": "03/04/1970"},
        {"anything": "olive zimmerman 77 elm close"},
        {"phone": "0999 888 7777"},
    ],
)
def test_a_stranger_is_not_found(ask: Ask, boxes: dict[str, str]) -> None:
    assert ask(**boxes) == []


def test_reasons_repeat_nothing_of_the_entry(ask: Ask) -> None:
    found = ask(name="Hawtrey", address="Mill Road", born_on="1/1/2001")
    words = " ".join(one.words for match in found for one in (*match.agree, *match.differ))
    assert words
    for secret in ("Hawtrey", "Mill", "1970", "Wareley"):
        assert secret.lower() not in words.lower()
