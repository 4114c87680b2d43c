"""A warning or a refusal leaves nothing on the register (A34)."""

import pytest

from cautionary_plugin.models import AudienceMember, Entry, IncidentReport, Letter, StaffBulletin
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import DecisionOutcome, LetterKind, Outcome
from tests.actions.decisions.deciding import DECLINE, WARNING, ask
from tests.council import Council, make_reader
from tests.factors import make_person
from tests.life import countersigned, decided


@pytest.mark.clause("A34")
@pytest.mark.parametrize("outcome", [WARNING, DECLINE])
def test_warning_and_decline_leave_no_entry_and_no_marker(
    council: Council, report: IncidentReport, outcome: DecisionOutcome
) -> None:
    officer = make_reader(council)

    decision = decided(council, outcome, report=report)

    assert decision.entry is None
    assert not Entry.objects.exists()
    assert not AudienceMember.objects.exists()
    assert not StaffBulletin.objects.exists()
    assert ask(council, officer) == Outcome.NONE_RECORDED
    assert [letter.kind for letter in Letter.objects.all()] == (
        [LetterKind.WARNING] if outcome == WARNING else []
    )


@pytest.mark.clause("A34")
def test_declined_report_is_not_held_against_the_person_later(council: Council) -> None:
    decided(council, DECLINE)
    again = countersigned(council, make_person("another"))

    assert decided(council, report=again).entry.state == EntryState.LIVE
