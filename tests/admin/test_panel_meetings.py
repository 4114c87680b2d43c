"""The screens of a meeting: planned, prepared, held and minuted (B5–B8, B11–B14)."""

from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.panel.agenda import fill_agenda
from cautionary_plugin.actions.panel.attendance import give_apologies
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.models import Attendee, Meeting, OutboxMessage
from cautionary_plugin.rules.states import ItemState, MeetingState
from cautionary_plugin.rules.vocabulary import Capacity, MeetingMode, PanelOutcome
from tests.council import let_into_wagtail, through_the_door
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import (
    Panel,
    arrive,
    conflicted,
    deputised,
    deputy_for,
    findings_recorded,
    found_panel,
    leave,
    met,
    opened_item,
    panel_decision,
    planned,
    seat_at,
    waiting_case,
)
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

STATEMENT = "She keeps a marmalade guillotine behind the counter."
DAY = timedelta(days=1)


@pytest.fixture
def panel() -> Panel:
    return found_panel()


@pytest.fixture
def clerk(panel: Panel) -> Client:
    return browser_of(panel.clerk)


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


def now() -> Any:
    return timezone.now()


def get(browser: Client, name: str, *named: Any) -> Any:
    return browser.get(reverse(f"cautionary_{name}", args=named))


def post(browser: Client, name: str, *named: Any, **typed: Any) -> Any:
    return browser.post(reverse(f"cautionary_{name}", args=named), typed)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def page_of(browser: Client, meeting: Meeting) -> str:
    response = get(browser, "meeting", meeting.reference)
    assert response.status_code == 200
    return text(response)


def told(response: Any, status: int = 409) -> str:
    """The sentence of a page that refuses, which is no page for errors of the server's."""
    assert response.status_code == status, response.status_code
    return text(response)


def plan(**typed: Any) -> dict[str, Any]:
    """What is typed to plan a meeting, in three weeks."""
    day = timezone.localdate() + timedelta(days=21)
    return {
        "day": f"{day:%d %m %Y}",
        "begins": "14:00",
        "ends": "16.00",
        "mode": MeetingMode.IN_PERSON,
        "place": "Committee Room 4",
        "link": "",
    } | typed


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
    close_meeting(meeting=met(panel, at=long_ago), by=panel.clerk, at=long_ago)
    clerk = browser_of(panel.clerk)
    shown = text(get(clerk, "panel"))
    assert "The panel meets too seldom" in shown
    assert "and no meeting is planned." in shown

    planned(panel, starts_in=2 * DAY)

    shown = text(get(clerk, "panel"))
    assert "to the next meeting on" in shown
    assert "it is 72 days." in shown


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


# Who sees what


@pytest.mark.clause("B12")
def test_presenter_sees_their_own_item_and_nothing_else(panel: Panel) -> None:
    mine = waiting_case(panel)
    other = waiting_case(panel, presenter=make_person("another-presenter"))
    meeting = planned(panel)
    presenter = browser_of(panel.operations)

    shown = page_of(presenter, meeting)

    assert mine.reference in shown
    assert other.reference not in shown
    assert "are coming" not in shown
    assert "complaints" not in shown
    assert "Release" not in shown
    assert "Go to the item" not in shown
    assert reverse("cautionary_panel_papers", args=[mine.reference]) in shown


@pytest.mark.clause("B13")
def test_legal_sees_the_high_risk_item_only(panel: Panel) -> None:
    high, low = waiting_case(panel, risk="high"), waiting_case(panel, risk="low")
    legal = browser_of(panel.legal)

    shown = page_of(legal, planned(panel))

    assert high.reference in shown
    assert low.reference not in shown


def test_outsider_finds_no_meeting(panel: Panel) -> None:
    meeting = planned(panel)

    outsiders = [panel.people[name] for name in ("operations", "legal", "monitoring")]
    for person in (*outsiders, panel.council.owner):
        assert get(browser_of(person), "meeting", meeting.reference).status_code == 404
    assert get(browser_of(make_person("nobody")), "meeting", meeting.reference).status_code == 403


def test_clerks_buttons_are_no_members_to_press(panel: Panel) -> None:
    waiting_case(panel)
    meeting = planned(panel, starts_in=timedelta(hours=1))
    member = browser_of(panel.customer)

    for step in ("open", "papers", "fill", "close", "cancel", "change"):
        answer = post(member, f"meeting_{step}", meeting.reference, step="record")
        assert answer.status_code == 403, step
    for step in ("up", "down", "off", "release"):
        assert post(member, "agenda_step", meeting.items.get().pk, step).status_code == 403
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert meeting.items.get().papers_at is None


@pytest.mark.clause("B11")
def test_excluded_chair_learns_a_reference_and_no_count(panel: Panel) -> None:
    case = waiting_case(panel, risk="high", statement="")
    conflicted(case, panel.chair)
    meeting = planned(panel)
    chair = browser_of(panel.chair)

    shown = page_of(chair, meeting)

    assert f"{case.reference}: your conflict of interest waits for a decision." in shown
    for secret in ("High risk", "legal", "operations", "are not released", "could not open"):
        assert secret not in shown
    item = meeting.items.get()
    for step in ("off", "release"):
        assert post(chair, "agenda_step", item.pk, step).status_code == 403
    told(post(chair, "meeting_papers", meeting.reference))
    item.refresh_from_db()
    assert item.papers_at is None


