"""Meetings of the panel: planned, changed, cancelled, opened, closed; gaps between them (B6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.agenda import fill_agenda
from cautionary_plugin.actions.panel.meetings import (
    cancel_meeting,
    change_meeting,
    close_meeting,
    gaps,
    open_meeting,
)
from cautionary_plugin.models import (
    AccessRecord,
    Appointment,
    Attendee,
    MailKind,
    Meeting,
    OutboxMessage,
    Post,
)
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    IllegalMove,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.states import ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import Act, Capacity, MeetingMode
from tests.factors import make_person
from tests.panel import Panel, met, planned, seat, waiting_case
from tests.panel_items import opened_item

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def invited(meeting: Meeting, capacity: Capacity) -> set[Any]:
    return {each.user for each in meeting.attendees.filter(capacity=capacity)}


def hold(post: Post, person: Any, *, since: date) -> None:
    now = timezone.now()
    Appointment.objects.create(
        post=post, user=person, starts_on=since, proposed_at=now, accepted_at=now
    )


def told(kind: MailKind) -> list[Any]:
    return [each.to for each in OutboxMessage.objects.filter(kind=kind)]


def facts(meeting: Meeting, **changed: Any) -> dict[str, Any]:
    names = "starts_at", "ends_at", "mode", "place", "link"
    return {name: getattr(meeting, name) for name in names} | changed


@pytest.mark.clause("B5")
@pytest.mark.clause("B6")
def test_six_holders_and_the_clerk_are_invited_with_their_posts(panel: Panel):
    seat(panel, make_person("standby"), "care", as_deputy=True)

    meeting = planned(panel)

    seats = meeting.attendees.filter(capacity=Capacity.MEMBER)
    assert {(each.user, each.post) for each in seats} == {
        (panel.people[name], panel.posts[name])
        for name in ("chair", "complaints", "safety", "customer", "care", "equality")
    }
    assert invited(meeting, Capacity.CLERK) == {panel.clerk}
    assert meeting.attendees.count() == 7
    assert sorted(str(p) for p in told(MailKind.MEETING)) == sorted(
        str(p) for p in [*panel.members, panel.clerk]
    )
    assert meeting.reference.startswith("UBM-")
    assert AccessRecord.objects.filter(act=Act.MEETING, reference=meeting.reference).exists()


@pytest.mark.clause("B5")
def test_who_holds_the_post_on_that_day_is_invited_and_not_who_holds_it_now(panel: Panel):
    today = timezone.localdate()
    leaving = Appointment.objects.get(user=panel.safety)
    leaving.ends_on = today + timedelta(days=3)
    leaving.save()
    successor = make_person("successor")
    hold(panel.posts["safety"], successor, since=today + timedelta(days=3))

    meeting = planned(panel)

    assert successor in invited(meeting, Capacity.MEMBER)
    assert panel.safety not in invited(meeting, Capacity.MEMBER)


def test_somebody_with_two_seats_is_invited_once(panel: Panel):
    Appointment.objects.filter(user=panel.equality).delete()
    hold(panel.posts["equality"], panel.care, since=timezone.localdate())

    meeting = planned(panel)

    assert meeting.attendees.filter(user=panel.care).count() == 1
    assert told(MailKind.MEETING).count(panel.care) == 1


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"place": "  ", "mode": MeetingMode.IN_PERSON}, "place"),
        ({"link": "", "mode": MeetingMode.ONLINE}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "no address"}, "link"),
        ({"place": "x" * 201}, "place"),
    ],
)
def test_plan_that_cannot_be_is_refused(panel: Panel, changed: dict, field: str):
    with pytest.raises(BadInput) as refusal:
        planned(panel, **changed)
    assert set(refusal.value.problems) == {field}
    assert not Meeting.objects.exists()


def test_place_is_one_line_and_what_the_mode_does_not_need_is_dropped(panel: Panel):
    meeting = planned(panel, place="Room 4\r\nATTENDEE:x", mode=MeetingMode.IN_PERSON)

    assert (meeting.place, meeting.link) == ("Room 4 ATTENDEE:x", "")


@pytest.mark.parametrize("who", ["safety", "monitoring", "operations", "legal"])
def test_who_runs_no_meetings_plans_none(panel: Panel, who: str):
    with pytest.raises(NotYourPost):
        planned(panel, by=panel.people[who])


def test_register_without_a_panel_has_no_meetings(panel: Panel):
    with pytest.raises(IllegalMove):
        planned(panel, register=panel.council.register, by=panel.council.owner)


def test_two_meetings_at_one_time_are_refused(panel: Panel):
    planned(panel)
    with pytest.raises(AlreadyDone):
        planned(panel, starts_in=WEEK + timedelta(hours=1))
    planned(panel, starts_in=WEEK + timedelta(hours=3))


@pytest.mark.clause("B6")
def test_change_tells_everybody_and_counts_the_change(panel: Panel):
    waiting_case(panel)
    meeting = planned(panel)
    OutboxMessage.objects.all().delete()

    meeting = change_meeting(
        meeting=meeting,
        by=panel.clerk,
        at=timezone.now(),
        **facts(meeting, place="Committee Room 9"),
    )

    assert (meeting.place, meeting.sequence) == ("Committee Room 9", 1)
    assert set(told(MailKind.MEETING_CHANGED)) == {*panel.members, panel.clerk, panel.operations}
    assert not told(MailKind.MEETING)


def test_change_of_nothing_tells_nobody(panel: Panel):
    meeting = planned(panel)
    OutboxMessage.objects.all().delete()

    change_meeting(meeting=meeting, by=panel.clerk, at=timezone.now(), **facts(meeting))

    meeting.refresh_from_db()
    assert (meeting.sequence, OutboxMessage.objects.count()) == (0, 0)


def test_change_of_day_invites_who_holds_the_post_then(panel: Panel):
    meeting = planned(panel)
    appointment = Appointment.objects.get(user=panel.safety)
    appointment.ends_on = timezone.localdate() + timedelta(days=9)
    appointment.save()
    OutboxMessage.objects.all().delete()

    later = facts(meeting, starts_at=meeting.starts_at + WEEK, ends_at=meeting.ends_at + WEEK)
    change_meeting(meeting=meeting, by=panel.clerk, at=timezone.now(), **later)

    assert panel.safety not in invited(meeting, Capacity.MEMBER)
    assert told(MailKind.NOT_NEEDED) == [panel.safety]


@pytest.mark.clause("B6")
def test_cancelled_meeting_lets_its_cases_go_and_tells_everybody(panel: Panel):
    case = waiting_case(panel)
    meeting = planned(panel)
    OutboxMessage.objects.all().delete()

    meeting = cancel_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert meeting.items.get().state == ItemState.REMOVED
    assert set(told(MailKind.MEETING_CANCELLED)) == {*panel.members, panel.clerk, panel.operations}
    another = planned(panel)
    assert another.items.get().case == case
    with pytest.raises(IllegalMove):
        cancel_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())


def test_cases_of_a_cancelled_meeting_go_to_the_next_that_is_planned(panel: Panel):
    case = waiting_case(panel)
    first = planned(panel)
    second = planned(panel, starts_in=2 * WEEK)

    cancel_meeting(meeting=first, by=panel.clerk, at=timezone.now())

    assert second.items.get().case == case


@pytest.mark.clause("B6")
def test_meeting_is_opened_at_its_time_and_one_at_a_time(panel: Panel):
    meeting = planned(panel)
    with pytest.raises(NotReady):
        open_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())
    with pytest.raises(NotYourPost):
        open_meeting(meeting=meeting, by=panel.safety, at=meeting.starts_at)
    opened = open_meeting(meeting=meeting, by=panel.clerk, at=meeting.starts_at)
    assert (opened.state, opened.opened_by) == (MeetingState.OPEN, panel.clerk)
    with pytest.raises(IllegalMove):
        open_meeting(meeting=meeting, by=panel.clerk, at=meeting.starts_at)

    overlapping = planned(panel, at=meeting.ends_at, starts_in=timedelta(minutes=5))
    with pytest.raises(AlreadyDone):
        open_meeting(meeting=overlapping, by=panel.clerk, at=meeting.ends_at)


@pytest.mark.clause("B5")
def test_post_that_changed_hands_is_looked_at_once_more_when_the_meeting_opens(panel: Panel):
    meeting = planned(panel, starts_in=timedelta(minutes=30))
    Appointment.objects.filter(user=panel.safety).update(ended_at=timezone.now())
    successor = seat(panel, make_person("successor"), "safety")

    open_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert successor in invited(meeting, Capacity.MEMBER)
    assert panel.safety not in invited(meeting, Capacity.MEMBER)


def test_what_was_referred_past_every_agenda_is_taken_up_when_a_meeting_opens(panel: Panel):
    meeting = planned(panel, starts_in=timedelta(minutes=30))
    case = waiting_case(panel)
    meeting.items.all().delete()

    open_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert meeting.items.get().case == case


def test_what_was_not_reached_is_adjourned_and_goes_to_the_next_meeting(panel: Panel):
    case = waiting_case(panel)
    meeting = met(panel)
    following = planned(panel)

    closed = close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    item = meeting.items.get()
    assert closed.state == MeetingState.CLOSED
    assert (item.state, item.adjourned_because) == (
        ItemState.ADJOURNED,
        "The meeting closed before the item was reached.",
    )
    assert following.items.get().case == case
    assert not Attendee.objects.filter(meeting=meeting, left_at=None, came_at__isnull=False)


def test_meeting_with_an_open_item_does_not_close(panel: Panel):
    item = opened_item(panel)

    with pytest.raises(NotReady):
        close_meeting(meeting=item.meeting, by=panel.clerk, at=timezone.now())
    item.refresh_from_db()
    assert item.state == ItemState.OPEN


def test_closed_meeting_takes_nothing_more(panel: Panel):
    meeting = close_meeting(meeting=met(panel), by=panel.clerk, at=timezone.now())

    with pytest.raises(IllegalMove):
        close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())
    with pytest.raises(IllegalMove):
        fill_agenda(meeting=meeting, by=panel.clerk, at=timezone.now())
    with pytest.raises(IllegalMove):
        change_meeting(meeting=meeting, by=panel.clerk, at=timezone.now(), **facts(meeting))


@pytest.mark.clause("B6")
def test_gap_is_seen_when_the_panel_meets_too_seldom(panel: Panel):
    now = timezone.now()
    assert [(gap.since, gap.until) for gap in gaps(panel.register, now)] == [(None, None)]

    close_meeting(meeting=met(panel), by=panel.clerk, at=now)
    assert gaps(panel.register, now) == []
    assert gaps(panel.register, now + timedelta(days=35)) == []
    (gap,) = gaps(panel.register, now + timedelta(days=37))
    assert (gap.since, gap.until) == (timezone.localdate(now + timedelta(minutes=5)), None)

    cancelled = planned(panel, starts_in=timedelta(days=20))
    cancel_meeting(meeting=cancelled, by=panel.clerk, at=now)
    assert gaps(panel.register, now + timedelta(days=37)) == [gap]


def test_owner_of_the_register_may_run_meetings_in_the_absence_of_the_clerk(panel: Panel):
    assert planned(panel, by=panel.owner).called_by == panel.owner


def test_clerk_of_the_whole_council_runs_this_panel_too(panel: Panel):
    other = make_person("other-clerk")
    post = Post.objects.create(kind=PostKind.PANEL_CLERK, title="Clerk of all panels")
    hold(post, other, since=timezone.localdate())

    meeting = planned(panel, by=other)

    assert invited(meeting, Capacity.CLERK) == {panel.clerk, other}


def test_clerk_who_opens_the_meeting_is_there_and_nobody_else_by_that(panel: Panel) -> None:
    meeting = planned(panel, starts_in=timedelta(hours=1))

    open_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert [each.user for each in meeting.attendees.present()] == [panel.clerk]
