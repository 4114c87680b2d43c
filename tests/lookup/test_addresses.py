"""Addresses taken apart."""

import pytest

from cautionary_plugin.lookup import addresses
from cautionary_plugin.lookup.facts import Address


@pytest.mark.parametrize(
    "typed",
    ["Flat 2, 14 Mill Road", "2/14 Mill Rd", "apt 2 14 mill rd", "14 Mill Road flat 02"],
)
def test_read_takes_a_flat_apart_from_its_house(typed: str) -> None:
    parts = addresses.read(typed)
    assert (parts.numbers, parts.flats) == (("14",), ("2",))
    assert [addresses.canonical(word) for word in parts.words] == ["mill", "road"]


@pytest.mark.parametrize("typed", ["14a Mill Road", "Flat A, 14 Mill Road"])
def test_read_takes_a_letter_for_a_flat(typed: str) -> None:
    parts = addresses.read(typed)
    assert (parts.numbers, parts.flats) == (("14",), ("a",))


@pytest.mark.parametrize(
    ("short", "full"),
    [("Rd", "Road"), ("Ave", "Avenue"), ("St", "Street"), ("St", "Saint"), ("Cres", "Crescent"),
     ("Gdns", "Gardens"), ("Hse", "House"), ("Nth", "North"), ("Ct", "Court")],
)  # fmt: skip
def test_canonical_makes_short_and_full_forms_one(short: str, full: str) -> None:
    assert addresses.canonical(short.lower()) == addresses.canonical(full.lower())


def test_of_tells_the_street_from_the_town() -> None:
    parts = addresses.of(Address(("Flat 2", "14 Mill Road", "Wareley"), "SG12 0AB"))
    assert parts.roads == ("mill",)
    assert parts.words == ("mill", "road", "wareley")


def test_of_finds_a_postcode_among_the_lines() -> None:
    inside = addresses.of(Address(("14 Mill Road", "Wareley SG12 0AB")))
    assert inside == addresses.of(Address(("14 Mill Road", "Wareley"), "SG12 0AB"))
