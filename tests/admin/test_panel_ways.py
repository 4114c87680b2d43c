"""What the panel's screens say before and after an act, and where they lead on (B7–B19, B41)."""

from datetime import timedelta
from html import unescape
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
from cautionary_plugin.models import (
    AgendaItem,
    ConflictDeclaration,
    Entry,
    Letter,
    Meeting,
    Motion,
    OutboxMessage,
)
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import PanelOutcome
from tests.council import let_into_wagtail, through_the_door
from tests.panel import (
    Panel,
    arrive,
    carried,
    conflicted,
    findings_recorded,
    found_panel,
    met,
    on_agenda,
    opened_item,
    panel_decision,
    planned,
    urgent,
    voted,
    voting,
    waiting_case,
)

pytestmark = pytest.mark.django_db

READS = "The customer reads this in the letter"


@pytest.fixture
def panel() -> Panel:
    return found_panel()


@pytest.fixture
def clerk(panel: Panel) -> Client:
    return browser_of(panel.clerk)


def browser_of(person: Any) -> Client:
    let_into_wagtail(person)
    return through_the_door(person)


def get(browser: Client, name: str, *named: Any) -> Any:
    return browser.get(reverse(f"cautionary_{name}", args=named))


def post(browser: Client, name: str, *named: Any, **typed: Any) -> Any:
    return browser.post(reverse(f"cautionary_{name}", args=named), typed)


def said(browser: Client, name: str, *named: Any, **typed: Any) -> str:
    """The page to which a button leads, with what it says of what was done."""
    url = reverse(f"cautionary_{name}", args=named)
    response = browser.post(url, typed, follow=True)
    assert response.status_code == 200
    return text(response)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def refused_ratification(panel: Panel) -> Motion:
    """A motion to ratify that has too few votes, not yet recorded."""
    case = urgent(panel).case
    item = findings_recorded(panel, opened_item(panel, case))
    return voted(panel, voting(panel, PanelOutcome.RATIFY, item=item), votes_for=2, against=3)


# What the customer reads


@pytest.mark.clause("B33")
def test_boxes_that_are_quoted_in_a_letter_say_so_and_no_others(
    panel: Panel, clerk: Client
) -> None:
    item = findings_recorded(panel, spoc_needed=True)
    findings = get(clerk, "item", item.pk)
    motion = get(clerk, "item_motion", item.pk, "entry")

    for page, names in (
        (findings, {"findings_spoc_reasons"}),
        (
            motion,
            {
                "findings_spoc_reasons",
                "motion_no_restrictions",
                "motion_permitted_contact",
                "motion_contact",
                "motion_email",
            },
        ),
    ):
        assert quoted(text(page)) == names


def quoted(page: str) -> set[str]:
    """The ids of the boxes whose help says that the customer reads what is typed."""
    helps = page.split('<span class="help" id="')[1:]
    parts = (each.partition("</span>")[0].partition('_helptext">') for each in helps)
    return {name for name, _mark, words in parts if READS in words}


@pytest.mark.clause("B41")
def test_reason_that_is_not_quoted_is_not_called_so_where_an_entry_is_added_at_once(
    panel: Panel,
) -> None:
    addition = waiting_case(panel, risk="high")
    page = get(
        browser_of(panel.chair), "urgent_add", panel.register.slug, addition.report.reference
    )

    assert quoted(text(page)) == {"id_permitted_contact"}


# Not carried


@pytest.mark.clause("B41")
def test_ratification_that_fails_is_told_before_and_after_as_the_end_of_the_entry(
    panel: Panel, clerk: Client
) -> None:
    motion = refused_ratification(panel)
    item, entry = motion.item, Entry.objects.get()

    read_back = text(get(clerk, "item", item.pk))
    assert f"The provisional entry {entry.reference} ends now. Staff who check" in read_back

    shown = said(clerk, "item_record", item.pk, seen=motion.number)
    assert "The decision is recorded." in shown
    assert f"Entry {entry.reference} has ended: The panel did not ratify it" in shown
    assert "nothing follows" not in text(get(clerk, "minutes", item.meeting.reference))
    minutes = text(get(clerk, "minutes", item.meeting.reference))
    assert f"(not carried: the provisional entry {entry.reference} ended)" in minutes

    papers = text(get(clerk, "panel_papers", item.case.reference))
    assert entry.reference in papers
    assert "The panel has not ratified it yet" not in papers
    entries = text(get(clerk, "register_modeladmin_index"))
    assert "Ended, provisional" not in entries


@pytest.mark.clause("B41")
@pytest.mark.parametrize("outcome", ["ratify", "remove"])
def test_clerk_is_told_before_the_vote_that_a_motion_that_fails_ends_the_entry(
    panel: Panel, clerk: Client, outcome: str
) -> None:
    item = findings_recorded(panel, opened_item(panel, urgent(panel).case))

    shown = text(get(clerk, "item_motion", item.pk, outcome))

    assert "A motion that is not carried decides the item: the provisional entry ends." in shown


def test_clerk_is_told_before_the_vote_that_a_motion_that_fails_enters_nobody(
    panel: Panel, clerk: Client
) -> None:
    item = findings_recorded(panel)
    shown = text(get(clerk, "item_motion", item.pk, "no_action"))
    assert "A motion that is not carried decides the item: nobody is entered by it." in shown

    voting(panel, PanelOutcome.NO_ACTION, item=item)
    assert "A motion is withdrawn only by adjourning the item" in text(get(clerk, "item", item.pk))
    member = browser_of(panel.care)
    assert "A motion is withdrawn only" not in text(get(member, "item", item.pk))


