"""So many that they cannot be told apart are found, and not listed (L4, L5)."""

from typing import Any

import pytest

from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.lookup.register import CROWD
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act, Outcome
from tests.actions.check.asking import ask, last_line
from tests.council import PLANTED, Council, list_entries, row

pytestmark = pytest.mark.django_db


@pytest.mark.clause("L4", "L5")
def test_several_that_cannot_be_told_apart_are_found_and_not_listed(
    council: Council, officer: Any
) -> None:
    namesakes = [
        row(address=f"{number} Pendle Row, Weldham", postcode=f"WX{number} 4AB")
        for number in range(1, CROWD + 1)
    ]
    list_entries(council, *namesakes)

    answer = ask(officer, Question(name=PLANTED))

    assert (answer.outcome, answer.several, answer.findings) == (Outcome.FOUND, True, ())
    assert last_line().outcome == Outcome.FOUND
    assert not AccessRecord.objects.filter(act=Act.SHOWN).exists()
    assert answer.behind == ()
    told_apart = ask(officer, Question(name=PLANTED, address="3 Pendle Row"))
    assert (told_apart.several, told_apart.findings[0].match.strength) == (False, "strong")


@pytest.mark.clause("L5")
def test_few_of_whom_several_tells_are_recorded(council: Council, officer: Any) -> None:
    few = list_entries(
        council,
        row(name="David Quimberley"),
        row(name="David Dunnock", address="2 Elm Row, Otherton", postcode="WX2 2AA"),
    )

    answer = ask(officer, Question(anything="Dave"))

    assert (answer.outcome, answer.several, answer.findings) == (Outcome.FOUND, True, ())
    shown = AccessRecord.objects.filter(act=Act.SHOWN)
    assert {each.reference for each in shown} == {entry.reference for entry in few}
