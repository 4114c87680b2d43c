"""Deputies and their briefing, apologies, who came and who left (B8)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.attendance import (
    confirm_briefing,
    give_apologies,
    name_deputy,
    note_arrival,
    note_leaving,
)
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.actions.panel.seating import present_at
from cautionary_plugin.models import Appointment, Attendee, MailKind, Meeting, OutboxMessage
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    IllegalMove,
    NoSeat,
    NotYourPost,
    NotYours,
    SamePerson,
)
from cautionary_plugin.rules.quorum import seats
from cautionary_plugin.rules.vocabulary import Capacity
from tests.factors import make_person
from tests.panel import (
    Panel,
    arrive,
    conflicted,
    deputised,
    deputy_for,
    leave,
    met,
    planned,
    seat,
    seat_at,
    waiting_case,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(panel: Panel) -> Meeting:
    return planned(panel)


def now() -> Any:
    return timezone.now()


def name(panel: Panel, meeting: Meeting, user: Any, post: str = "safety", **told: Any) -> Any:
    by = told.pop("by", panel.people[post])
    return name_deputy(meeting=meeting, post=panel.posts[post], user=user, by=by, at=now())


@pytest.mark.clause("B8")
@pytest.mark.parametrize("by", ["safety", "clerk", "chair"])
def test_member_clerk_or_chair_names_a_deputy_who_is_invited(
    panel: Panel, meeting: Meeting, by: str
):
    deputy = deputy_for(panel, "safety")

    attendee = name(panel, meeting, deputy, by=panel.people[by])

    assert (attendee.capacity, attendee.post) == (Capacity.DEPUTY, panel.posts["safety"])
    assert attendee.briefed_at is None
    assert OutboxMessage.objects.filter(kind=MailKind.MEETING, to=deputy).count() == 1


@pytest.mark.clause("B8")
@pytest.mark.parametrize("by", ["customer", "operations", "monitoring", "legal"])
def test_nobody_else_names_a_deputy(panel: Panel, meeting: Meeting, by: str):
    deputy = deputy_for(panel, "safety")
    with pytest.raises(NotYourPost):
        name(panel, meeting, deputy, by=panel.people[by])
    with pytest.raises(NotYourPost):
        name(panel, meeting, deputy, by=deputy)


@pytest.mark.clause("B8")
def test_deputy_is_one_who_is_appointed_for_this_very_post(panel: Panel, meeting: Meeting):
    of_another_post = deputy_for(panel, "care")
    for user in (of_another_post, panel.operations):
        with pytest.raises(BadInput):
            name(panel, meeting, user)
    with pytest.raises(BadInput):
        name_deputy(
            meeting=meeting,
            post=panel.posts["clerk"],
            user=of_another_post,
            by=panel.clerk,
            at=now(),
        )


@pytest.mark.clause("B8")
def test_who_sits_for_their_own_post_deputises_for_no_other(panel: Panel, meeting: Meeting):
    Appointment.objects.create(
        post=panel.posts["safety"],
        user=panel.care,
        as_deputy=True,
        starts_on=timezone.localdate(),
        proposed_at=now(),
        accepted_at=now(),
    )
    with pytest.raises(BadInput):
        name(panel, meeting, panel.care)


def test_another_deputy_takes_the_place_of_one_who_has_not_come(panel: Panel, meeting: Meeting):
    first = deputy_for(panel, "safety")
    name(panel, meeting, first)
    with pytest.raises(AlreadyDone):
        name(panel, meeting, first)

    second = seat(panel, make_person("second"), "safety", as_deputy=True)

    name(panel, meeting, second)

    named = meeting.attendees.filter(capacity=Capacity.DEPUTY)
    assert [each.user for each in named] == [second]
    assert OutboxMessage.objects.filter(kind=MailKind.NOT_NEEDED, to=first).exists()


@pytest.mark.clause("B8")
@pytest.mark.parametrize("by", ["safety", "chair"])
def test_member_or_chair_confirms_the_briefing_once(panel: Panel, meeting: Meeting, by: str):
    attendee = name(panel, meeting, deputy_for(panel, "safety"))

    confirmed = confirm_briefing(attendee=attendee, by=panel.people[by], at=now())

    assert (confirmed.briefed_by, confirmed.briefed_at is not None) == (panel.people[by], True)
    with pytest.raises(AlreadyDone):
        confirm_briefing(attendee=attendee, by=panel.people[by], at=now())


@pytest.mark.clause("B8")
def test_briefing_is_confirmed_by_nobody_else(panel: Panel, meeting: Meeting):
    deputy = deputy_for(panel, "safety")
    attendee = name(panel, meeting, deputy)
    with pytest.raises(SamePerson):
        confirm_briefing(attendee=attendee, by=deputy, at=now())
    for who in ("clerk", "customer", "monitoring", "operations"):
        with pytest.raises(NotYourPost):
            confirm_briefing(attendee=attendee, by=panel.people[who], at=now())
    with pytest.raises(IllegalMove):
        confirm_briefing(attendee=seat_at(meeting, panel.care), by=panel.chair, at=now())


@pytest.mark.clause("B8")
def test_deputy_of_the_chair_does_not_confirm_their_own_briefing(panel: Panel, meeting: Meeting):
    deputy = deputy_for(panel, "chair")
    attendee = name(panel, meeting, deputy, "chair")
    with pytest.raises(SamePerson):
        confirm_briefing(attendee=attendee, by=deputy, at=now())


@pytest.mark.clause("B8")
def test_briefing_counts_for_one_meeting_and_one_post(panel: Panel, meeting: Meeting):
    deputy = deputised(panel, meeting, "safety")
    other = planned(panel, starts_in=timedelta(days=30))

    attendee = name(panel, other, deputy)

    assert attendee.briefed_at is None


@pytest.mark.clause("B8")
def test_deputy_has_a_seat_once_briefed_and_while_the_holder_is_away(panel: Panel):
    meeting = met(panel, present=("chair", "care", "customer"))
    deputy = deputised(panel, meeting, "safety", briefed=False, arrives=True)
    safety = panel.posts["safety"].pk
    assert safety not in seats(present_at(meeting))

    confirm_briefing(attendee=seat_at(meeting, deputy), by=panel.safety, at=now())
    assert seats(present_at(meeting))[safety].person == deputy.pk

    arrive(panel, meeting, panel.safety)
    assert seats(present_at(meeting))[safety].person == panel.safety.pk
    leave(panel, meeting, panel.safety)
    assert seats(present_at(meeting))[safety].person == deputy.pk


def test_deputy_hears_of_papers_that_were_released_before_the_briefing(panel: Panel):
    case = waiting_case(panel)
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=now())
    deputy = deputised(panel, meeting, "safety")
    papers = OutboxMessage.objects.filter(kind=MailKind.PAPERS)
    assert papers.filter(to=deputy).count() == 1

    deputy = deputy_for(panel, "care")
    attendee = name(panel, meeting, deputy, "care")
    conflicted(case, deputy)
    confirm_briefing(attendee=attendee, by=panel.care, at=now())
    assert not papers.filter(to=deputy).exists()


def test_apologies_are_given_by_oneself_or_noted_by_the_clerk(panel: Panel, meeting: Meeting):
    own = give_apologies(meeting=meeting, by=panel.safety, at=now())
    noted = give_apologies(attendee=seat_at(meeting, panel.care), by=panel.clerk, at=now())

    assert own.user == panel.safety
    assert own.apologies_at
    assert noted.apologies_at
    later = now() + timedelta(hours=1)
    assert give_apologies(meeting=meeting, by=panel.safety, at=later).apologies_at == (
        own.apologies_at
    )
    with pytest.raises(NotYourPost):
        give_apologies(attendee=seat_at(meeting, panel.equality), by=panel.customer, at=now())
    with pytest.raises(NotYours):
        give_apologies(meeting=meeting, by=panel.monitoring, at=now())


def test_arriving_and_leaving_twice_is_harmless_and_coming_back_counts(panel: Panel):
    meeting = met(panel, present=0)
    attendee = seat_at(meeting, panel.safety)
    first = note_arrival(attendee=attendee, by=panel.clerk, at=now())
    again = note_arrival(attendee=attendee, by=panel.clerk, at=now() + timedelta(minutes=1))
    assert again.came_at == first.came_at

    left = note_leaving(attendee=attendee, by=panel.clerk, at=now() + timedelta(minutes=2))
    twice = note_leaving(attendee=attendee, by=panel.clerk, at=now() + timedelta(minutes=3))
    assert twice.left_at == left.left_at
    assert present_at(meeting) == []

    back = note_arrival(attendee=attendee, by=panel.clerk, at=now() + timedelta(minutes=4))
    assert (back.came_at, back.left_at) == (first.came_at, None)
    assert [each.person for each in present_at(meeting)] == [panel.safety.pk]


def test_whoever_presents_several_items_is_noted_once(panel: Panel):
    meeting = planned(panel, starts_in=timedelta(minutes=5))
    for _item in range(3):
        waiting_case(panel)  # its presenter is invited by that
    parts = list(meeting.attendees.filter(user=panel.operations).order_by("pk"))
    assert len(parts) == 3
    legal = Attendee.objects.create(
        meeting=meeting, user=panel.legal, capacity=Capacity.LEGAL, case=parts[0].case
    )

    def here() -> set[int]:
        return set(meeting.attendees.present().values_list("pk", flat=True))

    first = note_arrival(attendee=parts[1], by=panel.clerk, at=now())
    assert first.pk == parts[1].pk
    assert here() == {each.pk for each in parts}
    note_leaving(attendee=parts[2], by=panel.clerk, at=now())
    assert here() == set()
    note_arrival(attendee=legal, by=panel.clerk, at=now())
    assert here() == {legal.pk}


def test_leaving_without_having_come_changes_nothing(panel: Panel, meeting: Meeting):
    attendee = note_leaving(attendee=seat_at(meeting, panel.safety), by=panel.clerk, at=now())

    assert (attendee.came_at, attendee.left_at) == (None, None)


@pytest.mark.clause("B5")
def test_who_lost_the_post_has_no_seat_any_more(panel: Panel):
    meeting = met(panel, present=0)
    Appointment.objects.filter(user=panel.safety).update(ended_at=now())

    with pytest.raises(NoSeat):
        arrive(panel, meeting, panel.safety)


@pytest.mark.parametrize("who", ["safety", "operations", "monitoring"])
def test_arrivals_are_noted_by_who_runs_the_meeting(panel: Panel, who: str):
    meeting = met(panel, present=0)
    attendee = seat_at(meeting, panel.safety)
    for act in (note_arrival, note_leaving):
        with pytest.raises(NotYourPost):
            act(attendee=attendee, by=panel.people[who], at=now())


def test_nothing_is_noted_once_the_meeting_is_closed(panel: Panel):
    deputy = deputy_for(panel, "safety")
    meeting = close_meeting(meeting=met(panel, present=0), by=panel.clerk, at=now())
    attendee = seat_at(meeting, panel.safety)
    for act in (
        lambda: note_arrival(attendee=attendee, by=panel.clerk, at=now()),
        lambda: note_leaving(attendee=attendee, by=panel.clerk, at=now()),
        lambda: give_apologies(meeting=meeting, by=panel.safety, at=now()),
        lambda: name(panel, meeting, deputy),
    ):
        with pytest.raises(IllegalMove):
            act()
