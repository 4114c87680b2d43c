"""What somebody at the table might try alone: end, steer or watch a vote (B10, B11, B19)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.contact.arranging import delegate
from cautionary_plugin.actions.panel.agenda import move_item
from cautionary_plugin.actions.panel.attendance import note_arrival, note_leaving
from cautionary_plugin.actions.panel.conflicts import decide_conflict, declare_conflict
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.minutes import open_minutes
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import Entry, Meeting
from cautionary_plugin.rules.errors import BadInput, Excluded, NotReady, SamePerson
from cautionary_plugin.rules.states import EntryState, ItemState
from cautionary_plugin.rules.vocabulary import Choice
from tests.panel import Panel, conflicted, met, planned, seat_at, waiting_case
from tests.panel_items import opened_item, urgent, voting
from tests.schedule import arranged

pytestmark = pytest.mark.django_db


def minuted_votes(meeting: Meeting, reader: Any) -> list[str]:
    items = open_minutes(meeting=meeting, by=reader, at=timezone.now()).items
    return [line for item in items for motion in item.motions for line in motion.votes]


@pytest.mark.clause("B19")
def test_minutes_say_who_has_voted_and_not_how_while_the_vote_is_open(panel: Panel) -> None:
    motion = voting(panel)
    for member, choice in zip(panel.members, [Choice.AGAINST] * 4, strict=False):
        cast_vote(motion=motion, choice=choice, by=member, at=timezone.now())
    meeting = motion.item.meeting
    told = minuted_votes(meeting, panel.clerk)
    assert len(told) == 4
    assert all("has voted" in line for line in told)
    assert not any(Choice.AGAINST.label in line for line in told)

    close_vote(motion=motion, by=panel.clerk, at=timezone.now())
    assert all(Choice.AGAINST.label in line for line in minuted_votes(meeting, panel.clerk))


@pytest.mark.clause("B7")
@pytest.mark.clause("B19")
def test_vote_in_which_fewer_than_the_quorum_voted_is_not_closed(panel: Panel) -> None:
    motion = voting(panel)
    for member in panel.members[:3]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())

    with pytest.raises(NotReady, match="3 of at least 4 have voted"):
        close_vote(motion=motion, by=panel.clerk, at=timezone.now())

    motion.refresh_from_db()
    assert motion.closed_at is None
    cast_vote(motion=motion, choice=Choice.ABSTAIN, by=panel.members[3], at=timezone.now())
    assert not close_vote(motion=motion, by=panel.clerk, at=timezone.now()).carried


@pytest.mark.clause("B11")
@pytest.mark.clause("B41")
def test_excluded_chair_does_not_end_an_urgent_addition_by_closing_the_meeting(
    panel: Panel,
) -> None:
    addition = urgent(panel)
    meeting = met(panel)
    conflicted(addition.case, panel.chair)

    with pytest.raises(Excluded):
        close_meeting(meeting=meeting, by=panel.chair, at=timezone.now())

    assert Entry.objects.get().state == EntryState.LIVE
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())
    assert Entry.objects.get().state == EntryState.ENDED


@pytest.mark.clause("B11")
def test_excluded_chair_moves_no_item_of_the_case(panel: Panel) -> None:
    first, _second = waiting_case(panel), waiting_case(panel)
    meeting = planned(panel)
    conflicted(first, panel.chair)
    item = meeting.items.get(case=first)

    with pytest.raises(Excluded):
        move_item(item=item, to=2, by=panel.chair, at=timezone.now())

    assert move_item(item=item, to=2, by=panel.clerk, at=timezone.now()).position == 2


@pytest.mark.clause("B11")
def test_excluded_chair_notes_nobody_else_while_the_panel_is_on_the_item(panel: Panel) -> None:
    item = opened_item(panel)
    conflicted(item.case, panel.chair)
    voter = seat_at(item.meeting, panel.safety)

    for note in (note_leaving, note_arrival):
        with pytest.raises(Excluded):
            note(attendee=voter, by=panel.chair, at=timezone.now())
    voter.refresh_from_db()
    assert voter.left_at is None

    own = seat_at(item.meeting, panel.chair)
    assert note_leaving(attendee=own, by=panel.chair, at=timezone.now()).left_at is not None
    assert note_leaving(attendee=voter, by=panel.clerk, at=timezone.now()).left_at is not None


@pytest.mark.clause("B10")
def test_chair_does_not_decide_on_what_the_chair_declared_of_another(panel: Panel) -> None:
    item = opened_item(panel)
    conflict = declare_conflict(
        case=item.case,
        member=panel.safety,
        reasons="He told me that he knows the customer.",
        by=panel.chair,
        at=timezone.now(),
    )
    told = {
        "conflict": conflict,
        "excluded": True,
        "reasons": "They are related.",
        "at": timezone.now(),
    }

    with pytest.raises(SamePerson):
        decide_conflict(by=panel.chair, **told)

    assert decide_conflict(by=panel.monitoring, **told).excluded is True
    assert item.state == ItemState.OPEN


@pytest.mark.clause("B11")
def test_excluded_member_does_not_become_the_point_of_contact(panel: Panel) -> None:
    arrangement = arranged(panel)
    conflicted(waiting_case(panel, case_file=arrangement.case_file), panel.equality)

    with pytest.raises(BadInput):
        delegate(
            arrangement=arrangement,
            to=panel.equality,
            contact="The housing office, 01632 960 417",
            email="repairs@weldham.example",
            by=arrangement.officer,
            at=timezone.now(),
        )

    arrangement.refresh_from_db()
    assert arrangement.delegate is None
