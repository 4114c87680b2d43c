"""What the customer reads, and a motion that is not carried."""

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import Entry, Meeting, Motion
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome
from tests.admin.pages import get, text
from tests.admin.panel_ways.pages import said
from tests.council import browser_of
from tests.panel import Panel, waiting_case
from tests.panel_items import findings_recorded, opened_item, panel_decision, urgent, voted, voting

pytestmark = pytest.mark.django_db

READS = "The customer reads this in the letter"


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
                "motion_no_contact_limits",
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
def test_boxes_that_are_quoted_say_so_where_an_entry_is_added_at_once(
    panel: Panel,
) -> None:
    addition = waiting_case(panel, risk="high")
    page = get(
        browser_of(panel.chair), "urgent_add", panel.register.slug, addition.report.reference
    )

    assert quoted(text(page)) == {
        "id_no_restrictions",
        "id_permitted_contact",
        "id_no_contact_limits",
    }


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

    motion = voting(panel, PanelOutcome.NO_ACTION, item=item)
    told = "is withdrawn only by adjourning the item"
    assert told not in text(get(clerk, "item", item.pk))
    cast_vote(motion=motion, choice=Choice.FOR, by=panel.safety, at=timezone.now())
    assert told in text(get(clerk, "item", item.pk))
    assert told not in text(get(browser_of(panel.care), "item", item.pk))


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
