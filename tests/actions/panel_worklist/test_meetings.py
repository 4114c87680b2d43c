"""What waits for the panel's people about meetings, papers, conflicts and votes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.panel.attendance import confirm_briefing, give_apologies
from cautionary_plugin.actions.panel.conflicts import decide_conflict, pass_on
from cautionary_plugin.actions.panel.meetings import close_meeting, open_meeting
from cautionary_plugin.actions.panel.papers import open_papers, release_papers
from cautionary_plugin.actions.panel.settling import settle_addition
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.models import Meeting
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.vocabulary import Choice
from tests.actions.panel_worklist.waiting import DAY, RUNNERS, WORDS, waits, who_has
from tests.panel import (
    Panel,
    conflicted,
    deputised,
    leave,
    met,
    planned,
    seat_at,
    waiting_case,
)
from tests.panel_items import findings_recorded, opened_item, urgent, voting
from tests.schedule import (
    prepared_divert,
)

pytestmark = pytest.mark.django_db


# Meetings


@pytest.mark.clause("B6")
def test_meeting_is_to_be_planned_until_one_is(panel: Panel) -> None:
    case = waiting_case(panel)
    assert who_has(panel, Duty.PLAN_MEETING) == RUNNERS
    [task] = waits(panel.clerk, Duty.PLAN_MEETING)
    assert (task.key, task.note) == (panel.register.slug, "1 case waits")

    planned(panel)

    assert who_has(panel, Duty.PLAN_MEETING) == set()
    assert who_has(panel, Duty.AGENDA) == set()  # the case came on it by itself
    assert case.items.count() == 1


@pytest.mark.clause("B6")
def test_panel_that_has_not_met_for_long_is_to_meet(panel: Panel) -> None:
    meeting = met(panel)
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())
    later = timezone.now() + timedelta(days=panel.register.meeting_days + 2)

    assert who_has(panel, Duty.PLAN_MEETING) == set()
    [task] = waits(panel.clerk, Duty.PLAN_MEETING, later)
    assert task.note == ""


def test_case_that_is_on_no_agenda_is_to_be_put_on_one(panel: Panel) -> None:
    meeting = planned(panel)
    case = waiting_case(panel)
    case.items.update(state="removed")

    [task] = waits(panel.clerk, Duty.AGENDA)

    assert (task.reference, task.note) == (meeting.reference, "1 case waits")
    assert who_has(panel, Duty.AGENDA) == RUNNERS


def test_meeting_waits_from_its_day_until_it_is_closed(panel: Panel) -> None:
    meeting = planned(panel, starts_in=3 * DAY)
    on_the_day = meeting.starts_at - timedelta(minutes=1)
    assert who_has(panel, Duty.MEETING) == set()
    assert who_has(panel, Duty.MEETING, on_the_day) == RUNNERS
    open_meeting(meeting=meeting, by=panel.clerk, at=on_the_day)
    assert waits(panel.clerk, Duty.MEETING, on_the_day)[0].note == "In session"

    close_meeting(meeting=Meeting.objects.get(), by=panel.clerk, at=on_the_day)

    assert who_has(panel, Duty.MEETING, on_the_day) == set()


@pytest.mark.clause("B41")
def test_meeting_says_how_many_provisional_entries_end_with_it(panel: Panel) -> None:
    addition = urgent(panel)
    meeting = planned(panel)
    on_the_day = meeting.starts_at - timedelta(minutes=1)

    [task] = waits(panel.clerk, Duty.MEETING, on_the_day)
    assert task.note.endswith("; 1 to ratify, or the entry ends")

    conflicted(addition.case, panel.chair)
    [task] = waits(panel.chair, Duty.MEETING, on_the_day)
    assert "ratify" not in task.note
    [task] = waits(panel.clerk, Duty.MEETING, on_the_day)
    assert "1 to ratify" in task.note
    settle_addition(addition.entry, ratified=True, at=timezone.now())
    [task] = waits(panel.clerk, Duty.MEETING, on_the_day)
    assert "ratify" not in task.note


# Papers


@pytest.mark.clause("B14")
def test_papers_are_to_be_released_and_then_to_be_read(panel: Panel) -> None:
    case = waiting_case(panel, risk="high")
    meeting = planned(panel)
    assert who_has(panel, Duty.RELEASE) == RUNNERS
    assert who_has(panel, Duty.PAPERS) == set()

    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert who_has(panel, Duty.RELEASE) == set()
    six = {"chair", "complaints", "safety", "customer", "care", "equality"}
    assert who_has(panel, Duty.PAPERS) == {*six, "legal"}  # invited for the high risk (B13)
    [task] = waits(panel.care, Duty.PAPERS)
    assert (task.key, task.due_on) == (case.reference, timezone.localdate(meeting.starts_at))
    open_papers(case=case, by=panel.care, at=timezone.now())
    give_apologies(meeting=meeting, by=panel.safety, at=timezone.now())
    assert who_has(panel, Duty.PAPERS) == {*six, "legal"} - {"care", "safety"}


@pytest.mark.clause("B8")
def test_deputys_briefing_is_to_be_confirmed_by_the_member(panel: Panel) -> None:
    waiting_case(panel)
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    deputy = deputised(panel, meeting, "safety", briefed=False)
    assert who_has(panel, Duty.BRIEFING) == {"safety"}
    assert waits(deputy, Duty.PAPERS) == []

    confirm_briefing(attendee=seat_at(meeting, deputy), by=panel.safety, at=timezone.now())

    assert who_has(panel, Duty.BRIEFING) == set()
    assert len(waits(deputy, Duty.PAPERS)) == 1


# Conflicts


@pytest.mark.clause("B10", "B11")
def test_conflict_waits_for_the_chair_before_the_meeting(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = planned(panel)
    conflict = conflicted(case, panel.equality)
    assert who_has(panel, Duty.CONFLICT) == {"chair"}
    [task] = waits(panel.chair, Duty.CONFLICT)
    assert (task.reference, task.due_on) == (
        case.reference,
        timezone.localdate(meeting.starts_at),
    )

    pass_on(conflict=conflict, by=panel.chair, at=timezone.now())
    assert who_has(panel, Duty.CONFLICT) == {"monitoring"}
    decide_conflict(
        conflict=conflict, excluded=True, reasons=WORDS, by=panel.monitoring, at=timezone.now()
    )

    assert who_has(panel, Duty.CONFLICT) == set()


@pytest.mark.clause("B11")
def test_nothing_of_a_case_waits_for_whoever_is_shut_out_of_it(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.chair)
    notes = [waits(who, Duty.PLAN_MEETING)[0].note for who in (panel.chair, panel.clerk)]
    assert notes == ["", "1 case waits"]
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    divert = prepared_divert(panel)
    conflicted(divert.arrangement.case, panel.chair)

    mine = what_waits(standing_of(panel.chair, at=timezone.now()))

    assert {case.reference, divert.reference}.isdisjoint(task.reference for task in mine)
    assert divert.reference in {task.reference for task in waits(panel.clerk, Duty.DIVERT)}


# Votes


@pytest.mark.clause("B19")
def test_vote_waits_for_those_who_sit_and_have_not_voted(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = opened_item(panel, case, meeting=met(panel))
    leave(panel, item.meeting, panel.customer)
    assert who_has(panel, Duty.VOTE) == set()
    motion = voting(panel, item=findings_recorded(panel, item))
    assert who_has(panel, Duty.VOTE) == {"chair", "complaints", "safety", "care"}

    cast_vote(motion=motion, choice=Choice.FOR, by=panel.care, at=timezone.now())

    assert who_has(panel, Duty.VOTE) == {"chair", "complaints", "safety"}


@pytest.mark.clause("B8")
def test_vote_waits_for_a_deputy_only_where_the_member_is_away(panel: Panel) -> None:
    meeting = met(panel)
    deputy = deputised(panel, meeting, "safety", arrives=True)
    item = opened_item(panel, waiting_case(panel), meeting=meeting)
    voting(panel, item=findings_recorded(panel, item))
    assert waits(deputy, Duty.VOTE) == []

    leave(panel, meeting, panel.safety)

    assert len(waits(deputy, Duty.VOTE)) == 1
    assert waits(panel.safety, Duty.VOTE) == []
