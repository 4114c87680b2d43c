"""Prepare and hold a meeting, read the papers, decide on a conflict, read minutes; in Chromium."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.models import Attendee, Meeting
from cautionary_plugin.rules.states import MeetingState
from cautionary_plugin.rules.vocabulary import PanelOutcome
from tests.browser.pictures import Take, tall
from tests.council import let_into_wagtail
from tests.panel import Panel, conflicted, deputised, found_panel, met, waiting_case
from tests.panel_items import findings_recorded, opened_item, panel_decision

pytestmark = pytest.mark.browser

NAMES = {
    "chair": "Prudence Oakhanger",
    "complaints": "Silas Merriweather",
    "safety": "Imogen Tresillian",
    "customer": "Gilbert Fanshawe",
    "care": "Rosalind Achterberg",
    "equality": "Tobias Wetherall",
    "clerk": "Harriet Penhaligon",
    "operations": "Desmond Lacey",
    "legal": "Cordelia Nightingale",
}
BOTH = ["phone-light", "desk-dark"]


@pytest.fixture
def panel(transactional_db: None) -> Panel:
    panel = found_panel()
    for name, called in NAMES.items():
        person = panel.people[name]
        person.first_name, person.last_name = called.split()
        person.save()
    for person in (*panel.people.values(), panel.owner):
        let_into_wagtail(person)
    return panel


def go(page: Page, name: str, *named: str) -> None:
    page.goto(reverse(f"cautionary_{name}", args=named))


@pytest.mark.clause("B6")
@pytest.mark.parametrize("look", BOTH)
def test_clerk_plans_a_meeting_and_releases_its_papers(
    look: str,
    panel: Panel,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    waiting_case(panel)
    waiting_case(panel, risk="high")
    page, take_tall = open_page(look), tall(take)
    enter(page, panel.clerk)

    go(page, "panel")
    expect(page.get_by_text("The panel has never met, and no meeting is planned.")).to_be_visible()
    assert_accessible(page)
    take(page, f"meetings-none-{look}")
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Begins at").fill("noon")
    page.get_by_role("button", name="Plan the meeting and send the invitations").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    assert_accessible(page)
    take(page, f"meeting-plan-problem-{look}")
    day = timezone.localdate() + timedelta(days=21)
    page.get_by_role("textbox", name="Day").fill(f"{day.day}/{day.month}/{day.year}")
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Ends at").fill("16:00")
    page.get_by_role("radio").first.check()
    page.get_by_label("Place").fill("Committee Room 4, Civic Centre")
    page.get_by_label("Link to the online meeting").fill("https://meet.weldham.example/panel")
    take_tall(page, f"meeting-plan-{look}")
    page.get_by_role("button", name="Plan the meeting and send the invitations").click()

    expect(page.get_by_text("6 are coming, 4 needed")).to_be_in_viewport()
    assert_accessible(page)
    take(page, f"meeting-planned-{look}")
    take_tall(page, f"meeting-planned-tall-{look}")
    page.get_by_role("button", name="Release the papers").click()
    expect(page.get_by_text("The meeting can be opened from")).to_be_visible()
    go(page, "panel")
    assert_accessible(page)
    take(page, f"meetings-{look}")


@pytest.mark.clause("B7")
@pytest.mark.clause("B8")
@pytest.mark.parametrize("look", BOTH)
def test_clerk_sees_quorum_room_and_next_item_at_a_glance(
    look: str,
    panel: Panel,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    first, second = waiting_case(panel, risk="high"), waiting_case(panel)
    conflicted(second, panel.equality)
    meeting = met(panel, present=["chair", "complaints", "customer"])
    deputised(panel, meeting, "safety")
    page, take_tall = open_page(look), tall(take)
    enter(page, panel.clerk)

    go(page, "meeting", meeting.reference)
    expect(page.get_by_text("Not quorate: 3 sit, 4 needed")).to_be_in_viewport()
    expect(page.get_by_text(f"Next: 1. {first.reference}.")).to_be_in_viewport()
    assert_accessible(page)
    take(page, f"meeting-short-{look}")
    deputy = Attendee.objects.get(meeting=meeting, capacity="deputy").user
    is_here = re.compile(f"Is here.*{deputy.get_username()}")
    page.get_by_role("button", name=is_here).click()
    expect(page.get_by_role("heading", name="Who comes")).to_be_in_viewport()
    expect(page.get_by_text("Quorate: 4 sit, 4 needed")).to_be_in_viewport()
    take(page, f"meeting-room-{look}")
    go(page, "meeting", meeting.reference)
    assert_accessible(page)
    take(page, f"meeting-quorate-{look}")
    take_tall(page, f"meeting-quorate-tall-{look}")
    page.get_by_role("link", name="Go to item 1").click()
    expect(page.get_by_role("heading", name=first.reference, exact=True)).to_be_attached()


@pytest.mark.clause("B9")
@pytest.mark.clause("B14")
@pytest.mark.parametrize("look", BOTH)
def test_member_is_asked_for_a_conflict_and_reads_the_papers(
    look: str,
    panel: Panel,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    case = waiting_case(panel)
    meeting = met(panel, present=0)
    page, take_tall = open_page(look), tall(take)
    enter(page, panel.customer)

    go(page, "meeting", meeting.reference)
    assert_accessible(page)
    take(page, f"meeting-member-{look}")
    page.get_by_role("link", name="Read the papers").click()
    expect(page.get_by_role("button", name="No: show me the papers")).to_be_in_viewport()
    assert_accessible(page)
    take(page, f"papers-question-{look}")
    page.get_by_role("button", name="No: show me the papers").click()
    expect(page.get_by_role("heading", name="The case", exact=True)).to_be_visible()
    assert_accessible(page)
    take(page, f"papers-{look}")
    take_tall(page, f"papers-tall-{look}")

    page.get_by_role("link", name="Declare a conflict of interest").click()
    page.get_by_label("What is the conflict?").fill("I live two doors from the customer.")
    assert_accessible(page)
    take(page, f"conflict-declare-{look}")
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_role("heading", name="You are about to record this")).to_be_visible()
    assert_accessible(page)
    take(page, f"conflict-read-back-{look}")
    page.get_by_role("button", name="Declare it").click()
    go(page, "meeting", meeting.reference)
    told = f"{case.reference}: your conflict of interest waits for a decision."
    expect(page.get_by_text(told)).to_be_visible()
    assert_accessible(page)
    take(page, f"meeting-excluded-{look}")


@pytest.mark.clause("B10")
@pytest.mark.parametrize("look", BOTH)
def test_chair_decides_on_a_conflict(
    look: str,
    panel: Panel,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    conflict = conflicted(waiting_case(panel), panel.equality)
    page = open_page(look)
    enter(page, panel.chair)

    go(page, "panel")
    expect(page.get_by_text("1 conflict of interest waits for your decision.")).to_be_visible()
    page.get_by_role("link", name="Decide now").click()
    assert_accessible(page)
    take(page, f"conflicts-{look}")
    page.get_by_role("link", name=conflict.case.reference).click()
    assert_accessible(page)
    take(page, f"conflict-decide-{look}")
    tall(take)(page, f"conflict-decide-tall-{look}")
    page.get_by_label("No: they stay excluded from this case").check()
    page.get_by_role("textbox", name="Reasons").fill("Neighbours for ten years.")
    page.get_by_role("button", name="Read it back").click()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("No conflict of interest waits for your decision.")).to_be_visible()
    conflict.refresh_from_db()
    assert conflict.excluded


@pytest.mark.parametrize("look", BOTH)
def test_clerk_closes_the_meeting_and_member_reads_the_minutes(
    look: str,
    panel: Panel,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    meeting = _held(panel)
    page, take_tall = open_page(look), tall(take)
    enter(page, panel.clerk)
    go(page, "meeting", meeting.reference)
    expect(page.get_by_text("Every item of the agenda is dealt with.")).to_be_in_viewport()
    take(page, f"meeting-done-{look}")
    page.get_by_role("link", name="Close the meeting").click()
    assert_accessible(page)
    take(page, f"meeting-close-{look}")
    page.get_by_role("button", name="Close the meeting").click()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED

    page.get_by_role("link", name="Minutes").click()
    expect(page.get_by_role("heading", name=f"Minutes of {meeting.reference}")).to_be_visible()
    assert_accessible(page)
    take(page, f"minutes-{look}")
    take_tall(page, f"minutes-tall-{look}")


def _held(panel: Panel) -> Meeting:
    """A meeting with one decision and one exclusion, before its close."""
    case = waiting_case(panel)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = findings_recorded(panel, opened_item(panel, case))
    return panel_decision(panel, PanelOutcome.NO_ACTION, item=item).item.meeting
