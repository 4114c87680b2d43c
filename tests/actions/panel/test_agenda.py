"""The agenda builds itself, with presenters and Legal, and the clerk puts it in order (B4–B14)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.agenda import (
    fill_agenda,
    list_case,
    list_on_next,
    move_item,
    take_off,
)
from cautionary_plugin.models import Attendee, MailKind, Meeting, OutboxMessage, PanelCase
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NotYourPost,
)
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import Capacity, CaseKind
from tests.life import submitted
from tests.panel import Panel, conflicted, met, planned, waiting_case

pytestmark = pytest.mark.django_db


def at() -> Any:
    return timezone.now()


def order(meeting: Meeting) -> list[PanelCase]:
    items = meeting.items.exclude(state=ItemState.REMOVED).order_by("position")
    return [item.case for item in items]


def another(panel: Panel, **told: Any) -> PanelCase:
    """A case on a report of its own, by a reporter who is there already."""
    return waiting_case(panel, report=submitted(panel.council), **told)


@pytest.mark.clause("B4")
@pytest.mark.clause("B41")
def test_agenda_has_ratifications_first_then_renewals_by_their_day_then_the_rest(panel: Panel):
    first = another(panel)
    late = another(panel, kind=CaseKind.RENEWAL, decide_by=date(2027, 5, 2))
    soon = another(panel, kind=CaseKind.RENEWAL, decide_by=date(2027, 4, 2))
    second = another(panel)
    urgent = another(panel, kind=CaseKind.RATIFICATION, risk="high")

    assert order(planned(panel)) == [urgent, soon, late, first, second]


@pytest.mark.clause("B4")
def test_new_case_comes_on_the_next_agenda_by_itself(panel: Panel):
    later = planned(panel, starts_in=timedelta(days=30))
    soon = planned(panel)

    case = another(panel)

    assert order(soon) == [case]
    assert order(later) == []


@pytest.mark.clause("B41")
def test_ratification_comes_before_what_is_on_the_agenda_already(panel: Panel):
    meeting = planned(panel)
    first, second = another(panel), another(panel)

    urgent = another(panel, kind=CaseKind.RATIFICATION, risk="high")
    urgent_too = another(panel, kind=CaseKind.RATIFICATION, risk="high")

    assert order(meeting) == [urgent, urgent_too, first, second]


def test_case_is_on_one_agenda_at_a_time(panel: Panel):
    case = another(panel)
    meeting = planned(panel)
    later = planned(panel, starts_in=timedelta(days=30))

    assert fill_agenda(meeting=later, at=at()) == []
    assert list_on_next(case=case, at=at()) is None
    with pytest.raises(AlreadyDone):
        list_case(meeting=later, case=case, by=panel.clerk, at=at())
    assert (order(meeting), order(later)) == ([case], [])


@pytest.mark.clause("B12")
def test_presenter_is_invited_to_their_case_without_a_vote_and_told_once(panel: Panel):
    one, two = another(panel), another(panel)

    meeting = planned(panel)

    parts = Attendee.objects.filter(meeting=meeting, user=panel.operations)
    assert {(part.capacity, part.case, part.post) for part in parts} == {
        (Capacity.PRESENTER, one, None),
        (Capacity.PRESENTER, two, None),
    }
    invitations = OutboxMessage.objects.filter(kind=MailKind.MEETING, to=panel.operations)
    assert [each.meeting for each in invitations] == [meeting]


@pytest.mark.clause("B13")
@pytest.mark.parametrize(
    ("told", "comes"),
    [
        ({"risk": "high"}, True),
        ({"risk": "low", "proceedings": True}, True),
        ({"risk": "medium"}, False),
        ({"risk": "low"}, False),
    ],
)
def test_legal_is_invited_by_itself_for_high_risk_or_proceedings(
    panel: Panel, told: dict, comes: bool
):
    case = another(panel, **told)

    meeting = planned(panel)

    legal = Attendee.objects.filter(meeting=meeting, capacity=Capacity.LEGAL)
    assert [(part.user, part.case, part.post) for part in legal] == (
        [(panel.legal, case, None)] if comes else []
    )
    assert OutboxMessage.objects.filter(kind=MailKind.MEETING, to=panel.legal).exists() is comes


def test_item_taken_off_waits_and_can_be_listed_again(panel: Panel):
    case = another(panel, risk="high")
    meeting = planned(panel)
    OutboxMessage.objects.all().delete()

    item = take_off(item=meeting.items.get(), by=panel.clerk, at=at())

    assert item.state == ItemState.REMOVED
    assert not meeting.attendees.filter(case=case).exists()
    told = {each.to for each in OutboxMessage.objects.filter(kind=MailKind.NOT_NEEDED)}
    assert told == {panel.operations, panel.legal}
    again = list_case(meeting=meeting, case=case, by=panel.clerk, at=at())
    assert (again.state, order(meeting)) == (ItemState.LISTED, [case])
    assert meeting.attendees.filter(case=case).count() == 2
    with pytest.raises(IllegalMove):
        take_off(item=item, by=panel.clerk, at=at())


def test_presenter_of_two_cases_is_still_needed_when_one_is_taken_off(panel: Panel):
    another(panel)
    another(panel)
    meeting = planned(panel)

    take_off(item=meeting.items.first(), by=panel.clerk, at=at())

    assert not OutboxMessage.objects.filter(kind=MailKind.NOT_NEEDED).exists()


@pytest.mark.parametrize(("to", "expected"), [(1, "cab"), (2, "acb"), (3, "abc"), (99, "abc")])
def test_item_is_moved_and_the_others_make_room(panel: Panel, to: int, expected: str):
    cases = {name: another(panel) for name in "abc"}
    meeting = planned(panel)

    move_item(item=meeting.items.get(case=cases["c"]), to=to, by=panel.clerk, at=at())

    assert order(meeting) == [cases[name] for name in expected]


def test_item_moves_past_one_that_was_taken_off(panel: Panel):
    cases = [another(panel) for _each in range(3)]
    meeting = planned(panel)
    take_off(item=meeting.items.get(case=cases[1]), by=panel.clerk, at=at())

    move_item(item=meeting.items.get(case=cases[2]), to=1, by=panel.clerk, at=at())

    assert order(meeting) == [cases[2], cases[0]]


def test_place_before_the_first_is_no_place(panel: Panel):
    another(panel)
    item = planned(panel).items.get()
    with pytest.raises(BadInput):
        move_item(item=item, to=0, by=panel.clerk, at=at())


@pytest.mark.parametrize("who", ["safety", "monitoring", "operations"])
def test_agenda_is_for_who_runs_the_meeting(panel: Panel, who: str):
    case = another(panel)
    meeting = planned(panel)
    item = meeting.items.get()
    by = panel.people[who]
    for act in (
        lambda: take_off(item=item, by=by, at=at()),
        lambda: move_item(item=item, to=1, by=by, at=at()),
        lambda: list_case(meeting=meeting, case=case, by=by, at=at()),
        lambda: fill_agenda(meeting=meeting, by=by, at=at()),
    ):
        with pytest.raises(NotYourPost):
            act()


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_runs_nothing_of_the_case(panel: Panel):
    case = another(panel)
    meeting = planned(panel)
    conflicted(case, panel.chair)
    item = meeting.items.get()

    with pytest.raises(Excluded):
        take_off(item=item, by=panel.chair, at=at())
    take_off(item=item, by=panel.clerk, at=at())
    with pytest.raises(Excluded):
        list_case(meeting=meeting, case=case, by=panel.chair, at=at())


def test_case_of_another_panel_is_refused(panel: Panel):
    case = another(panel)
    PanelCase.objects.filter(pk=case.pk).update(register=panel.council.register)
    case.refresh_from_db()
    with pytest.raises(IllegalMove):
        list_case(meeting=planned(panel), case=case, by=panel.clerk, at=at())


def test_meeting_whose_time_is_over_is_not_the_next_one(panel: Panel):
    over = planned(panel)
    past = over.starts_at - timedelta(days=30)
    Meeting.objects.filter(pk=over.pk).update(starts_at=past, ends_at=past + timedelta(hours=2))
    coming = planned(panel)

    case = another(panel)

    assert order(coming) == [case]


def test_case_that_came_up_in_session_can_be_put_on_the_agenda_of_today(panel: Panel):
    meeting = met(panel)
    case = another(panel)

    list_case(meeting=meeting, case=case, by=panel.clerk, at=at())

    assert order(meeting) == [case]
