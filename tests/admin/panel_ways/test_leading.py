"""Minutes, messages, and where the pages of the panel lead."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import cautionary_plugin
from cautionary_plugin.actions.panel.agenda import current_item, number_of, take_off
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.models import AgendaItem, Letter
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import PanelOutcome
from tests.admin.pages import get, post, text
from tests.admin.panel_ways.pages import said
from tests.council import browser_of
from tests.panel import Panel, arrive, conflicted, met, on_agenda, planned, waiting_case
from tests.panel_items import carried, findings_recorded, opened_item, panel_decision

pytestmark = pytest.mark.django_db


# Minutes


@pytest.mark.clause("B12")
def test_minutes_say_why_an_item_was_adjourned_and_what_was_not_reached(
    panel: Panel, clerk: Client
) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    meeting = met(panel)
    for seat in meeting.attendees.filter(user=panel.operations):
        seat.came_at = timezone.now()
        seat.save()
    item = on_agenda(meeting, first)
    opened_item(panel, first, meeting=meeting)
    assert "It stands in the minutes: name nobody." in text(get(clerk, "item", item.pk))
    why = "The landlord’s account is still to come."
    adjourn_item(item=item, reasons=why, by=panel.clerk, at=timezone.now())
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    shown = text(get(clerk, "minutes", meeting.reference))

    reached, _mark, not_reached = shown.partition(f"{second.reference}: ")
    assert f"The reason: {why}" in reached
    assert "Came for this item" in reached
    assert "Not reached" in not_reached
    assert "Came for this item" not in not_reached


def test_minutes_say_that_no_pdf_can_be_made(
    panel: Panel, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = met(panel)
    assert "No PDF can be made here" not in text(get(clerk, "minutes", meeting.reference))

    monkeypatch.setattr("cautionary_plugin.admin.panel.minutes.is_installed", lambda: False)

    assert "No PDF can be made here" in text(get(clerk, "minutes", meeting.reference))


# Messages


def test_each_button_of_the_meeting_says_what_was_done(panel: Panel, clerk: Client) -> None:
    _first, second = waiting_case(panel), waiting_case(panel)
    meeting = planned(panel, starts_in=timedelta(minutes=5))
    item, name = on_agenda(meeting, second), meeting.reference

    assert f"{second.reference} is moved up." in said(clerk, "agenda_step", item.pk, "up")
    assert f"{second.reference} is moved down." in said(clerk, "agenda_step", item.pk, "down")
    assert "The papers are released" in said(clerk, "meeting_papers", name)
    assert f"{second.reference} is taken off" in said(clerk, "agenda_step", item.pk, "off")
    assert "1 case is put on the agenda." in said(clerk, "meeting_fill", name)
    assert "The meeting is open." in said(clerk, "meeting_open", name)
    assert "This was done before: it stands at “In session”" in text(
        post(clerk, "meeting_open", name)
    )
    assert "The meeting is closed." in said(clerk, "meeting_close", name, step="record")


def test_declaring_a_conflict_says_that_it_waits(panel: Panel) -> None:
    case, member = waiting_case(panel), browser_of(panel.equality)

    told = said(
        member,
        "conflict_declare",
        case.reference,
        reasons="The customer is my cousin.",
        step="record",
    )

    assert f"in {case.reference} is declared, and waits to be decided." in told


# Where the pages lead


def test_papers_lead_to_the_next_case_the_item_and_the_meeting(panel: Panel) -> None:
    cases = [waiting_case(panel) for _each in range(3)]
    conflicted(cases[1], panel.care)
    meeting = met(panel)
    member = browser_of(panel.care)

    shown = text(post(member, "panel_papers", cases[0].reference))

    item = on_agenda(meeting, cases[0])
    assert f"Next papers: {cases[2].reference}" in shown
    assert cases[1].reference not in shown
    assert reverse("cautionary_item", args=[item.pk]) in shown
    assert "Back to the meeting" in shown
    assert "Next papers" not in text(post(member, "panel_papers", cases[2].reference))


def test_presenter_is_led_to_the_meeting_and_to_no_item(panel: Panel) -> None:
    case = waiting_case(panel)
    waiting_case(panel, presenter=panel.owner)
    meeting = met(panel)

    shown = text(get(browser_of(panel.operations), "panel_papers", case.reference))

    assert reverse("cautionary_meeting", args=[meeting.reference]) in shown
    assert "Go to the item" not in shown
    assert "Next papers" not in shown


def test_next_item_is_the_strongest_button_only_after_this_one(panel: Panel, clerk: Client) -> None:
    first, _second = waiting_case(panel), waiting_case(panel)
    meeting = met(panel)
    item = findings_recorded(panel, opened_item(panel, first, meeting=meeting))
    following = meeting.items.exclude(pk=item.pk).get()
    assert way_to(following, get(clerk, "item", item.pk)) == "button button-secondary"

    panel_decision(panel, PanelOutcome.NO_ACTION, item=item)

    assert way_to(following, get(clerk, "item", item.pk)) == "button"


def way_to(item: AgendaItem, response: Any) -> str:
    """The style of the last link to an item's step."""
    address = reverse("cautionary_item", args=[item.pk])
    before = text(response).rpartition(f'" href="{address}')[0]
    return before.rpartition('class="')[2]


