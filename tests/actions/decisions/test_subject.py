"""Whom an entry is about: more than a name, not a small child, nobody twice (L2, L3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.actions.entries import sign_off_entry
from cautionary_plugin.models import IncidentReport, Letter, Person, StaffBulletin
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import Outcome
from tests.actions.decisions.deciding import ANOTHER, DECLINE, ask, born, fault
from tests.council import Council, brief, found_council, hold_post, make_reader
from tests.factors import make_person
from tests.life import REPORTED, countersigned, decided, entered, head_of_service


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
