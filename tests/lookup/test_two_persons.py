"""Two persons in the one box for a name, as tenancies have them (L4)."""

from datetime import date

import pytest

from cautionary_plugin.lookup.facts import Facts, Question
from cautionary_plugin.lookup.index import Index


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "typed",
    [
        "Mr C Rostron & Ms J Doe",
        "Jane Doe and Clive Rostron",
        "Doe/Rostron",
        "J Doe + C Rostron",
    ],
)
@pytest.mark.parametrize("beside", [{}, {"address": "9 Nowhere Street"}, {"born_on": "2/12/1990"}])
def test_one_of_two_persons_in_one_box_is_found(typed: str, beside: dict[str, str]) -> None:
    rostron = Facts(names=("Clive Rostron",), born_on=date(1990, 12, 2))
    found = Index([("rostron", rostron)]).search(Question(name=typed, **beside))
    assert [match.key for match in found if match.strength in ("strong", "possible")] == ["rostron"]


def test_two_persons_in_one_box_are_both_found_and_each_once() -> None:
    people = {"doe": "Jane Doe", "rostron": "Clive Rostron", "smith": "Jane Smith"}
    index = Index((key, Facts(names=(name,))) for key, name in people.items())
    found = index.search(Question(name="Clive Rostron & Jane Doe"))
    assert sorted(match.key for match in found) == sorted({match.key for match in found})
    assert {match.key for match in found if match.strength == "possible"} == {"doe", "rostron"}


@pytest.mark.parametrize("typed", ["Mr & Mrs Rostron", "Rostron and Sons"])
def test_and_does_not_hide_a_surname(typed: str) -> None:
    index = Index([("rostron", Facts(names=("Clive Rostron",)))])
    assert index.search(Question(name=typed))[0].strength == "possible"
