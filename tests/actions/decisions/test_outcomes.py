"""What follows from each outcome (A10, A13, A20, A22, A28, A29, A34, L1–L3, L9, L12)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cautionary_plugin.actions.check import check_register
from cautionary_plugin.actions.corrections import withdraw_entry
from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import (
    AccessRecord,
    AudienceMember,
    Decision,
    Entry,
    IncidentReport,
    Letter,
    LookupState,
    MailKind,
    OutboxMessage,
    Person,
    StaffBulletin,
)
from cautionary_plugin.rules.errors import BadInput, NotReady
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState, ReportState
from cautionary_plugin.rules.terms import months_after
from cautionary_plugin.rules.vocabulary import (
    Act,
    DecisionOutcome,
    LegalCondition,
    LetterKind,
    Outcome,
    Purpose,
)
from tests.council import Council, brief, found_council, hold_post, make_reader
from tests.factors import make_person
from tests.life import REPORTED, countersigned, decided, entered, head_of_service

ADD, JOIN = DecisionOutcome.ADD, DecisionOutcome.JOIN
WARNING, DECLINE = DecisionOutcome.WARNING, DecisionOutcome.DECLINE
ANOTHER = {"another_person": "His son, of the same name; born 1990."}


def ask(council: Council, officer: Any, words: str = REPORTED, at: Any = None) -> Outcome:
    return check_register(
        question=Question(anything=words),
        purpose=Purpose.HOME_VISIT,
        by=officer,
        at=at or timezone.now(),
    ).outcome


def born(years_ago: int, report: IncidentReport) -> None:
    person = report.case_file.person
    today = timezone.localdate()
    person.born_on = date(today.year - years_ago, 1, 5)
    person.save()


def fault(council: Council, report: IncidentReport, **entry: Any) -> dict[str, list[str]]:
    with pytest.raises(BadInput) as refusal:
        decided(council, ADD, report=report, **entry)
    assert not Entry.objects.filter(case_file=report.case_file).exists()
    return refusal.value.problems


# Add


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


@pytest.mark.parametrize("outcome", list(DecisionOutcome))
def test_reporter_is_told_and_the_decision_recorded(
    council: Council, report: IncidentReport, outcome: DecisionOutcome
) -> None:
    if outcome == JOIN:
        entered(council)
        report = countersigned(council, make_person("another"))
    join_to = Entry.objects.first() if outcome == JOIN else None
    OutboxMessage.objects.all().delete()

    decided(council, outcome, report=report, join_to=join_to, told=ANOTHER)

    message = OutboxMessage.objects.get(kind=MailKind.DECIDED)
    assert (message.to, message.reference) == (report.reporter, report.reference)
    line = AccessRecord.objects.get(act=Act.DECIDED, reference=report.reference)
    assert (line.user, line.register) == (council.owner, council.register)
    report.refresh_from_db()
    assert report.state == ReportState.DECIDED


def test_reporter_whose_account_is_gone_is_not_told_by_way_of_others(
    council: Council, report: IncidentReport
) -> None:
    IncidentReport.objects.update(reporter=None)

    decided(council, DECLINE, report=report)

    assert not OutboxMessage.objects.filter(kind=MailKind.DECIDED).exists()


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


@pytest.mark.clause("A13")
def test_without_a_credible_risk_nobody_is_added(council: Council, report: IncidentReport) -> None:
    assert "credible" in fault(council, report, credible=False)
    assert "credible_risk" in fault(council, report, credible_risk="")


@pytest.mark.clause("L9")
def test_entry_rests_on_a_legal_condition(council: Council, report: IncidentReport) -> None:
    assert "legal_condition" in fault(council, report, legal_condition="")


@pytest.mark.clause("L12")
def test_entry_has_a_control_measure(council: Council, report: IncidentReport) -> None:
    assert "control_measures" in fault(council, report, control_measures=[])


@pytest.mark.clause("L1")
def test_entry_is_for_a_service_and_says_why(council: Council, report: IncidentReport) -> None:
    assert "audience" in fault(council, report, audience=[])
    assert "audience_reasons" in fault(council, report, audience_reasons="")


def test_basis_names_no_colleague_concerned(council: Council, report: IncidentReport) -> None:
    reporter = report.reporter
    reporter.first_name, reporter.last_name = "Odette", "Marlborough"
    reporter.save()

    assert "basis" in fault(council, report, basis="He hit Odette Marlborough with a spade.")


def test_all_that_is_wrong_is_said_at_once(council: Council, report: IncidentReport) -> None:
    found = fault(council, report, credible=False, audience=[], told={"reasons": ""})

    assert {"credible", "audience", "reasons"} <= set(found)


@pytest.mark.clause("A28")
def test_entry_without_an_end_or_ending_at_once_is_refused(
    council: Council, report: IncidentReport
) -> None:
    assert "expires_on" in fault(council, report, expires_on=timezone.localdate())
    entry = entered(council, told=ANOTHER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(expires_at=None)


@pytest.mark.clause("A28")
@pytest.mark.clause("A29")
def test_entry_ends_as_its_last_evening_is_over(council: Council, report: IncidentReport) -> None:
    today = timezone.localdate()
    end = months_after(today, 12)
    officer = make_reader(council)

    entry = decided(council, report=report).entry

    assert timezone.localtime(entry.expires_at).replace(tzinfo=None) == datetime(
        end.year, end.month, end.day
    )
    assert not Entry.objects.live_at(entry.expires_at).exists()
    assert Entry.objects.live_at(entry.expires_at - timedelta(seconds=1)).exists()
    assert ask(council, officer) == Outcome.FOUND


@pytest.mark.clause("A29")
def test_longer_than_the_standard_takes_high_risk_and_reasons_and_has_a_cap(
    council: Council, report: IncidentReport
) -> None:
    today = timezone.localdate()
    longer, too_long = months_after(today, 24), months_after(today, 37)
    why = "He fractured a colleague's arm and was convicted."

    assert "expires_on" in fault(
        council, report, expires_on=longer, term_reasons=why, risk="medium"
    )
    assert "term_reasons" in fault(council, report, expires_on=longer)
    assert "expires_on" in fault(council, report, expires_on=too_long, term_reasons=why)

    decision = decided(council, report=report, expires_on=longer, term_reasons=why)
    assert decision.term_reasons == why


# Whom the entry is about


@pytest.mark.clause("L3")
def test_name_alone_is_not_added(council: Council) -> None:
    report = countersigned(council)
    person = Person.objects.get(case_file=report.case_file)
    person.identity_sealed, person.born_on = {"names": [REPORTED]}, None
    person.save()

    with pytest.raises(NotReady, match="nothing on file but a name"):
        decided(council, report=report)
    decided(council, DECLINE, report=report)


@pytest.mark.clause("L3")
def test_decider_says_how_the_second_identifier_was_checked(
    council: Council, report: IncidentReport
) -> None:
    assert list(fault(council, report, told={"second_identifier": ""})) == ["second_identifier"]


@pytest.mark.clause("L2")
def test_nobody_under_ten_is_added(council: Council, report: IncidentReport) -> None:
    born(8, report)

    assert "born_on" in fault(council, report)


@pytest.mark.clause("L2")
@pytest.mark.clause("A20")
@pytest.mark.clause("A22")
def test_entry_on_a_child_is_held_and_announced_only_when_another_senior_signs(
    council: Council, report: IncidentReport
) -> None:
    born(15, report)
    officer, safety = make_reader(council), make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    brief(council, safety)

    entry = decided(council, report=report).entry

    assert entry.state == EntryState.HELD
    assert not StaffBulletin.objects.exists()
    assert not Letter.objects.exists()
    assert ask(council, officer) == Outcome.NONE_RECORDED
    later = timezone.now() + timedelta(days=1)
    sign_off_entry(entry=entry, by=safety, at=later)
    due = council.register.calendar.after(timezone.localdate(later), 2)
    assert (StaffBulletin.objects.get().due_on, Letter.objects.get().due_on) == (due, due)
    assert ask(council, officer, at=later) == Outcome.FOUND


@pytest.mark.clause("L3")
def test_subject_that_looks_the_same_is_joined_or_told_apart_in_words(council: Council) -> None:
    first = entered(council)
    report = countersigned(council, make_person("another"))

    assert list(fault(council, report)) == ["another_person"]

    decision = decided(council, report=report, told=ANOTHER)
    assert decision.another_person == ANOTHER["another_person"]
    assert decision.entry != first


@pytest.mark.clause("L2")
@pytest.mark.clause("L3")
def test_held_entry_that_looks_the_same_counts_as_one(
    council: Council, report: IncidentReport
) -> None:
    born(15, report)
    held = decided(council, report=report).entry
    again = countersigned(council, make_person("another"))
    born(15, again)

    assert held.state == EntryState.HELD
    assert list(fault(council, again)) == ["another_person"]


def test_entry_on_another_register_or_of_another_kind_is_no_lookalike(council: Council) -> None:
    head_of_service(council)
    entered(found_council(slug="ub", prefix="UB"))
    decided(council, report=countersigned(council, kind="premises"))

    assert entered(council).state == EntryState.LIVE


# Join


def test_joined_report_hangs_on_the_file_of_the_entry_and_makes_no_second(
    council: Council,
) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    decision = decided(council, JOIN, report=report, join_to=entry)

    report.case_file.refresh_from_db()
    assert report.case_file.joined_to == entry.case_file
    assert decision.entry == entry
    assert Entry.objects.count() == LookupState.objects.get().entries == 1
    assert StaffBulletin.objects.count() == Letter.objects.count() == 1


@pytest.mark.parametrize("which", ["none", "ended", "expired", "kind", "register"])
def test_report_joins_only_a_live_entry_of_its_register_and_kind(
    council: Council, which: str
) -> None:
    report = countersigned(council)
    other = found_council(slug="ub", prefix="UB") if which == "register" else council
    entry: Entry | None = None
    if which == "kind":
        entry = decided(council, report=countersigned(council, kind="premises")).entry
    elif which != "none":
        entry = entered(other)
    if which == "ended":
        withdraw_entry(
            entry=entry, reasons="The wrong person.", by=council.owner, at=timezone.now()
        )
    if which == "expired":
        past = timezone.now() - timedelta(seconds=1)
        Entry.objects.update(starts_at=past - timedelta(days=1), expires_at=past)

    with pytest.raises(BadInput) as refusal:
        decided(council, JOIN, report=report, join_to=entry)

    assert list(refusal.value.problems) == ["join_to"]
    report.case_file.refresh_from_db()
    assert report.case_file.joined_to is None


@pytest.mark.clause("L3")
def test_joining_says_how_it_is_known_to_be_the_same(council: Council) -> None:
    entry = entered(council)
    report = countersigned(council, make_person("another"))

    with pytest.raises(BadInput) as refusal:
        decided(council, JOIN, report=report, join_to=entry, told={"second_identifier": ""})

    assert list(refusal.value.problems) == ["second_identifier"]


# Warn, decline


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
