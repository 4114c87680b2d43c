"""The head, the agenda, the room, opening and closing of a meeting."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cautionary_plugin.actions.panel.attendance import give_apologies
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.models import Attendee
from cautionary_plugin.rules.states import ItemState, MeetingState
from tests.admin.meetings.pages import now, page_of, plan, told
from tests.admin.pages import get, post, text
from tests.council import browser_of
from tests.factors import make_person
from tests.panel import (
    Panel,
    arrive,
    deputised,
    deputy_for,
    leave,
    met,
    planned,
    seat_at,
    waiting_case,
)
from tests.panel_items import opened_item

pytestmark = pytest.mark.django_db


# The head of the page: quorum, who is here, what is next


@pytest.mark.clause("B5")
@pytest.mark.clause("B7")
def test_head_tells_quorum_seats_and_what_is_next(panel: Panel, clerk: Client) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    meeting = met(panel, present=4)

    shown = page_of(clerk, meeting)
    assert "Quorate: 4 sit, 4 needed" in shown
    assert f"Next: 1. {first.reference}." in shown
    assert "Go to item 1" in shown
    for post_of in panel.posts.values():
        if post_of.kind.startswith("panel") and "clerk" not in post_of.kind:
            assert post_of.title in shown

    leave(panel, meeting, panel.chair)
    shown = page_of(clerk, meeting)
    assert "Not quorate: 3 sit, 4 needed" in shown
    assert "left at" in shown

    arrive(panel, meeting, panel.chair)
    item = opened_item(panel, first, meeting=meeting)
    assert f"Now: 1. {first.reference}." in page_of(clerk, meeting)

    adjourn_item(item=item, reasons="The tenancy file is missing.", by=panel.clerk, at=now())
    assert f"Next: 2. {second.reference}." in page_of(clerk, meeting)


@pytest.mark.clause("B8")
def test_head_counts_who_comes_before_the_meeting(panel: Panel, clerk: Client) -> None:
    meeting = planned(panel)
    for name in ("complaints", "customer", "care"):
        give_apologies(meeting=meeting, by=panel.people[name], at=now())
    shown = page_of(clerk, meeting)
    assert "3 are coming, 4 needed" in shown

    deputised(panel, meeting, "care", briefed=False)
    assert "3 are coming, 4 needed" in page_of(clerk, meeting)

    deputised(panel, meeting, "customer")
    assert "4 are coming, 4 needed" in page_of(clerk, meeting)


def test_head_leads_from_papers_to_opening_to_the_room_to_closing(
    panel: Panel, clerk: Client
) -> None:
    waiting_case(panel)
    meeting = planned(panel, starts_in=timedelta(hours=1))
    shown = page_of(clerk, meeting)
    assert "The papers of 1 item are not released." in shown

    post(clerk, "meeting_papers", meeting.reference)
    assert "The meeting can be opened." in page_of(clerk, meeting)

    post(clerk, "meeting_open", meeting.reference)
    shown = page_of(clerk, meeting)
    assert "Nobody is noted as here yet." in shown
    assert 'href="#room"' in shown

    for member in panel.members:
        post(clerk, "attendance", seat_at(meeting, member).pk, "came")
    item = opened_item(panel, meeting=meeting, case=meeting.items.get().case)
    adjourn_item(item=item, reasons="The tenancy file is missing.", by=panel.clerk, at=now())
    shown = page_of(clerk, meeting)
    assert "Every item of the agenda is dealt with." in shown
    assert reverse("cautionary_meeting_close", args=[meeting.reference]) in shown


def test_nobody_is_noted_as_here_weeks_before(panel: Panel, clerk: Client) -> None:
    shown = page_of(clerk, planned(panel))

    assert "Is here" not in shown
    assert "Sent apologies" in shown


# The agenda


@pytest.mark.clause("B4")
def test_what_waits_comes_on_the_agenda_and_can_be_put_in_order(
    panel: Panel, clerk: Client
) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    meeting = planned(panel)
    assert f"1. {first.reference}" in page_of(clerk, meeting)
    items = {item.case_id: item for item in meeting.items.all()}

    post(clerk, "agenda_step", items[second.pk].pk, "up")
    assert f"1. {second.reference}" in page_of(clerk, meeting)

    post(clerk, "agenda_step", items[second.pk].pk, "down")
    assert f"1. {first.reference}" in page_of(clerk, meeting)

    post(clerk, "agenda_step", items[first.pk].pk, "off")
    assert f"{first.reference} is taken off the agenda." in page_of(clerk, meeting)
    shown = page_of(clerk, meeting)
    assert f"1. {second.reference}" in shown
    assert first.reference not in shown
    assert "1 case waits on no agenda." in shown
    assert meeting.items.get(case=second).position == 1

    post(clerk, "meeting_fill", meeting.reference)
    assert f"2. {first.reference}" in page_of(clerk, meeting)


def test_steps_of_the_agenda_pressed_twice_are_told_plainly(panel: Panel, clerk: Client) -> None:
    waiting_case(panel)
    meeting = planned(panel)
    item = meeting.items.get()

    assert post(clerk, "agenda_step", item.pk, "release").status_code == 302
    again = post(clerk, "agenda_step", item.pk, "release")
    assert "All papers are released already" in told(again)
    assert "All papers are released already" in told(
        post(clerk, "meeting_papers", meeting.reference)
    )
    assert post(clerk, "agenda_step", item.pk, "up").status_code == 302
    assert post(clerk, "agenda_step", item.pk, "off").status_code == 302
    told(post(clerk, "agenda_step", item.pk, "off"))
    told(post(clerk, "agenda_step", item.pk, "down"))
    assert post(clerk, "meeting_fill", meeting.reference).status_code == 302
    assert post(clerk, "meeting_fill", meeting.reference).status_code == 302
    assert meeting.items.filter(state=ItemState.LISTED).count() == 1


@pytest.mark.clause("B14")
def test_item_with_neither_papers_nor_statement_is_shown_as_such(
    panel: Panel, clerk: Client
) -> None:
    waiting_case(panel, statement="")
    meeting = planned(panel)

    shown = page_of(clerk, meeting)
    assert "1 item has neither papers nor a statement, and could not open." in shown
    assert "Neither papers nor a statement: release the papers, or the item cannot open" in shown

    post(clerk, "meeting_papers", meeting.reference)
    shown = page_of(clerk, meeting)
    assert "could not open" not in shown
    assert "Papers released" in shown


@pytest.mark.parametrize("step", ["decide", "open", "came", "nothing"])
def test_step_that_is_none_does_nothing(panel: Panel, clerk: Client, step: str) -> None:
    waiting_case(panel)
    item = planned(panel).items.get()

    assert post(clerk, "agenda_step", item.pk, step).status_code == 404
    item.refresh_from_db()
    assert item.state == ItemState.LISTED


# The room


@pytest.mark.clause("B8")
def test_apologies_arrival_and_leaving_pressed_twice_count_once(
    panel: Panel, clerk: Client
) -> None:
    meeting = planned(panel, starts_in=timedelta(hours=1))
    seat = seat_at(meeting, panel.safety)
    for step in ("apologies", "came", "left", "came"):
        first = post(clerk, "attendance", seat.pk, step)
        assert first.headers["Location"].endswith("#room")
        assert post(clerk, "attendance", seat.pk, step).status_code == 302
    seat.refresh_from_db()
    assert seat.came_at is not None
    assert seat.left_at is None

    assert "They have come to the meeting." in told(post(clerk, "attendance", seat.pk, "apologies"))


def test_member_sends_their_own_apologies_and_nobody_elses(panel: Panel) -> None:
    meeting = planned(panel)
    member = browser_of(panel.safety)
    assert "I cannot come" in page_of(member, meeting)

    post(member, "meeting_apologies", meeting.reference)
    shown = page_of(member, meeting)
    assert "I cannot come" not in shown
    assert "Sent apologies" in shown

    other = seat_at(meeting, panel.customer)
    for step in ("apologies", "came", "left"):
        assert post(member, "attendance", other.pk, step).status_code == 403
    other.refresh_from_db()
    assert other.apologies_at is None
    assert other.came_at is None


@pytest.mark.clause("B8")
def test_member_names_a_deputy_whose_briefing_they_confirm(panel: Panel) -> None:
    meeting = planned(panel)
    user = deputy_for(panel, "safety")
    member = browser_of(panel.safety)
    post_of = panel.posts["safety"].pk
    assert user.get_username() in text(get(member, "meeting_deputy", meeting.reference, post_of))

    post(member, "meeting_deputy", meeting.reference, post_of, user=user.pk, step="record")
    assert "Briefing not confirmed: no seat yet" in page_of(member, meeting)
    again = post(member, "meeting_deputy", meeting.reference, post_of, user=user.pk, step="record")
    assert "They are named as deputy for this meeting." in told(again, 400)

    deputy = meeting.attendees.get(user=user)
    assert post(browser_of(user), "attendance", deputy.pk, "briefed").status_code == 403
    assert post(member, "attendance", deputy.pk, "briefed").status_code == 302
    assert "Briefing confirmed by safety" in page_of(member, meeting)
    assert "already" in told(post(member, "attendance", deputy.pk, "briefed"))


@pytest.mark.clause("B8")
def test_only_a_deputy_of_this_post_can_be_named(panel: Panel, clerk: Client) -> None:
    meeting = planned(panel)
    deputy_for(panel, "safety")
    stranger = make_person("stranger")
    post_of = panel.posts["safety"].pk

    answer = post(clerk, "meeting_deputy", meeting.reference, post_of, user=stranger.pk)

    assert "Select a valid choice" in told(answer, 400)
    assert not Attendee.objects.filter(user=stranger).exists()
    nobody = text(get(clerk, "meeting_deputy", meeting.reference, panel.posts["care"].pk))
    assert "Nobody is appointed as deputy for this post" in nobody
    mayor = panel.posts["mail"].pk  # a post without a seat
    assert get(clerk, "meeting_deputy", meeting.reference, mayor).status_code == 404


def test_post_without_a_holder_is_named_to_the_clerk(panel: Panel, clerk: Client) -> None:
    panel.posts["equality"].appointments.all().delete()

    shown = page_of(clerk, planned(panel))

    assert "Nobody is invited for these posts of the panel:" in shown
    assert "nobody is invited" in shown


# Opening and closing


def test_meeting_is_opened_in_its_time_and_once(panel: Panel, clerk: Client) -> None:
    far = planned(panel)
    shown = page_of(clerk, far)
    assert "The meeting can be opened from" in shown
    assert reverse("cautionary_meeting_open", args=[far.reference]) not in shown
    assert "two hours before its time" in told(post(clerk, "meeting_open", far.reference))

    near = planned(panel, starts_in=timedelta(hours=1))
    assert post(clerk, "meeting_open", near.reference).status_code == 302
    told(post(clerk, "meeting_open", near.reference))
    told(post(clerk, "meeting_change", near.reference, **plan()), 400)
    told(post(clerk, "meeting_cancel", near.reference, step="record"), 400)
    near.refresh_from_db()
    assert near.state == MeetingState.OPEN


def test_closing_reads_back_what_was_not_reached(panel: Panel, clerk: Client) -> None:
    waiting_case(panel)
    meeting = met(panel)

    asked = text(get(clerk, "meeting_close", meeting.reference))
    assert "Items not reached" in asked
    assert "A closed meeting is not opened again." in asked
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN

    post(clerk, "meeting_close", meeting.reference, step="record")
    again = post(clerk, "meeting_close", meeting.reference, step="record")

    told(again, 400)
    assert meeting.items.get().state == ItemState.ADJOURNED
    for member in panel.members:
        assert seat_at(meeting, member).left_at is not None


def test_meeting_with_an_open_item_is_not_closed(panel: Panel, clerk: Client) -> None:
    meeting = opened_item(panel).meeting

    answer = post(clerk, "meeting_close", meeting.reference, step="record")

    assert "An item is still open. Decide or adjourn it first." in told(answer, 400)
