"""Adding makes a live entry that staff find, and owes a bulletin and a letter (A10, A20, A22)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.models import (
    AudienceMember,
    Decision,
    Entry,
    IncidentReport,
    Letter,
    LookupState,
    StaffBulletin,
)
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import LegalCondition, LetterKind, Outcome
from tests.actions.decisions.deciding import ADD, ask
from tests.council import Council, make_reader
from tests.factors import make_person
from tests.life import countersigned, decided, entered


@pytest.mark.clause("A10")
@pytest.mark.clause("L1")
@pytest.mark.clause("L9")
@pytest.mark.clause("L12")
def test_addition_makes_a_live_entry_that_staff_find(
    council: Council, report: IncidentReport
) -> None:
    officer = make_reader(council)
    assert ask(council, officer) == Outcome.NONE_RECORDED

    decision = decided(council, report=report)

    entry, year = Entry.objects.get(), timezone.localdate().year
    assert decision.entry == entry
    assert (entry.reference, entry.state) == (f"CPR-{year}-0001", EntryState.LIVE)
    assert (entry.case_file, entry.made_by) == (report.case_file, council.owner)
    assert entry.fact_on == report.occurred_on
    assert entry.legal_condition == LegalCondition.LEGAL_OBLIGATION
    assert (entry.markers, entry.control_measures) == (["threats"], ["phone_first"])
    assert entry.basis == "Raised a spade against an employee who came to survey the roof."
    assert [member.service for member in AudienceMember.objects.all()] == [council.housing]
    assert LookupState.objects.get().entries == 1
    assert ask(council, officer) == Outcome.FOUND


@pytest.mark.clause("A10")
def test_decision_keeps_what_it_rests_on_sealed(council: Council, report: IncidentReport) -> None:
    decided(council, report=report)

    decision = Decision.objects.get()
    assert (decision.outcome, decision.decided_by) == (ADD, council.owner)
    assert decision.credible_risk == "He has the spade at hand and has threatened before."
    assert decision.second_identifier == "The tenancy file has the same date of birth."
    assert decision.audience_reasons == "Housing officers visit the address."
    assert set(decision.factors) == {
        "severity",
        "time_since",
        "previous_conduct",
        "current_conduct",
        "one_off",
        "illness",
        "likely_again",
    }
    raw = Decision.objects.values_list("reasons", "factors").get()
    assert all(b"surveyors" not in bytes(value) for value in raw)


@pytest.mark.clause("A20")
@pytest.mark.clause("A22")
def test_addition_owes_a_bulletin_and_a_letter_within_working_days(
    council: Council, report: IncidentReport
) -> None:
    decided(council, report=report)

    due = council.register.calendar.after(timezone.localdate(), council.register.notice_days)
    entry = Entry.objects.get()
    bulletin, letter = StaffBulletin.objects.get(), Letter.objects.get()
    assert (bulletin.entry, bulletin.due_on, bulletin.queued_at) == (entry, due, None)
    assert (letter.kind, letter.entry, letter.due_on) == (LetterKind.ADDITION, entry, due)


@pytest.mark.clause("A2")
def test_premises_are_entered_with_their_own_factors(council: Council) -> None:
    report = countersigned(council, kind="premises")

    decided(
        council,
        report=report,
        told={"second_identifier": ""},
        markers=["dangerous_animal"],
        control_measures=["animal_secured"],
    )

    assert set(Decision.objects.get().factors) == {"danger", "time_since", "animal_present"}
    assert ask(council, make_reader(council), "212 Quarry Hill, WX2 1AA") == Outcome.FOUND


def test_new_entry_is_made_where_the_old_one_has_expired_and_is_not_purged(
    council: Council,
) -> None:
    old = entered(council)
    past = timezone.now() - timedelta(seconds=1)
    Entry.objects.filter(pk=old.pk).update(starts_at=past - timedelta(days=365), expires_at=past)
    report = countersigned(council, make_person("another"))

    new = decided(council, report=report).entry

    assert new.case_file == report.case_file != old.case_file
    assert ask(council, make_reader(council)) == Outcome.FOUND