@pytest.mark.clause("B11")
def test_case_that_waits_on_no_agenda_is_not_counted_for_whom_it_is_closed(panel: Panel) -> None:
    meeting = planned(panel)
    case = waiting_case(panel)
    meeting.items.all().delete()
    chair = browser_of(panel.chair)
    assert "1 case waits on no agenda." in page_of(chair, meeting)

    conflicted(case, panel.chair)

    assert "on no agenda" not in page_of(chair, meeting)
    assert "1 case waits on no agenda." in page_of(browser_of(panel.clerk), meeting)


# Minutes


def test_minutes_say_decision_votes_and_exclusions_by_reference(
    panel: Panel, clerk: Client
) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = findings_recorded(panel, opened_item(panel, case))
    meeting = panel_decision(panel, PanelOutcome.NO_ACTION, item=item).item.meeting
    post(clerk, "meeting_close", meeting.reference, step="record")

    page = text(get(clerk, "minutes", meeting.reference))
    document = get(clerk, "minutes_pdf", meeting.reference)
    pages = PdfReader(BytesIO(document.content)).pages
    printed = " ".join(" ".join(each.extract_text() for each in pages).split())

    assert document.headers["Content-Type"] == "application/pdf"
    for shown in (page, printed):
        assert case.reference in shown
        assert "Carried: 4 for, 0 against, 0 abstained" in shown
        assert "No action" in shown
        assert "equality was excluded; decided by chair" in shown
        for secret in (STATEMENT, *REPORTED.split(), "Gantry"):
            assert secret not in shown


@pytest.mark.clause("B11")
def test_minutes_tell_the_excluded_member_nothing_of_their_case(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = findings_recorded(panel, opened_item(panel, case))
    meeting = panel_decision(panel, PanelOutcome.NO_ACTION, item=item).item.meeting
    excluded, eligible = browser_of(panel.equality), browser_of(panel.customer)

    assert "Carried" in text(get(eligible, "minutes", meeting.reference))
    shown = text(get(excluded, "minutes", meeting.reference))
    pages = PdfReader(BytesIO(get(excluded, "minutes_pdf", meeting.reference).content)).pages
    printed = " ".join(" ".join(each.extract_text() for each in pages).split())

    for told_them in (shown, printed):
        assert case.reference in told_them
        assert "You were excluded." in told_them
        for secret in ("Carried", "No action", "Referral"):
            assert secret not in told_them


def test_minutes_are_for_members_clerk_and_monitoring_officer(panel: Panel) -> None:
    waiting_case(panel, risk="high")
    meeting = met(panel)

    for name in ("clerk", "chair", "customer", "monitoring"):
        reader = browser_of(panel.people[name])
        assert get(reader, "minutes", meeting.reference).status_code == 200, name
    for name in ("operations", "legal"):
        outsider = browser_of(panel.people[name])
        for screen in ("minutes", "minutes_pdf"):
            assert get(outsider, screen, meeting.reference).status_code == 403, name


def test_there_are_no_minutes_before_the_meeting(panel: Panel, clerk: Client) -> None:
    meeting = planned(panel)

    assert "Minutes" not in page_of(clerk, meeting)
    assert "once the meeting has been opened" in told(get(clerk, "minutes", meeting.reference))


# What it costs


def test_list_of_meetings_costs_the_same_however_many_there_are(
    panel: Panel, clerk: Client
) -> None:
    planned(panel)
    before = fewest_queries(lambda: get(clerk, "panel"))
    for weeks in range(2, 7):
        planned(panel, starts_in=timedelta(weeks=weeks))

    assert fewest_queries(lambda: get(clerk, "panel")) == before


@pytest.mark.parametrize("who", ["clerk", "chair", "customer"])
def test_page_of_a_meeting_costs_the_same_however_much_is_on_it(panel: Panel, who: str) -> None:
    conflicted(waiting_case(panel), panel.equality, decided=True, by=panel.chair)
    meeting = met(panel, present=3)
    browser = browser_of(panel.people[who])
    before = fewest_queries(lambda: page_of(browser, meeting))

    for _more in range(4):
        conflicted(waiting_case(panel, risk="high"), panel.equality)
    fill_agenda(meeting=meeting, at=now())
    release_papers(meeting=meeting, by=panel.clerk, at=now())
    for name in ("safety", "care"):
        arrive(panel, meeting, panel.people[name])

    assert meeting.items.count() == 5
    assert fewest_queries(lambda: page_of(browser, meeting)) == before


def test_minutes_cost_the_same_however_many_items_there_were(panel: Panel, clerk: Client) -> None:
    meeting = opened_item(panel).meeting
    before = fewest_queries(lambda: get(clerk, "minutes", meeting.reference))
    for _more in range(4):
        conflicted(waiting_case(panel), panel.equality, decided=True, by=panel.chair)
    post(clerk, "meeting_fill", meeting.reference)

    assert fewest_queries(lambda: get(clerk, "minutes", meeting.reference)) == before


def test_meetings_of_nobody_are_none(panel: Panel) -> None:
    shown = text(get(browser_of(panel.legal), "panel"))

    assert "You are not invited to a meeting." in shown
