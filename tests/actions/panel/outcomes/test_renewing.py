"""Renewal, removal and correction by the panel (B27, B52)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.corrections import correct_entry, withdraw_entry
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.joining import join_case, who_is_alike
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.repeat import new_incidents
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import Entry, Letter, PanelCase, PanelDecision
from cautionary_plugin.rules.corrections import Correctable
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotReady, NotYourPost
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import (
    CaseKind,
    Choice,
    DecisionOutcome,
    LetterKind,
    PanelOutcome,
    Risk,
)
from tests.actions.panel.outcomes.following import REASONS, letters, record
from tests.life import countersigned, decided, submitted
from tests.panel import Panel, conflicted, met, waiting_case
from tests.panel_items import (
    entry_terms,
    findings_recorded,
    opened_item,
    panel_decision,
    panel_entry,
    voted,
    voting,
)
from tests.referrals import panel_report, refer

pytestmark = pytest.mark.django_db


def at_item(panel: Panel, case: PanelCase, *, at: datetime, **found: Any) -> Any:
    """The case at a meeting of that day, with an answer to each question."""
    for before in panel.register.meetings.filter(state="open"):
        close_meeting(meeting=before, by=panel.clerk, at=at)
    item = opened_item(panel, case, meeting=met(panel, at=at), at=at)
    return findings_recorded(panel, item, at=at, **found)


# --- Renewal ----------------------------------------------------------------------------------


def repeated(panel: Panel, entry: Entry, *, at: datetime) -> PanelCase:
    """It happened again: a new report, countersigned, and a renewal that rests on it."""
    report = countersigned(panel.council, at=at)
    return waiting_case(
        panel,
        kind=CaseKind.RENEWAL,
        report=report,
        entry=entry,
        case_file=entry.case_file,
        risk=entry.risk,
        at=at,
    )


@pytest.mark.clause("B4", "B18", "B52")
def test_renewed_entry_lasts_twelve_months_from_the_decision(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=340)
    item = at_item(panel, repeated(panel, entry, at=later), at=later)

    decision = panel_decision(panel, PanelOutcome.RENEW, item=item, at=later)

    entry.refresh_from_db()
    day = timezone.localdate(later)
    assert timezone.localdate(entry.expires_at) == date(day.year + 1, day.month, day.day)
    assert (decision.entry, decision.risk) == (entry, entry.risk)
    assert decision.definition == DEFINITIONS[Risk.MEDIUM]
    assert Letter.objects.filter(entry=entry, kind=LetterKind.SCHEDULE).count() == 2


@pytest.mark.clause("B52")
def test_nothing_is_renewed_without_a_new_incident(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=340)
    case = waiting_case(
        panel,
        kind=CaseKind.RENEWAL,
        report=PanelCase.objects.get().report,
        entry=entry,
        case_file=entry.case_file,
        at=later,
    )
    item = at_item(panel, case, at=later)

    with pytest.raises(NotReady, match="cannot be renewed"):
        voting(panel, PanelOutcome.RENEW, item=item, at=later)

    before = entry.expires_at
    panel_decision(panel, PanelOutcome.LAPSE, item=item, at=later)
    entry.refresh_from_db()
    assert (entry.expires_at, entry.state) == (before, "live")


@pytest.mark.clause("B52")
def test_incident_that_nobody_has_countersigned_renews_nothing(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=100)
    report = submitted(panel.council, at=later)
    waiting_case(
        panel,
        kind=CaseKind.RENEWAL,
        report=report,
        entry=entry,
        case_file=entry.case_file,
        at=later,
    )

    assert not new_incidents(entry).exists()


@pytest.mark.clause("B52")
def test_incident_of_one_renewal_does_not_carry_the_next(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=100)
    item = at_item(panel, repeated(panel, entry, at=later), at=later)
    assert new_incidents(entry).count() == 1

    panel_decision(panel, PanelOutcome.RENEW, item=item, at=later)

    assert not new_incidents(entry).exists()


@pytest.mark.clause("B4")
@pytest.mark.clause("B52")
def test_referral_about_somebody_on_the_schedule_becomes_the_renewal(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=100)
    case = refer(panel, panel_report(panel, at=later), at=later)
    alike = who_is_alike(case=case, by=panel.clerk, at=later)
    assert [each.entry for each in alike if each.strong] == [entry]

    joined = join_case(case=case, entry=entry, checked=REASONS, by=panel.clerk, at=later)

    assert (joined.kind, joined.entry, joined.pk) == ("renewal", entry, case.pk)
    item = at_item(panel, joined, at=later)
    decision = panel_decision(panel, PanelOutcome.RENEW, item=item, at=later)
    assert decision.entry == entry
    assert Entry.objects.count() == 1


@pytest.mark.clause("B52")
def test_incident_that_the_director_joins_to_the_file_brings_the_renewal_at_once(
    panel: Panel,
) -> None:
    council, later = panel.council, timezone.now() + timedelta(days=100)
    report = countersigned(council)
    entry = panel_entry(
        panel, item=findings_recorded(panel, opened_item(panel, waiting_case(panel, report=report)))
    )
    of_director = decided(council, report=report).entry
    assert of_director is not None
    assert of_director.case_file == entry.case_file

    repeat = countersigned(council, at=later)
    decided(council, DecisionOutcome.JOIN, report=repeat, join_to=of_director, at=later)

    [case] = PanelCase.objects.filter(entry=entry, kind=CaseKind.RENEWAL)
    assert (case.state, case.report) == ("waiting", repeat)


def test_referral_joins_the_renewal_that_waits(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=100)
    renewal = waiting_case(
        panel,
        kind=CaseKind.RENEWAL,
        report=PanelCase.objects.get().report,
        entry=entry,
        case_file=entry.case_file,
        at=later,
    )
    case = refer(panel, panel_report(panel, at=later), at=later)

    joined = join_case(case=case, entry=entry, checked=REASONS, by=panel.clerk, at=later)

    case.refresh_from_db()
    assert (joined, case.state) == (renewal, "withdrawn")
    assert new_incidents(entry).get() == case.report


def test_joining_takes_a_live_entry_and_words(panel: Panel) -> None:
    entry = panel_entry(panel)
    later = timezone.now() + timedelta(days=400)
    case = refer(panel, panel_report(panel, at=later), at=later)
    act: dict[str, Any] = {"case": case, "entry": entry, "by": panel.clerk}

    with pytest.raises(BadInput) as error:
        join_case(**act, checked=REASONS, at=later)
    assert set(error.value.problems) == {"entry"}

    with pytest.raises(BadInput) as error:
        join_case(**act, checked="", at=timezone.now())
    assert set(error.value.problems) == {"checked"}


@pytest.mark.clause("B11")
def test_joined_renewal_keeps_out_whom_either_case_kept_out(panel: Panel) -> None:
    first = waiting_case(panel)
    conflicted(first, panel.safety, decided=True, by=panel.chair)
    item = findings_recorded(panel, opened_item(panel, first))
    motion = voting(panel, item=item)
    for member in panel.members:
        if member != panel.safety:
            cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())
    entry = record(panel, close_vote(motion=motion, by=panel.clerk, at=timezone.now())).entry
    later = timezone.now() + timedelta(days=100)
    case = refer(panel, panel_report(panel, panel.care, at=later), at=later)
    assert {each.user for each in case.conflicts.all()} == {panel.care}

    joined = join_case(case=case, entry=entry, checked=REASONS, by=panel.clerk, at=later)

    assert {each.user for each in joined.conflicts.all()} == {panel.care, panel.safety}


# --- Removal and correction -------------------------------------------------------------------


@pytest.mark.clause("B3")
def test_removed_entry_ends_at_once_and_the_individual_is_told(panel: Panel) -> None:
    entry = panel_entry(panel)
    Letter.objects.update(issued_at=timezone.now())
    case = repeated(panel, entry, at=timezone.now())
    meeting = panel.register.meetings.get()
    item = findings_recorded(panel, opened_item(panel, case, meeting=meeting))

    panel_decision(panel, PanelOutcome.REMOVE, item=item)

    entry.refresh_from_db()
    assert (entry.state, entry.why_ended) == ("ended", "panel")
    assert letters() == ["removal", "schedule"]


def test_removed_before_the_individual_was_told_no_letter_goes_out(panel: Panel) -> None:
    entry = panel_entry(panel)
    case = repeated(panel, entry, at=timezone.now())
    meeting = panel.register.meetings.get()
    item = findings_recorded(panel, opened_item(panel, case, meeting=meeting))

    panel_decision(panel, PanelOutcome.REMOVE, item=item)

    assert letters() == []


@pytest.mark.clause("B3")
def test_correction_is_a_new_decision_and_the_old_one_stays(panel: Panel) -> None:
    wrong = panel_decision(panel)
    now = timezone.now()

    case = ask_for_correction(decision=wrong, reasons=REASONS, by=panel.clerk, at=now)

    assert (case.kind, case.corrects, case.entry) == ("correction", wrong, wrong.entry)
    with pytest.raises(AlreadyDone):
        ask_for_correction(decision=wrong, reasons=REASONS, by=panel.clerk, at=now)
    meeting = panel.register.meetings.get()
    item = findings_recorded(panel, opened_item(panel, case, meeting=meeting))
    low = entry_terms(Risk.LOW, handling="See him at the counter as anybody else.")
    motion = voting(panel, item=item, risk="low", terms=MotionTerms(entry=low))
    right = record(panel, voted(panel, motion))

    before = wrong.entry
    assert before is not None
    entry = Entry.objects.get()
    assert (right.corrects, right.entry) == (wrong, entry)
    assert (entry.risk, entry.handling) == ("low", low.handling)
    assert entry.markers == ["vexatious"]
    assert entry.expires_at == before.expires_at
    kept = PanelDecision.objects.get(pk=wrong.pk)
    assert (kept.risk, kept.terms) == ("medium", wrong.terms)
    with pytest.raises(AlreadyDone):
        ask_for_correction(decision=wrong, reasons=REASONS, by=panel.clerk, at=now)


def test_correction_of_a_decision_without_an_entry_may_make_one(panel: Panel) -> None:
    wrong = panel_decision(panel, PanelOutcome.NO_ACTION)
    case = ask_for_correction(decision=wrong, reasons=REASONS, by=panel.clerk, at=timezone.now())
    item = opened_item(panel, case, meeting=panel.register.meetings.get())

    entry = panel_entry(panel, item=findings_recorded(panel, item))

    assert (entry.state, PanelDecision.objects.count()) == ("live", 2)


def test_correction_is_asked_for_by_who_keeps_the_schedule(panel: Panel) -> None:
    decision = panel_decision(panel)
    act: dict[str, Any] = {"decision": decision, "at": timezone.now()}

    for who in (panel.safety, panel.operations):
        with pytest.raises(NotYourPost):
            ask_for_correction(**act, reasons=REASONS, by=who)
    with pytest.raises(BadInput):
        ask_for_correction(**act, reasons="", by=panel.clerk)


@pytest.mark.clause("B3")
def test_keeper_changes_no_term_of_an_entry(panel: Panel) -> None:
    entry = panel_entry(panel)
    act: dict[str, Any] = {"entry": entry, "reasons": REASONS, "at": timezone.now()}
    council, owner = panel.council, panel.owner

    with pytest.raises(NotYourPost):
        withdraw_entry(**act, by=owner)
    with pytest.raises(BadInput) as error:
        correct_entry(**act, fact=Correctable.HANDLING, value="Something else.", by=owner)
    assert set(error.value.problems) == {"fact"}
    with pytest.raises(NotYourPost):
        withdraw_entry(**act, by=council.owner)

    corrected = correct_entry(
        **act, fact=Correctable.NAMES, value=("Barnabas Thistlewick",), by=owner
    )
    assert corrected.fact == "names"
