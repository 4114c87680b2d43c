"""Who is shown to an officer, and who is not: the strangers of a whole district are unlikely."""

from datetime import date

import pytest

from cautionary_plugin.lookup.facts import Address, Facts, Question, Strength
from cautionary_plugin.lookup.index import Index

MILL_LANE = (Address(("14 Mill Lane", "Wareley"), "SG12 0AB"),)
NEIGHBOURS = [
    ("smith", Facts(names=("Jonathan Smith",), addresses=MILL_LANE)),
    ("dacre", Facts(names=("Jack Dacre",), addresses=MILL_LANE)),
]
CROWD = [
    (
        number,
        Facts(
            names=(f"{given} {family}{'abcdefgh'[number % 8]}son",),
            born_on=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
            addresses=(Address((f"{number % 90 + 1} {street} Road", "Oakham"), "SG17 4XY"),),
        ),
    )
    for number, (given, family, street) in enumerate(
        (given, family, street)
        for given in ("John", "Mary", "Imran", "Jack", "Olga")
        for family in ("Ander", "Robin", "Thomp", "Wat", "Ferg")
        for street in ("High", "Station", "Church", "Victoria", "Orchard", "Elm")
        for _ in range(4)
    )
]


def _strengths(found: Index, **boxes: str | date) -> dict[object, Strength]:
    return {match.key: match.strength for match in found.search(Question(**boxes))}


@pytest.fixture(scope="module", params=["two entries", "a district"])
def neighbours(request: pytest.FixtureRequest) -> Index:
    return Index(NEIGHBOURS if request.param == "two entries" else [*CROWD, *NEIGHBOURS])


@pytest.mark.parametrize("typed", ["jon smyth mill lane", "smith mill ln", "j smith mill lane"])
def test_of_two_neighbours_only_the_one_asked_for_is_shown(neighbours: Index, typed: str) -> None:
    strengths = _strengths(neighbours, anything=typed)
    assert strengths.pop("smith") in ("strong", "possible")
    assert set(strengths.values()) <= {"unlikely"}


@pytest.fixture(scope="module")
def district() -> Index:
    known = Facts(
        names=("Amir Wainwright",),
        born_on=date(1971, 5, 20),
        addresses=MILL_LANE,
        phones=("01134960001",),
    )
    silent = Facts(names=("Nora Pickersgill",))
    return Index([*CROWD, ("known", known), ("silent", silent)])


@pytest.mark.parametrize(
    "boxes",
    [
        {"name": "Amir Robertshaw"},
        {"name": "Amir Robertshaw", "address": "Mill Lane, Wareley"},
        {"name": "Sheila Robertshaw", "born_on": "20/05/1971"},
        {
            "name": "Amir Wainright",
            "born_on": "01/02/1994",
            "address": "3 Elm Road",
            "postcode": "SG17 4XY",
        },
        {"address": "16 Mill Lane, Wareley", "postcode": "SG12 0AB"},
        {"address": "14 Mill Hill, Oakham", "postcode": "SG17 9ZZ"},
        {"name": "Sheila Robertshaw", "address": "Flat 3, 9 Mill Lane", "postcode": "SG12 0AB"},
    ],
)
def test_a_stranger_who_shares_one_fact_is_not_shown(
    district: Index, boxes: dict[str, str]
) -> None:
    assert _strengths(district, **boxes).get("known", "unlikely") == "unlikely"


@pytest.mark.parametrize(
    ("boxes", "strength"),
    [
        ({"name": "Amir Wainwright"}, "possible"),
        ({"name": "A Wainwright"}, "possible"),
        ({"name": "Wainright"}, "possible"),
        ({"name": "Amir Wainright", "born_on": "20/05/1971"}, "strong"),
        ({"name": "Amir Wainright", "born_on": "17/09/1970"}, "possible"),
        ({"name": "Amir Robertshaw", "born_on": "20/05/1971"}, "possible"),
        ({"name": "Wainwright", "address": "Mill Lane", "born_on": "01/02/1994"}, "possible"),
        ({"name": "Amir Robertshaw", "phone": "01134960001"}, "strong"),
        ({"name": "Sheila Robertshaw", "address": "14 Mill Lane Wareley"}, "possible"),
        ({"address": "14 Mill Lane Wareley"}, "strong"),
    ],
)
def test_whoever_may_be_meant_is_shown(
    district: Index, boxes: dict[str, str], strength: Strength
) -> None:
    assert _strengths(district, **boxes)["known"] == strength


