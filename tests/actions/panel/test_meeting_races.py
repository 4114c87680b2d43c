"""Two at one button at a meeting of the panel: one winner, a plain word for the other, no fault."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.exclusion import shut_out
from cautionary_plugin.actions.panel.agenda import fill_agenda, list_case
from cautionary_plugin.actions.panel.attendance import confirm_briefing, name_deputy, note_arrival
from cautionary_plugin.actions.panel.conflicts import decide_conflict
from cautionary_plugin.actions.panel.meetings import (
    cancel_meeting,
    close_meeting,
    open_meeting,
)
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import (
    AccessRecord,
    AgendaItem,
    Attendee,
    ConflictDeclaration,
    MailKind,
    Meeting,
    OutboxMessage,
    Vote,
)
from cautionary_plugin.rules.states import ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import Act, Choice
from tests.life import submitted
from tests.panel import (
    Panel,
    conflicted,
    deputy_for,
    met,
    planned,
    seat_at,
    waiting_case,
)
from tests.panel_items import voting
from tests.races import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def now() -> Any:
    return timezone.now()


@pytest.mark.clause("B10")
def test_two_deciders_on_one_conflict(panel: Panel) -> None:
    deputy = deputy_for(panel, "chair")
    conflict = conflicted(waiting_case(panel), panel.safety)

    def decide(by: Any, excluded: bool) -> Any:
        return decide_conflict(
            conflict=conflict,
            excluded=excluded,
            reasons="They are neighbours of the customer.",
            by=by,
            at=now(),
        )

    outcomes = race(
        lambda: decide(panel.chair, True),
        lambda: decide(deputy, False),
        lambda: decide(panel.chair, True),
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 2
    (winner,) = (each for each in outcomes if isinstance(each, ConflictDeclaration))
    conflict.refresh_from_db()
    assert (conflict.excluded, conflict.decided_by) == (winner.excluded, winner.decided_by)
    assert OutboxMessage.objects.filter(kind=MailKind.CONFLICT_DECIDED).count() == 1


@pytest.mark.clause("B9")
def test_one_conflict_declared_four_times(panel: Panel) -> None:
    case = waiting_case(panel)

    outcomes = race(*[lambda: conflicted(case, panel.safety)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert ConflictDeclaration.objects.count() == 1
    assert OutboxMessage.objects.filter(kind=MailKind.CONFLICT).count() == 1


@pytest.mark.clause("B11")
def test_exclusion_against_the_vote(panel: Panel) -> None:
    motion = voting(panel)
    case = motion.item.case

    outcomes = race(
        lambda: conflicted(case, panel.safety),
        lambda: cast_vote(motion=motion, choice=Choice.FOR, by=panel.safety, at=now()),
    )

    assert shut_out(case) == {panel.safety.pk}
    assert refusals(outcomes) in ([], ["Excluded"])
    assert not Vote.objects.counting().filter(user=panel.safety).exists()


def test_arrival_noted_four_times(panel: Panel) -> None:
    meeting = met(panel, present=0)
    attendee = seat_at(meeting, panel.safety)
    known = AccessRecord.objects.filter(act=Act.MEETING).count()

    outcomes = race(*[lambda: note_arrival(attendee=attendee, by=panel.clerk, at=now())] * 4)

    assert refusals(outcomes) == []
    assert len({each.came_at for each in outcomes}) == 1
    assert AccessRecord.objects.filter(act=Act.MEETING).count() == known + 1


@pytest.mark.clause("B6")
def test_one_meeting_planned_three_times(panel: Panel) -> None:
    waiting_case(panel)
    at = now()

    outcomes = race(*[lambda: planned(panel, at=at)] * 3)

    assert refusals(outcomes) == ["AlreadyDone"] * 2
    assert Meeting.objects.count() == 1
    assert AgendaItem.objects.count() == 1
    assert OutboxMessage.objects.filter(kind=MailKind.MEETING, to=panel.chair).count() == 1


@pytest.mark.clause("B6")
def test_two_meetings_opened_at_once(panel: Panel) -> None:
    first = planned(panel, starts_in=timedelta(minutes=5), ends_at=now() + timedelta(minutes=30))
    second = planned(panel, starts_in=timedelta(minutes=40))

    outcomes = race(
        lambda: open_meeting(meeting=first, by=panel.clerk, at=now()),
        lambda: open_meeting(meeting=second, by=panel.chair, at=now()),
    )

    assert refusals(outcomes) == ["AlreadyDone"]
    assert Meeting.objects.filter(state=MeetingState.OPEN).count() == 1


def test_meeting_closed_twice_and_its_case_goes_on_once(panel: Panel) -> None:
    waiting_case(panel)
    meeting = met(panel)
    following = planned(panel)

    outcomes = race(*[lambda: close_meeting(meeting=meeting, by=panel.clerk, at=now())] * 3)

    assert refusals(outcomes) == ["IllegalMove"] * 2
    assert following.items.count() == 1


def test_two_meetings_that_hand_on_to_each_other_are_cancelled_at_once(panel: Panel) -> None:
    waiting_case(panel)
    first, second = planned(panel), planned(panel, starts_in=timedelta(days=20))

    outcomes = race(
        lambda: cancel_meeting(meeting=first, by=panel.clerk, at=now()),
        lambda: cancel_meeting(meeting=second, by=panel.chair, at=now()),
    )

    assert refusals(outcomes) == []
    assert not AgendaItem.objects.filter(state=ItemState.LISTED).exists()


def test_case_listed_on_two_agendas_at_once(panel: Panel) -> None:
    first, second = planned(panel), planned(panel, starts_in=timedelta(days=20))
    case = waiting_case(panel)
    AgendaItem.objects.all().delete()

    outcomes = race(
        lambda: list_case(meeting=first, case=case, by=panel.clerk, at=now()),
        lambda: list_case(meeting=second, case=case, by=panel.chair, at=now()),
        lambda: fill_agenda(meeting=second, by=panel.clerk, at=now()),
    )

    assert set(refusals(outcomes)) <= {"AlreadyDone"}
    assert AgendaItem.objects.filter(case=case).count() == 1


def test_cases_referred_while_a_meeting_is_filled_are_each_listed_once(panel: Panel) -> None:
    meeting = planned(panel)
    reports = [submitted(panel.council) for _each in range(3)]

    outcomes = race(
        *[lambda report=report: waiting_case(panel, report=report) for report in reports],
        lambda: fill_agenda(meeting=meeting, by=panel.clerk, at=now()),
    )

    assert refusals(outcomes) == []
    assert meeting.items.count() == 3


def test_papers_released_three_times_are_told_once(panel: Panel) -> None:
    waiting_case(panel)
    meeting = planned(panel)

    outcomes = race(*[lambda: release_papers(meeting=meeting, by=panel.clerk, at=now())] * 3)

    assert refusals(outcomes) == ["AlreadyDone"] * 2
    assert OutboxMessage.objects.filter(kind=MailKind.PAPERS, to=panel.safety).count() == 1


@pytest.mark.clause("B8")
def test_deputy_named_and_briefed_several_times(panel: Panel) -> None:
    meeting = planned(panel)
    deputy = deputy_for(panel, "safety")

    named = race(
        *[
            lambda by=by: name_deputy(
                meeting=meeting, post=panel.posts["safety"], user=deputy, by=by, at=now()
            )
            for by in (panel.safety, panel.clerk, panel.chair)
        ]
    )
    assert refusals(named) == ["AlreadyDone"] * 2
    attendee = Attendee.objects.get(user=deputy)

    briefed = race(
        lambda: confirm_briefing(attendee=attendee, by=panel.safety, at=now()),
        lambda: confirm_briefing(attendee=attendee, by=panel.chair, at=now()),
    )
    assert refusals(briefed) == ["AlreadyDone"]