def test_items_have_the_numbers_of_the_agenda_after_one_was_taken_off(
    panel: Panel, clerk: Client
) -> None:
    cases = [waiting_case(panel) for _each in range(3)]
    meeting = met(panel)
    gone, here, later = (on_agenda(meeting, case) for case in cases)
    take_off(item=gone, by=panel.clerk, at=timezone.now())
    AgendaItem.objects.filter(pk=here.pk).update(position=5)
    AgendaItem.objects.filter(pk=later.pk).update(position=7)

    shown = text(get(clerk, "item", here.pk))

    assert "Item 1: " in shown
    assert f"Next: item 2, {later.case.reference}" in shown
    assert number_of(later) == 2


def test_recorded_decision_names_the_entry_and_leads_to_the_letter(
    panel: Panel, clerk: Client
) -> None:
    motion = carried(panel)
    decision = record_decision(motion=motion, by=panel.clerk, at=timezone.now())
    assert decision.entry is not None
    letter = Letter.objects.get()

    shown = text(get(clerk, "item", motion.item.pk))

    assert f"Entry {decision.entry.reference}: {EntryState.LIVE.label}" in shown
    assert "Letter due " in shown
    assert "Inclusion on the schedule, low or medium risk" in shown
    assert f'href="{reverse("cautionary_letters")}">Letter due' in shown
    member = text(get(browser_of(panel.care), "item", motion.item.pk))
    assert "Letter due " in member
    assert reverse("cautionary_letter", args=[letter.pk]) not in member


def test_closed_meeting_says_where_its_adjourned_cases_went(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)
    meeting = met(panel)
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())
    assert "Waits for the next meeting" in text(get(clerk, "meeting", meeting.reference))

    following = planned(panel)
    assert current_item(case) is not None

    shown = text(get(clerk, "meeting", meeting.reference))
    assert f"Went to the meeting {following.reference}" in shown
    assert "Waits for the next meeting" not in shown


def test_closing_names_the_item_that_is_still_open(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    shown = text(get(clerk, "meeting_close", item.meeting.reference))

    assert f"{item.case.reference} is still open. Decide or adjourn it before" in shown
    assert f'href="{reverse("cautionary_item", args=[item.pk])}#now"' in shown


def test_missing_papers_say_what_to_do(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel, statement="")
    meeting = planned(panel)

    shown = text(get(clerk, "meeting", meeting.reference))
    item = text(get(clerk, "item", on_agenda(meeting, case).pk))

    assert "could not open. Release the papers." in shown
    assert "release the papers, or the item cannot open" in shown
    assert "release the papers on the meeting’s page" in item


# The head


@pytest.mark.clause("B7")
def test_posts_stand_in_the_same_order_at_the_meeting_and_at_the_item(
    panel: Panel, clerk: Client
) -> None:
    item = opened_item(panel)
    arrive(panel, item.meeting, panel.chair)
    pages = [get(clerk, "meeting", item.meeting.reference), get(clerk, "item", item.pk)]

    orders = [
        [part.partition("</span>")[0] for part in text(page).split('cautionary-seat-post">')[1:]]
        for page in pages
    ]

    assert orders[0] == orders[1]
    assert orders[0][0] == panel.posts["chair"].title
    assert len(orders[0]) == 6


def test_titles_of_posts_are_wrapped_and_not_cut() -> None:
    folder = Path(cautionary_plugin.__file__).parent / "static/cautionary_plugin/css"
    lines = (folder / "admin.css").read_text().splitlines()
    rules = [line for line in lines if line.startswith(".cautionary-seat-post")]

    assert rules
    assert not any("nowrap" in rule or "ellipsis" in rule for rule in rules)