@pytest.mark.parametrize("boxes", [{"born_on": "1/2/1994"}, {"address": "3 Elm Road SG17 4XY"}])
def test_an_entry_that_is_silent_on_a_fact_is_not_excluded_by_it(
    district: Index, boxes: dict[str, str]
) -> None:
    assert _strengths(district, name="Nora Pickersgill", **boxes)["silent"] == "possible"


def test_a_rare_name_is_shown_though_the_date_differs(district: Index) -> None:
    strengths = _strengths(district, name="Amir Wainwright", born_on="01/02/1994")
    assert strengths["known"] == "possible"


def test_the_very_flat_is_shown_where_all_live_in_one_street() -> None:
    block = [
        (number, Facts(addresses=(Address((f"Flat {number}", "14 Mill Lane"), "SG12 0AB"),)))
        for number in range(1, 2_001)
    ]
    strengths = _strengths(Index(block), address="217/14 Mill Ln", postcode="SG12 0AB")
    assert strengths.pop(217) in ("strong", "possible")
    assert set(strengths.values()) <= {"unlikely"}


def test_the_very_name_is_shown_however_common() -> None:
    crowd = [(number, Facts(names=(f"Ali {'abcdefgh'[number % 8]}son",))) for number in range(30)]
    strengths = _strengths(Index([*crowd, ("listed", Facts(names=("Ali Ali",)))]), name="Ali Ali")
    assert strengths.pop("listed") == "possible"
    assert set(strengths.values()) <= {"vague", "unlikely"}


@pytest.fixture(scope="module")
def terrace() -> Index:
    """A house with a letter, one without, and a flat in the third."""
    houses = {"54": "", "56A": "", "58": "Flat 2"}
    return Index(
        (house, Facts(addresses=(Address((flat, f"{house} Arundel Way"), "SG16 9DE"),)))
        for house, flat in houses.items()
    )


@pytest.mark.parametrize(
    ("typed", "house"), [("54", "54"), ("56A", "56A"), ("Flat A, 56", "56A"), ("2/58", "58")]
)
def test_the_very_door_is_found(terrace: Index, typed: str, house: str) -> None:
    assert _strengths(terrace, address=f"{typed} Arundel Way", postcode="SG16 9DE") == {
        one: "strong" if one == house else "unlikely" for one in ("54", "56A", "58")
    }


@pytest.mark.parametrize(
    ("typed", "house"),
    [("54B", "54"), ("Flat 3, 54", "54"), ("56", "56A"), ("58", "58")],
)
def test_a_door_that_only_one_side_names_is_possible_and_said_so(
    terrace: Index, typed: str, house: str
) -> None:
    found = terrace.search(Question(address=f"{typed} Arundel Way", postcode="SG16 9DE"))
    assert {match.key: match.strength for match in found if match.strength != "unlikely"} == {
        house: "possible"
    }
    assert [reason.code for reason in found[0].differ] == ["flat-missing"]


def test_the_same_flat_of_a_house_with_another_letter_is_another_door() -> None:
    index = Index([("a", Facts(addresses=(Address(("Flat 3", "48A Fox Drive"), "SG10 3UP"),)))])
    boxes = {"postcode": "SG10 3UP"}
    assert _strengths(index, address="Flat 3, 48A Fox Drive", **boxes) == {"a": "strong"}
    assert _strengths(index, address="Flat 3, 48B Fox Drive", **boxes) == {"a": "unlikely"}


def test_a_slip_in_a_short_word_of_an_address_hardly_counts(terrace: Index) -> None:
    boxes = {"postcode": "SG16 9DE"}
    (slip, *_), (other, *_) = (
        terrace.search(Question(address=f"54 Arundel {word}", **boxes)) for word in ("Wy", "Rise")
    )
    assert slip.key == other.key == "54"
    assert slip.score > other.score
