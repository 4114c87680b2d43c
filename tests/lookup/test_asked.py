"""What is enough to look for anybody, and one word in the one box (L4)."""

from datetime import date

import pytest

from cautionary_plugin.lookup.asked import can_be_checked, read
from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index

HOME = (Address(("14 Mill Lane", "Weldham"), "WX1 4AB"),)


@pytest.fixture(scope="module")
def index() -> Index:
    smith = Facts(
        names=("Jonathan Smith", "Jonny Smythe"), born_on=date(1984, 3, 27), addresses=HOME
    )
    others = [
        (
            str(number),
            Facts(
                names=(f"Alan{number} Person{number}",),
                addresses=(Address((f"{number} Elm Road",)),),
            ),
        )
        for number in range(200)
    ]
    return Index([("smith", smith), *others])


@pytest.mark.clause("L4")
@pytest.mark.parametrize("typed", ["J", "???", "mr", "14", "1984", "flat", "flat 2", "\u200b"])
def test_too_little_is_not_checked(typed: str):
    assert not can_be_checked(read(Question(anything=typed)))


@pytest.mark.parametrize(
    "typed", ["smith", "Ng", "Zoë", "14 mill lane", "WX1 4AB", "27 3 1984", "01632 960271"]
)
def test_one_telling_fact_is_enough(typed: str):
    assert can_be_checked(read(Question(anything=typed)))


@pytest.mark.clause("L4")
@pytest.mark.parametrize("typed", ["smith", "Smyth", "smythe", "jonny"])
def test_one_word_in_the_one_box_is_a_name(index: Index, typed: str):
    in_the_box = index.search(Question(anything=typed), limit=3)[0]
    by_name = index.search(Question(name=typed), limit=3)[0]

    assert (in_the_box.key, in_the_box.strength) == ("smith", "possible")
    assert (by_name.key, by_name.strength) == ("smith", "possible")


def test_surname_and_birth_date_in_the_one_box_settle_it(index: Index):
    (found, *_others) = index.search(Question(anything="smith 27/3/1984"), limit=3)

    assert (found.key, found.strength) == ("smith", "strong")
