"""Outcomes without an entry, and what is recorded of a decision (B17–B19)."""

from dataclasses import replace

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.findings import consult_system
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import (
    Entry,
    Letter,
    Motion,
    PanelCase,
    PanelDecision,
    SinglePointOfContact,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Adjustment, Choice, Health, PanelOutcome, System
from tests.actions.panel.outcomes.following import REASONS, letters, record
from tests.panel import Panel, conflicted, waiting_case
from tests.panel_items import (
    carried,
    entry_terms,
    findings_recorded,
    opened_item,
    panel_decision,
    urgent,
    voted,
    voting,
)
from tests.referrals import panel_report, refer
from tests.schedule import spoc_terms

pytestmark = pytest.mark.django_db


# --- Outcomes without an entry ----------------------------------------------------------------


@pytest.mark.clause("B17")
def test_letter_of_expected_behaviour_makes_no_entry(panel: Panel) -> None:
    decision = panel_decision(panel, PanelOutcome.LETTER, criteria_met=False, exceptional="")

    letter = Letter.objects.get()
    assert (letter.kind, letter.writer, letter.entry) == ("expected", panel.operations, None)
    assert (decision.entry, decision.risk, Entry.objects.count()) == (None, "", 0)


@pytest.mark.clause("B15")
def test_no_action_leaves_nothing_behind(panel: Panel) -> None:
    decision = panel_decision(panel, PanelOutcome.NO_ACTION, criteria_met=False, exceptional="")

    assert (decision.carried, letters(), Entry.objects.count()) == (True, [], 0)


@pytest.mark.clause("B27")
def test_point_of_contact_stands_without_an_entry_or_a_level(panel: Panel) -> None:
    motion = voting(
        panel,
        PanelOutcome.SPOC,
        terms=MotionTerms(spoc=spoc_terms(panel.operations)),
        criteria_met=False,
        spoc_needed=True,
    )
    decision = record(panel, voted(panel, motion))

    arrangement = SinglePointOfContact.objects.get()
    assert (arrangement.entry, arrangement.officer) == (None, panel.operations)
    assert (decision.risk, decision.definition, Entry.objects.count()) == ("", "", 0)
    letter = Letter.objects.get()
    assert (letter.kind, letter.arrangement) == ("spoc", arrangement)


@pytest.mark.clause("B33")
def test_letter_about_the_entry_names_the_point_of_contact(panel: Panel) -> None:
    terms = MotionTerms(entry=entry_terms(), spoc=spoc_terms(panel.operations))
    motion = voting(panel, terms=terms, spoc_needed=True)
    entry = record(panel, voted(panel, motion)).entry

    assert letters() == ["schedule"]
    assert SinglePointOfContact.objects.get().entry == entry
    assert "01632 960 417" in Entry.objects.get().spoc


@pytest.mark.clause("L11")
@pytest.mark.parametrize("service", ["emergency", "elections", "complaints", "No voting"])
def test_service_that_is_not_in_the_list_is_never_restricted(panel: Panel, service: str) -> None:
    terms = MotionTerms(entry=entry_terms(restrictions=[service]))

    with pytest.raises(BadInput) as error:
        voting(panel, terms=terms)

    assert set(error.value.problems) == {"restrictions"}
    assert not Motion.objects.exists()


@pytest.mark.clause("B24")
def test_point_of_contact_that_cannot_be_is_not_put_to_the_vote(panel: Panel) -> None:
    item = findings_recorded(panel, spoc_needed=True)
    terms = replace(spoc_terms(panel.operations), officer="0", reasons="", contact="")

    with pytest.raises(BadInput) as error:
        voting(panel, PanelOutcome.SPOC, item=item, terms=MotionTerms(spoc=terms))

    assert set(error.value.problems) == {"officer", "contact", "spoc_reasons"}


# --- Recording --------------------------------------------------------------------------------


@pytest.mark.clause("B3")
def test_decision_keeps_what_was_found_and_voted_on(panel: Panel) -> None:
    motion = carried(panel, exceptional="He was warned by the Police as well.")
    decision = record(panel, motion)

    assert decision.findings["exceptional"] == "He was warned by the Police as well."
    assert decision.findings["health"] == "none_known"
    assert decision.terms == motion.terms
    assert decision.reasons == motion.reasons
    case = decision.case
    assert (case.state, decision.item.state) == ("decided", "decided")
    assert case.settled_at is not None


@pytest.mark.clause("B21", "B22")
def test_decision_keeps_that_a_system_was_consulted_and_how_the_approach_changes(
    panel: Panel,
) -> None:
    item = opened_item(panel)
    adjustments = [Adjustment.ADVOCATE]
    consult_system(
        item=item,
        system=System.MOSAIC,
        relevant=True,
        adjustments=adjustments,
        by=panel.care,
        at=timezone.now(),
    )
    told = "A nurse whom he knows comes along."
    item = findings_recorded(panel, item, health=Health.KNOWN, adjustments=told)

    kept = panel_decision(panel, item=item).findings

    assert kept["consultations"] == [
        {"system": "mosaic", "relevant": True, "adjustments": ["advocate"]}
    ]
    assert (kept["health"], kept["adjustments"]) == ("known", told)


@pytest.mark.clause("B3")
def test_decision_never_changes(panel: Panel) -> None:
    decision = panel_decision(panel)
    decision.reasons = REASONS

    for act in (
        decision.save,
        decision.delete,
        PanelDecision.objects.all().delete,
        lambda: PanelDecision.objects.update(carried=False),
    ):
        with pytest.raises(IllegalMove, match="never changes"):
            act()

    assert PanelDecision.objects.get().carried is True


def test_report_on_the_panels_register_is_decided_with_its_case(panel: Panel) -> None:
    case = refer(panel, panel_report(panel))
    panel_decision(
        panel, PanelOutcome.NO_ACTION, item=findings_recorded(panel, opened_item(panel, case))
    )

    assert PanelCase.objects.get().report.state == "decided"


def test_report_on_the_directors_register_stays_the_directors(panel: Panel) -> None:
    panel_decision(panel, PanelOutcome.NO_ACTION)

    assert PanelCase.objects.get().report.state == "submitted"


@pytest.mark.clause("B19")
def test_motion_that_was_not_carried_lists_nobody(panel: Panel) -> None:
    motion = voted(panel, voting(panel), votes_for=3, against=1)

    decision = record(panel, motion)

    assert (decision.carried, decision.entry) == (False, None)
    assert (Entry.objects.count(), letters()) == (0, [])
    assert PanelCase.objects.get().state == "decided"


def test_open_vote_is_not_recorded(panel: Panel) -> None:
    with pytest.raises(IllegalMove):
        record(panel, voting(panel))


def test_decision_is_recorded_once(panel: Panel) -> None:
    motion = carried(panel)
    record(panel, motion)

    with pytest.raises(AlreadyDone):
        record(panel, motion)

    assert (PanelDecision.objects.count(), Entry.objects.count()) == (1, 1)


def test_only_the_last_motion_is_recorded(panel: Panel) -> None:
    first = voted(panel, voting(panel), votes_for=3)
    last = carried(panel, PanelOutcome.LETTER, item=first.item)

    with pytest.raises(NotReady, match="Another motion"):
        record(panel, first)

    assert record(panel, last).outcome == "letter"


def test_decision_is_recorded_by_who_runs_the_meeting(panel: Panel) -> None:
    motion = carried(panel)

    for who in (panel.safety, panel.operations, panel.legal):
        with pytest.raises(NotYourPost):
            record_decision(motion=motion, by=who, at=timezone.now())


@pytest.mark.clause("B11")
def test_voter_excluded_since_the_vote_takes_it_back(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = carried(panel, item=findings_recorded(panel, opened_item(panel, case)))
    conflicted(case, panel.members[1])

    with pytest.raises(NotReady, match="excluded since"):
        record(panel, motion)
    assert not Entry.objects.exists()

    again = voting(panel, item=motion.item)
    for member in panel.members:
        if member != panel.members[1]:
            cast_vote(motion=again, choice=Choice.FOR, by=member, at=timezone.now())
    assert record(panel, close_vote(motion=again, by=panel.clerk, at=timezone.now())).carried


@pytest.mark.clause("B11")
def test_carried_without_the_excluded_voter_it_stands(panel: Panel) -> None:
    case = waiting_case(panel)
    item = findings_recorded(panel, opened_item(panel, case))
    motion = voted(panel, voting(panel, item=item), votes_for=5)
    conflicted(case, panel.members[1])

    assert record(panel, motion).carried


@pytest.mark.clause("B11")
def test_excluded_chair_records_nothing(panel: Panel) -> None:
    case = waiting_case(panel)
    item = findings_recorded(panel, opened_item(panel, case))
    motion = voted(panel, voting(panel, item=item), votes_for=6)
    conflicted(case, panel.chair)

    with pytest.raises(Excluded):
        record_decision(motion=motion, by=panel.chair, at=timezone.now())


def test_what_has_changed_since_the_vote_is_looked_at_again(panel: Panel) -> None:
    """Somebody who looks the same came on the schedule between the vote and its record."""
    motion = carried(panel)
    urgent(panel)

    with pytest.raises(NotReady, match="changed since the vote"):
        record(panel, motion)

    assert PanelCase.objects.filter(state="decided").count() == 0
