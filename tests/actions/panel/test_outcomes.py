"""What follows from each outcome of the panel (B3, B4, B17–B19, B27, B52)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.corrections import correct_entry, withdraw_entry
from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.joining import join_case, who_is_alike
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.referrals import take_up, turn_down
from cautionary_plugin.actions.panel.repeat import new_incidents
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import (
    DirectorReferral,
    Entry,
    Letter,
    MailKind,
    Motion,
    OutboxMessage,
    PanelCase,
    PanelDecision,
    SinglePointOfContact,
    StaffBulletin,
)
from cautionary_plugin.rules.corrections import Correctable
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import CaseKind, Choice, LetterKind, PanelOutcome, Risk
from tests.life import countersigned, submitted
from tests.panel import Panel, conflicted, found_panel, met, waiting_case
from tests.panel_items import (
    carried,
    entry_terms,
    findings_recorded,
    opened_item,
    panel_decision,
    panel_entry,
    urgent,
    voted,
    voting,
)
from tests.referrals import panel_report, refer
from tests.schedule import spoc_terms

pytestmark = pytest.mark.django_db

REASONS = "It was recorded with the wrong service in mind."


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def record(panel: Panel, motion: Motion, *, at: datetime | None = None) -> PanelDecision:
    return record_decision(motion=motion, by=panel.clerk, at=at or timezone.now())


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


def at_item(panel: Panel, case: PanelCase, *, at: datetime, **found: Any) -> Any:
    """The case at a meeting of that day, with an answer to each question."""
    for before in panel.register.meetings.filter(state="open"):
        close_meeting(meeting=before, by=panel.clerk, at=at)
    item = opened_item(panel, case, meeting=met(panel, at=at), at=at)
    return findings_recorded(panel, item, at=at, **found)


def child(panel: Panel) -> PanelCase:
    """A case about somebody of fifteen."""
    born_on = (timezone.localdate() - timedelta(days=365 * 15)).isoformat()
    report = submitted(panel.council, identify={"born_on": born_on})
    return waiting_case(panel, report=report)


# --- Entries ---------------------------------------------------------------------------------


@pytest.mark.clause("B18")
@pytest.mark.parametrize("risk", list(Risk))
def test_entry_has_the_level_in_the_words_of_the_procedure(panel: Panel, risk: Risk) -> None:
    decision = panel_decision(panel, risk=risk)

    assert (decision.risk, decision.definition) == (risk, DEFINITIONS[risk])
    entry = decision.entry
    assert entry is not None
    assert (entry.risk, entry.state, entry.register) == (risk, "live", panel.register)
    assert entry.reference.startswith("UBS-")
    assert [each.slug for each in entry.audience.all()] == ["housing"]


@pytest.mark.clause("B36")
@pytest.mark.clause("B49")
def test_entry_lasts_twelve_months_by_the_calendar(panel: Panel) -> None:
    entry = panel_entry(panel)

    today = timezone.localdate(entry.starts_at)
    ends = timezone.localdate(entry.expires_at)
    assert (ends.year, ends.month) == (today.year + 1, today.month)
    assert ends.day == (28 if (today.month, today.day) == (2, 29) else today.day)


@pytest.mark.clause("B31")
@pytest.mark.clause("B43")
@pytest.mark.parametrize(
    ("risk", "kind"), [("low", "schedule"), ("medium", "schedule"), ("high", "schedule_hi")]
)
def test_colleagues_and_the_individual_are_told_of_an_entry(
    panel: Panel, risk: str, kind: str
) -> None:
    entry = panel_entry(panel, risk=risk)

    letter = Letter.objects.get()
    assert (letter.kind, letter.entry, letter.case) == (kind, entry, PanelCase.objects.get())
    assert letter.writer == (None if kind == "schedule_hi" else panel.operations)
    assert StaffBulletin.objects.get().entry == entry


def test_entry_of_a_child_is_held_and_told_of_when_it_is_signed_off(panel: Panel) -> None:
    entry = panel_entry(panel, item=findings_recorded(panel, opened_item(panel, child(panel))))
    assert (entry.state, letters(), StaffBulletin.objects.count()) == ("held", [], 0)

    sign_off_entry(entry=entry, by=panel.chair, at=timezone.now())

    assert letters() == ["schedule"]
    assert Letter.objects.get().case == PanelCase.objects.get()


def test_presenter_is_told_that_the_case_is_decided(panel: Panel) -> None:
    panel_decision(panel, PanelOutcome.NO_ACTION)

    mail = OutboxMessage.objects.get(kind=MailKind.PANEL_DECIDED)
    assert (mail.to, mail.reference) == (panel.operations, PanelCase.objects.get().reference)


# --- High risk goes to the director, as a question --------------------------------------------


@pytest.mark.clause("B18")
def test_high_risk_is_referred_to_the_director_and_marks_nobody_there(panel: Panel) -> None:
    decision = panel_decision(panel, risk=Risk.HIGH)

    referral = DirectorReferral.objects.get()
    assert (referral.decision, referral.register) == (decision, panel.council.register)
    assert [mail.to for mail in OutboxMessage.objects.filter(kind=MailKind.TO_DIRECTOR)] == [
        panel.council.owner
    ]
    assert not Entry.objects.filter(register=panel.council.register).exists()


@pytest.mark.parametrize("risk", [Risk.LOW, Risk.MEDIUM])
def test_lower_risk_is_not_referred_to_the_director(panel: Panel, risk: Risk) -> None:
    panel_decision(panel, risk=risk)

    assert not DirectorReferral.objects.exists()


def high_on_own_register(panel: Panel) -> DirectorReferral:
    case = refer(panel, panel_report(panel), risk="high")
    panel_entry(panel, risk=Risk.HIGH, item=findings_recorded(panel, opened_item(panel, case)))
    return DirectorReferral.objects.get()


@pytest.mark.clause("B18")
def test_taken_up_a_report_begins_with_a_countersignature(panel: Panel) -> None:
    referral = high_on_own_register(panel)
    report = referral.decision.case.report
    assert report is not None
    assert (report.register, report.state) == (panel.register, "decided")

    take_up(referral=referral, by=panel.council.owner, at=timezone.now())

    report.refresh_from_db()
    assert (report.register, report.state) == (panel.council.register, "submitted")
    assert report.countersign_by is not None
    assert not Entry.objects.filter(register=panel.council.register).exists()


def test_report_that_is_the_directors_already_is_only_taken(panel: Panel) -> None:
    panel_decision(panel, risk=Risk.HIGH)
    referral = DirectorReferral.objects.get()

    answered = take_up(referral=referral, by=panel.council.owner, at=timezone.now())

    assert (answered.taken, answered.answered_by) == (True, panel.council.owner)
    report = referral.decision.case.report
    assert report is not None
    assert (report.register, report.state) == (panel.council.register, "submitted")


def test_referral_is_turned_down_with_reasons(panel: Panel) -> None:
    referral = high_on_own_register(panel)
    owner, now = panel.council.owner, timezone.now()
    with pytest.raises(BadInput):
        turn_down(referral=referral, reasons="No.", by=owner, at=now)

    answered = turn_down(referral=referral, reasons=REASONS, by=owner, at=now)

    assert (answered.taken, answered.reasons) == (False, REASONS)
    with pytest.raises(AlreadyDone):
        take_up(referral=referral, by=owner, at=now)


def test_referral_is_answered_by_who_decides_on_the_directors_register(panel: Panel) -> None:
    referral = high_on_own_register(panel)

    for who in (panel.owner, panel.chair, panel.clerk):
        with pytest.raises(NotYourPost):
            take_up(referral=referral, by=who, at=timezone.now())


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
    terms = MotionTerms(entry=entry_terms(restrictions=[service], no_restrictions=""))

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

    assert PanelCase.objects.get().report.state == "decided"  # type: ignore[union-attr]


def test_report_on_the_directors_register_stays_the_directors(panel: Panel) -> None:
    panel_decision(panel, PanelOutcome.NO_ACTION)

    assert PanelCase.objects.get().report.state == "submitted"  # type: ignore[union-attr]


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


@pytest.mark.clause("B4")
@pytest.mark.clause("B52")
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

    joined = join_case(case=case, entry=entry, checked=REASONS, by=panel.clerk, at=later)  # type: ignore[arg-type]

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
