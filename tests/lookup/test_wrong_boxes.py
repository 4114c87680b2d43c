"""What officers write in one word or in three, without its prefix, or into another box."""

import pytest

from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index

MILL_LANE = (Address(("14 Mill Lane", "Wareley"), "SG12 0AB"),)
ENTRIES = {
    "forge": Facts(
        kind="premises",
        addresses=(Address(("The Old Forge", "Church Lane", "Buntworth"), "SG14 3QX"),),
    ),
    "double": Facts(names=("Imogen Ashby-Thorne",)),
    "particles": Facts(names=("Pieter van der Westhuizen",)),
    "prefix": Facts(names=("Fiona MacGillivray",)),
    "polish": Facts(names=("Wojciech Szczepański",)),
    "phone": Facts(names=("Gil Brand",), phones=("07700 900123",)),
    "property": Facts(
        names=("Una Trent",), addresses=(Address(("1 Elm Row",), "", "10001234567"),)
    ),
    "lane": Facts(names=("Dorcas Winterbourne",), addresses=MILL_LANE),
    "view": Facts(
        names=("Nell Quorn",),
        addresses=(
            Address(
                ("8 Park View", "Oakham"),
            ),
        ),
    ),
}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ENTRIES.items())


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("forge", {"address": "The Old Forge"}),
        ("forge", {"address": "Old Forge Buntworth"}),
        ("forge", {"anything": "old forge"}),
        ("forge", {"name": "The Old Forge"}),
        ("double", {"name": "Imogen Ashbythorn"}),
        ("double", {"name": "Imogen Ashby Thorne"}),
        ("particles", {"name": "Pieter Vanderwesthuizen"}),
        ("particles", {"name": "Pieter Westhuizen"}),
        ("prefix", {"name": "Fiona Gillivray"}),
        ("prefix", {"name": "Fiona Mc Gillivray"}),
        ("polish", {"name": "Wojciech Shchepanski"}),
        ("phone", {"phone": "07700 900123 or 01134 960001"}),
        ("phone", {"phone": "O77OO 9OOl23"}),
        ("property", {"uprn": "1OOO1234567"}),
        ("lane", {"name": "Mill Lane", "address": "Dorcas Winterbourne"}),
        ("lane", {"postcode": "14 Mill Lane SG12 0AB"}),
        ("lane", {"phone": "Dorcas Winterbourne"}),
        ("view", {"address": "8 park vw"}),
    ],
)
def test_is_found_all_the_same(index: Index, key: str, typed: dict[str, str]) -> None:
    first, *others = index.search(Question(**typed))

    assert (first.key, first.strength in ("strong", "possible")) == (key, True)
    assert {each.strength for each in others} <= {"unlikely"}


def test_compound_that_was_removed_is_not_found_by_its_joined_form() -> None:
    index = Index(ENTRIES.items())
    assert index.search(Question(name="Vanderwesthuizen"))

    index.remove("particles")

    assert index.search(Question(name="Vanderwesthuizen")) == []


@pytest.mark.parametrize(
    "beside",
    [
        "Gas safety check - {}",
        "Rent arrears visit: {}",
        "{} - new tenancy visit",
        "please look at the boiler of this tenant who says that it drips {} 14 Mill Lane SG12 0AB",
    ],
)
def test_what_stands_beside_a_whole_name_does_not_hide_it(index: Index, beside: str) -> None:
    found = index.search(Question(anything=beside.format("Dorcas Winterbourne")))

    assert (found[0].key, found[0].strength in ("strong", "possible")) == ("lane", True)


def test_reference_with_a_hyphen_is_found_as_it_is_written() -> None:
    index = Index([("kept", Facts(names=("Una Trent",), identifiers=("HB-70021",)))])

    assert [match.key for match in index.search(Question(anything="HB-70021"))] == ["kept"]


def test_initial_is_neither_lost_to_the_surname_nor_found_in_it() -> None:
    meant = {"beth": Facts(names=("Beth Radington",)), "alex": Facts(names=("Alexandra Allan",))}
    others = {
        "joined": Facts(names=("Mark Bradington",)),
        "given": Facts(names=("Allan Graham",)),
        "family": Facts(names=("Brandon Allan",)),
    }
    index = Index({**others, **meant}.items())

    assert index.search(Question(name="B Radington"))[0].key == "beth"
    alike = {match.key: match.strength for match in index.search(Question(name="A Allan"))}
    assert alike["alex"] == "possible"
    assert {alike["given"], alike["family"]} == {"unlikely"}