@pytest.mark.clause("B52")
def test_renewal_that_fails_leaves_the_entry_as_it_is(panel: Panel, clerk: Client) -> None:
    entry = panel_decision(panel).entry
    assert entry is not None
    close_meeting(meeting=Meeting.objects.get(), by=panel.clerk, at=timezone.now())
    case = waiting_case(panel, entry=entry, kind="renewal")
    item = findings_recorded(panel, opened_item(panel, case))
    voted(panel, voting(panel, PanelOutcome.LAPSE, item=item), votes_for=1, against=3)

    shown = text(get(clerk, "item", item.pk))

    assert f"The entry {entry.reference} stays as it is, and ends on" in shown


# A conflict is left to the Monitoring Officer


@pytest.mark.clause("B10")
def test_leaving_a_conflict_to_the_monitoring_officer_is_asked_first(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality)
    conflict, chair = ConflictDeclaration.objects.get(), browser_of(panel.chair)

    asked = text(get(chair, "conflict_pass_on", conflict.pk))
    assert "The Monitoring Officer is told by e-mail and decides in place of the chair." in asked
    assert conflict.reasons not in asked
    assert ConflictDeclaration.objects.get().passed_on_at is None

    told = said(chair, "conflict_pass_on", conflict.pk, step="record")
    assert f"in {case.reference} is left to the Monitoring Officer." in told
    again = get(chair, "conflict_decide", conflict.pk)
    assert again.status_code == 409
    assert "was left to the Monitoring Officer, who decides on it now." in text(again)


@pytest.mark.clause("B10", "B11")
def test_who_is_excluded_is_not_asked_to_leave_a_conflict(panel: Panel) -> None:
    case = waiting_case(panel)
    conflict = conflicted(case, panel.equality)
    conflicted(case, panel.chair)

    assert get(browser_of(panel.chair), "conflict_pass_on", conflict.pk).status_code == 403


@pytest.mark.clause("B10")
def test_conflict_that_is_decided_says_so_to_whoever_opens_it_again(panel: Panel) -> None:
    conflict = conflicted(waiting_case(panel), panel.equality)
    chair, monitoring = browser_of(panel.chair), browser_of(panel.monitoring)
    typed = {"excluded": "yes", "reasons": "They share a garden wall.", "step": "record"}

    told = said(chair, "conflict_decide", conflict.pk, **typed)
    assert f"in {conflict.case.reference} is decided. The member is told." in told

    for reader in (chair, monitoring):
        again = get(reader, "conflict_decide", conflict.pk)
        assert again.status_code == 409
        assert "It is decided." in text(again)
    own = get(browser_of(panel.equality), "conflict_decide", conflict.pk)
    assert own.status_code in (403, 404)


# Apologies and deputies


@pytest.mark.clause("B8")
def test_member_who_cannot_come_can_come_after_all(panel: Panel) -> None:
    meeting = planned(panel)
    member, mine = browser_of(panel.customer), meeting.attendees.get(user=panel.customer)

    shown = said(member, "meeting_apologies", meeting.reference)
    assert "It is noted that you cannot come." in shown
    assert reverse("cautionary_meeting_coming", args=[meeting.reference]) in shown

    shown = said(member, "meeting_coming", meeting.reference)
    assert "It is noted that you can come after all." in shown
    assert reverse("cautionary_meeting_coming", args=[meeting.reference]) not in shown
    mine.refresh_from_db()
    assert mine.apologies_at is None


@pytest.mark.clause("B8")
def test_clerk_takes_back_apologies_and_a_member_only_their_own(
    panel: Panel, clerk: Client
) -> None:
    meeting = planned(panel)
    seat = meeting.attendees.get(user=panel.customer)
    assert "The apologies are noted." in said(clerk, "attendance", seat.pk, "apologies")

    assert post(browser_of(panel.care), "attendance", seat.pk, "coming").status_code == 403
    assert "can come after all" in said(clerk, "attendance", seat.pk, "coming")

    seat.refresh_from_db()
    assert seat.apologies_at is None


@pytest.mark.clause("B8")
def test_apologies_stand_once_the_meeting_is_closed(panel: Panel) -> None:
    meeting = met(panel, present=5)
    member, seat = browser_of(panel.equality), meeting.attendees.get(user=panel.equality)
    post(member, "meeting_apologies", meeting.reference)
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert post(member, "meeting_coming", meeting.reference).status_code == 409
    seat.refresh_from_db()
    assert seat.apologies_at is not None


@pytest.mark.clause("B10")
def test_conflicts_are_the_chairs_again_when_the_chair_comes_after_all(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)
    meeting, chair = planned(panel), browser_of(panel.chair)
    post(chair, "meeting_apologies", meeting.reference)
    before = OutboxMessage.objects.filter(kind="conflict", to=panel.chair).count()

    post(chair, "meeting_coming", meeting.reference)

    assert get(chair, "conflict_decide", ConflictDeclaration.objects.get().pk).status_code == 200
    assert OutboxMessage.objects.filter(kind="conflict", to=panel.chair).count() == before + 1


@pytest.mark.clause("B8")
def test_post_without_deputies_names_whom_to_ask(panel: Panel) -> None:
    meeting = planned(panel)
    member = browser_of(panel.customer)

    shown = text(get(member, "meeting_deputy", meeting.reference, panel.posts["customer"].pk))

    assert "Ask the owner:" in shown
    assert panel.owner.get_username() in shown.partition("Ask the owner:")[2]


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
