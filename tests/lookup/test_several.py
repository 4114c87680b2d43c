"""What is true of too many is neither "none" nor a list of strangers (L4)."""

from collections.abc import Iterable
from typing import Any

import pytest

from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.lookup.register import CROWD, Found, search
from cautionary_plugin.models import Entry
from tests.council import Council, found_council, list_entries, row

STREETS = ("Tolbooth", "Mercat", "Harl", "Wynd", "Croft", "Lonning", "Pendle", "Snicket")
FAMILIES = ("Oakenshaw", "Brindle", "Cattermole", "Dunnock", "Elverson", "Fallowfield", "Garth")


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


def found(*, visible: Any = set, **typed: str) -> Found:
    return search(Question(**typed), limit=10, visible=visible)


def person(number: int, name: str, **facts: str) -> dict[str, Any]:
    street = STREETS[number % len(STREETS)]
    place = {"address": f"{number} {street} Row, Weldham", "postcode": f"WX{number % 9} 4AB"}
    return row(name=name, **{**place, **facts})


def listed(council: Council, people: Iterable[dict[str, Any]]) -> list[Entry]:
    return list_entries(council, *people)


def adas(count: int) -> list[dict[str, Any]]:
    names = [
        f"Ada {FAMILIES[number % 7]}{FAMILIES[number // 7].lower()}" for number in range(count)
    ]
    return [person(number + 1, name) for number, name in enumerate(names)]


@pytest.mark.clause("L4")
def test_given_name_of_forty_entries_is_no_none(council: Council) -> None:
    listed(council, adas(40))

    assert found(anything="Ada") == Found((), several=True)


@pytest.mark.clause("L4")
def test_postcode_of_forty_entries_is_no_none(council: Council) -> None:
    listed(council, (person(n, name, postcode="WX7 7ZX") for n, name in _names(40)))

    assert found(postcode="WX7 7ZX").several
    assert found(postcode="ZZ9 9ZX") == Found(())


def _names(count: int) -> Iterable[tuple[int, str]]:
    return ((number, one["name"]) for number, one in enumerate(adas(count), 1))


@pytest.mark.clause("L4")
def test_crowd_of_namesakes_is_asked_apart_by_a_second_fact(council: Council) -> None:
    people = [
        person(number, "Rowland Cattermole", date_of_birth=f"{number + 1:02}/05/19{60 + number}")
        for number in range(CROWD)
    ]
    meant = listed(council, people)[3]

    assert found(name="Rowland Cattermole").several

    apart = found(name="Rowland Cattermole", born_on="4 5 1963")
    assert (apart.several, apart.matches[0].key) == (False, meant.pk)


@pytest.mark.clause("L5")
def test_few_of_whom_several_tells_are_named_behind_it(council: Council) -> None:
    few = listed(council, [person(1, "David Brindle"), person(2, "David Dunnock")])

    told = found(anything="Dave")

    assert (told.matches, told.several) == ((), True)
    assert {match.key for match in told.behind} == {entry.pk for entry in few}


def test_more_than_are_given_is_said(council: Council) -> None:
    house = {"address": "1 Harbour Road, Weldham", "postcode": "WX1 1AA"}
    listed(council, [person(n, name, **house) for n, name in _names(5)])

    all_of_them = found(address="1 Harbour Road", postcode="WX1 1AA")
    some = search(Question(address="1 Harbour Road", postcode="WX1 1AA"), limit=3, visible=set)

    assert (len(all_of_them.matches), all_of_them.more) == (5, False)
    assert (len(some.matches), some.more) == (3, True)


@pytest.mark.clause("L1")
def test_entries_of_other_registers_are_not_looked_among(council: Council) -> None:
    listed(council, adas(40))
    asked: list[int] = []

    def visible(keys: list[Any]) -> list[Any]:
        asked.append(len(keys))
        return keys

    nobody = search(Question(anything="Ada"), limit=5, visible=visible, registers={-1})
    ours = search(
        Question(anything="Ada"), limit=5, visible=visible, registers={council.register.pk}
    )

    assert (nobody, ours.several) == (Found(()), True)
    assert asked == [0, 6]  # no more is asked of the database for those of others than for nobody


def test_few_namesakes_are_listed(council: Council) -> None:
    few = listed(council, (person(n, "Rowland Cattermole") for n in range(1, CROWD)))

    listed_all = found(name="Rowland Cattermole")

    assert not listed_all.several
    assert {match.key for match in listed_all.matches} == {entry.pk for entry in few}


def test_somebody_else_of_the_same_given_name_is_none(council: Council) -> None:
    listed(council, adas(40))

    assert found(name="Ada Vasquez-Bream") == Found(())
    assert found(name="Ottoline") == Found(())


@pytest.mark.clause("L1")
def test_entries_that_may_not_be_seen_make_no_crowd(council: Council) -> None:
    listed(council, adas(40))

    assert found(anything="Ada", visible=lambda _keys: set()) == Found(())
    assert found(anything="Ada").several
