"""References, insurance numbers and dates in the one box, as they are written on letters (L4)."""

from datetime import date

import pytest

from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index

SMITH = Facts(
    names=("Jonathan Smith",),
    born_on=date(1984, 3, 27),
    addresses=(Address(("14 Mill Lane", "Weldham"), "WX1 4AB"),),
    phones=("07700 900123",),
    identifiers=("TEN-00123", "AB 12 34 56 C"),
)
OTHER = Facts(names=("Jonathan Smith",), born_on=date(1990, 8, 1), identifiers=("TEN-00456",))
UNIT = Facts("premises", addresses=(Address(("Unit 5", "Quarry Hill Trading Estate"), "WX2 1AA"),))


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "typed",
    [
        "TEN-00123",
        "ten 00123",
        "Ten/00123",
        "AB123456C",
        "ab 12 34 56 c",
        "re: AB 123456 C arrears",
    ],
)
def test_reference_finds_its_entry_however_it_is_spaced(typed: str) -> None:
    found = Index([("smith", SMITH), ("other", OTHER)]).search(Question(anything=typed))
    assert [match.key for match in found if match.strength in ("strong", "possible")] == ["smith"]


@pytest.mark.parametrize("typed", ["Jonathan Smith flat 12345", "Jonathan Smith tel 07700 900123"])
def test_word_before_a_figure_speaks_against_nobody(typed: str) -> None:
    found = Index([("smith", SMITH), ("unit", UNIT)]).search(Question(anything=typed))
    assert (found[0].key, found[0].strength) in {("smith", "possible"), ("smith", "strong")}


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "born", ["27 Mar '84", "27th March ’84", "dob 270384", "born: 270384", "DOB-270384"]
)
def test_date_of_birth_is_read_as_it_is_written_by_hand(born: str) -> None:
    index = Index([("smith", SMITH), ("other", OTHER)])
    first, *_ = index.search(Question(anything=f"Jon Smith {born}"))
    assert (first.key, first.strength) == ("smith", "strong")


@pytest.mark.clause("L4")
def test_trading_estate_is_an_industrial_estate() -> None:
    index = Index([("smith", SMITH), ("unit", UNIT)])
    first, *_ = index.search(Question(anything="Unit 5 Quarry Hill Industrial Est"))
    assert first.key == "unit"
    assert first.strength in ("strong", "possible")
