"""The clerk plans, changes and cancels meetings of the panel (B5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.models import Meeting, OutboxMessage
from cautionary_plugin.rules.states import MeetingState
from cautionary_plugin.rules.vocabulary import Capacity, MeetingMode
from tests.admin.meetings.pages import now, page_of, plan, told
from tests.admin.pages import get, post, text
from tests.council import browser_of
from tests.hostile import LONG, NUL, ODD
from tests.panel import Panel, found_panel, met, planned

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# Planning


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"mode": MeetingMode.ONLINE, "link": "https://meet.weldham.example/panel", "place": ""},
        {"mode": MeetingMode.BOTH, "link": "https://meet.weldham.example/panel"},
    ],
    ids=["in person", "online", "both"],
)
def test_clerk_plans_a_meeting_and_those_with_a_seat_are_invited(
    panel: Panel, clerk: Client, typed: dict[str, Any]
) -> None:
    response = post(clerk, "meeting_plan", "ub", **plan(**typed))

    meeting = Meeting.objects.get()
    assert response.headers["Location"] == reverse("cautionary_meeting", args=[meeting.reference])
    shown = page_of(clerk, meeting)
    assert MeetingMode(plan(**typed)["mode"]).label in shown
    assert f"{timezone.localtime(meeting.starts_at):%H:%M}" == "14:00"
    assert ("Join the online meeting" in shown) == bool(typed)
    assert meeting.attendees.filter(capacity=Capacity.MEMBER).count() == 6


@pytest.mark.clause("B6")
@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"day": "30 2 2027"}, "date"),
        ({"day": "1 1 2020"}, "The meeting must lie in the future."),
        ({"begins": "after lunch"}, "Enter a valid time."),
        ({"ends": "13:00"}, "The meeting ends after it begins"),
        ({"mode": "telepathy"}, "Select a valid choice"),
        ({"place": ""}, "Say where the panel meets."),
        ({"mode": MeetingMode.ONLINE}, "Give the link to the meeting."),
        ({"mode": MeetingMode.ONLINE, "link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"link": "http://meet.weldham.example/"}, "The link begins with https://."),
    ],
)
def test_plan_that_cannot_be_keeps_what_was_typed(
    panel: Panel, clerk: Client, typed: dict[str, str], complaint: str
) -> None:
    response = post(clerk, "meeting_plan", "ub", **plan(**typed))

    assert response.status_code == 400
    shown = text(response)
    assert complaint in shown
    for kept in plan(**typed).values():
        if kept != "telepathy":
            assert kept in shown
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("field", ["day", "begins", "ends", "mode", "place", "link"])
@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_plan_takes_whatever_is_typed(panel: Panel, clerk: Client, field: str, typed: str) -> None:
    response = post(clerk, "meeting_plan", "ub", **plan(**{field: typed}))

    assert response.status_code in (302, 400)
    for meeting in Meeting.objects.all():
        assert meeting.place.isprintable()
        assert meeting.link.startswith("https://") or not meeting.link


@pytest.mark.parametrize("typed", list(ODD.values()), ids=list(ODD))
def test_place_is_shown_and_mailed_as_text(panel: Panel, clerk: Client, typed: str) -> None:
    post(clerk, "meeting_plan", "ub", **plan(place=typed))

    for meeting in Meeting.objects.all():
        answer = get(clerk, "meeting", meeting.reference)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert "\u202e" not in meeting.place
        assert "\n" not in meeting.place


def test_planning_twice_is_told_plainly(panel: Panel, clerk: Client) -> None:
    post(clerk, "meeting_plan", "ub", **plan())

    again = post(clerk, "meeting_plan", "ub", **plan())

    assert "The panel has a meeting at this time already." in told(again, 400)
    assert "Committee Room 4" in text(again)
    assert Meeting.objects.count() == 1


def test_directors_register_has_no_meetings(panel: Panel, clerk: Client) -> None:
    assert get(clerk, "meeting_plan", "cpr").status_code == 404
    assert post(clerk, "meeting_plan", "cpr", **plan()).status_code == 404
    assert post(browser_of(panel.owner), "meeting_plan", "cpr", **plan()).status_code == 404
    assert not Meeting.objects.exists()


def test_fields_that_the_form_does_not_ask_for_do_nothing(panel: Panel, clerk: Client) -> None:
    hidden = {"state": "closed", "opened_at": "2026-01-01", "register": "cpr", "at": "2020-01-01"}

    post(clerk, "meeting_plan", "ub", **plan(**hidden, reference="UBM-1999-0001"))

    meeting = Meeting.objects.get()
    assert meeting.state == MeetingState.PLANNED
    assert meeting.opened_at is None
    assert meeting.register == panel.register
    assert meeting.reference != "UBM-1999-0001"


@pytest.mark.clause("B6")
def test_gap_stands_on_the_first_page_until_a_meeting_fills_it() -> None:
    long_ago = now() - 70 * DAY
    panel = found_panel(at=long_ago)
    last = met(panel, at=long_ago)
    close_meeting(meeting=last, by=panel.clerk, at=long_ago)
    clerk = browser_of(panel.clerk)
    shown = text(get(clerk, "panel"))
    assert "The panel meets too seldom" in shown
    assert "and no meeting is planned." in shown

    upcoming = planned(panel, starts_in=2 * DAY)

    days = timezone.localdate(upcoming.starts_at) - timezone.localdate(last.starts_at)
    shown = text(get(clerk, "panel"))
    assert "to the next meeting on" in shown
    assert f"it is {days.days} days." in shown


@pytest.mark.clause("B6")
def test_no_gap_is_claimed_of_a_panel_that_meets_monthly() -> None:
    last = now() - 10 * DAY
    panel = found_panel(at=last)
    close_meeting(meeting=met(panel, at=last), by=panel.clerk, at=last)
    planned(panel)

    assert "The panel meets too seldom" not in text(get(browser_of(panel.clerk), "panel"))


def test_changed_meeting_tells_everybody(panel: Panel, clerk: Client) -> None:
    meeting = planned(panel)
    typed = plan(place="Mayor's Parlour")
    assert "Committee Room 4, Civic Centre" in text(get(clerk, "meeting_change", meeting.reference))

    post(clerk, "meeting_change", meeting.reference, **typed)

    assert "Mayor's Parlour" in page_of(clerk, meeting)
    assert OutboxMessage.objects.filter(meeting=meeting, kind="meeting_changed").count() >= 7


def test_cancelling_is_asked_and_twice_is_told_plainly(panel: Panel, clerk: Client) -> None:
    meeting = planned(panel)
    assert "does not come back" in text(get(clerk, "meeting_cancel", meeting.reference))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED

    post(clerk, "meeting_cancel", meeting.reference, step="record")
    again = post(clerk, "meeting_cancel", meeting.reference, step="record")

    assert "“Cancelled”" in told(again, 400) or "Cancelled" in text(again)
    assert Meeting.objects.get().state == MeetingState.CANCELLED
    assert post(clerk, "meeting_open", meeting.reference).status_code == 409
