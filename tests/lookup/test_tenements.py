"""Flats as Scotland writes them: 2/1, 2F1, and 14/2 for flat 2 of number 14."""

import pytest

from cautionary_plugin.lookup import addresses, dates
from cautionary_plugin.lookup.asked import read
from cautionary_plugin.lookup.facts import Address, Facts, Question
from cautionary_plugin.lookup.index import Index


@pytest.fixture(scope="module")
def index() -> Index:
    lines = {
        "2/1": ("Flat 2/1", "44 Gallowgate"),
        "2/2": ("2/2", "44 Gallowgate"),
        "leith": ("14/2 Leith Walk",),
        "flat": ("Flat 3", "7 Leith Walk"),
        "house": ("14 Mill Lane",),
    }
    return Index((key, Facts(addresses=(Address(line, "WX1 4AB"),))) for key, line in lines.items())


@pytest.mark.clause("L4")
@pytest.mark.parametrize("box", ["anything", "address"])
@pytest.mark.parametrize(
    "typed",
    [
        "2/1, 44 Gallowgate",
        "2/1 44 Gallowgate",
        "Flat 2/1 44 Gallowgate",
        "44 Gallowgate flat 2/1",
        "2F1, 44 Gallowgate",
    ],
)
def test_floor_and_flat_are_one_door_and_no_date(index: Index, box: str, typed: str) -> None:
    assert not read(Question(**{box: typed})).born
    found = index.search(Question(**{box: typed}))
    assert {match.key for match in found if match.strength == "strong"} == {"2/1"}
    assert [match.strength for match in found if match.key == "2/2"] == ["unlikely"]


@pytest.mark.parametrize("typed", ["44 Gallowgate", "44 Gallowgate, first floor"])
def test_both_flats_of_the_close_are_possible(index: Index, typed: str) -> None:
    found = index.search(Question(address=typed))
    assert {match.key for match in found if match.strength == "possible"} == {"2/1", "2/2"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("14/2 Leith Walk", "leith"),
        ("flat 2, 14 Leith Walk", "leith"),
        ("3/7 Leith Walk", "flat"),
        ("7/3 Leith Walk", "flat"),
    ],
)
def test_a_slash_is_read_both_ways(index: Index, typed: str, key: str) -> None:
    found = index.search(Question(address=typed))
    assert {match.key for match in found if match.strength in ("strong", "possible")} == {key}


@pytest.mark.parametrize("typed", ["14 Leith Walk", "2 Leith Walk"])
def test_either_figure_of_a_slash_may_be_the_house(index: Index, typed: str) -> None:
    found = index.search(Question(address=typed))[0]
    assert (found.key, found.strength) == ("leith", "possible")


def test_the_other_way_round_is_said_and_only_possible(index: Index) -> None:
    found = index.search(Question(address="7/3 Leith Walk"))[0]
    assert found.strength == "possible"
    assert [reason.code for reason in found.differ] == ["number-turned"]


@pytest.mark.parametrize(
    ("line", "flats", "numbers"),
    [("2/1", ("2f1",), ()), ("2/14 Mill Lane", ("2",), ("14",)), ("Flat 2/1", ("2f1",), ())],
)
def test_a_slash_by_itself_is_a_flat(
    line: str, flats: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    parts = addresses.split(line.lower())
    assert (parts.flats, parts.numbers) == (flats, numbers)


@pytest.mark.parametrize("typed", ["3/4/70", "3 / 4 / 70", "3. 4. 70", "3 4 70", "03/04-1970"])
def test_a_date_is_a_date_however_its_gaps_are_written(typed: str) -> None:
    assert dates.Born(1970, 4, 3) in dates.take(typed)[0]


@pytest.mark.parametrize(
    "typed", ["flat3 7 Leith Walk", "flt3, 7 leith wk", "no7 Leith Walk flat3"]
)
def test_flat_and_its_figure_may_have_run_together(index: Index, typed: str) -> None:
    first, *_ = index.search(Question(anything=typed))
    assert (first.key, first.strength) == ("flat", "strong")
