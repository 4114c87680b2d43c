"""Run an item, vote on it, add at once and answer a referral, in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import AgendaItem, Motion, PanelDecision, Vote
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome
from tests.browser import panel_pages as pages
from tests.browser.pictures import Take, tall
from tests.council import let_into_wagtail
from tests.panel import Panel, conflicted, found_panel, leave, met, on_agenda, waiting_case
from tests.panel_items import findings_recorded, opened_item, voting

pytestmark = pytest.mark.browser

BOTH = ["phone-light", "desk-dark"]


@pytest.fixture
def panel(transactional_db: None) -> Panel:
    panel = found_panel()
    for person in (*panel.people.values(), panel.owner, panel.council.owner):
        let_into_wagtail(person)
    return panel


@pytest.fixture
def item(panel: Panel) -> AgendaItem:
    """An item that is next on the agenda of a meeting in session."""
    waiting_case(panel)
    case = waiting_case(panel)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    meeting = met(panel)
    leave(panel, meeting, panel.customer)
    return on_agenda(meeting, case)


@pytest.mark.clause("B7")
@pytest.mark.clause("B20")
@pytest.mark.parametrize("look", BOTH)
def test_clerk_runs_an_item_without_scrolling(
    look: str,
    panel: Panel,
    item: AgendaItem,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    page, take_tall = open_page(look), tall(take)
    enter(page, panel.clerk)
    pages.go_to_item(page, item)
    assert_accessible(page)
    take(page, f"item-1-papers-{look}")

    pages.open_the_item(page)
    pages.expect_step_open(page, "health")
    assert_accessible(page)
    take(page, f"item-2-health-{look}")
    pages.step(page, "health").get_by_role("button", name="Record the answer").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    assert_accessible(page)
    take(page, f"item-2-health-problem-{look}")
    pages.answer_health(page)
    pages.expect_step_open(page, "findings")
    assert_accessible(page)
    take(page, f"item-3-findings-{look}")
    take_tall(page, f"item-3-findings-tall-{look}")
    pages.record_the_findings(page, spoc=True)
    pages.expect_step_open(page, "motion")
    assert_accessible(page)
    take(page, f"item-4-motion-{look}")
    pages.choose_outcome(page, PanelOutcome.ENTRY)
    pages.expect_step_open(page, "motion")
    assert_accessible(page)
    take(page, f"item-4-entry-{look}")
    take_tall(page, f"item-4-entry-tall-{look}")
    pages.fill_entry(page)
    pages.fill_spoc(page, panel.operations.get_username())
    pages.put_to_the_vote(page)
    pages.expect_step_open(page, "votes")
    assert_accessible(page)
    take(page, f"item-5-votes-{look}")
    take_tall(page, f"item-5-votes-tall-{look}")
    motion = Motion.objects.get()
    for member in (panel.chair, panel.complaints, panel.safety, panel.care):
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=motion.put_at)
    page.get_by_role("link", name="Look again").click()
    pages.expect_step_open(page, "close")
    assert_accessible(page)
    take(page, f"item-6-close-{look}")
    pages.close_the_vote(page)
    pages.expect_step_open(page, "decision")
    assert_accessible(page)
    take(page, f"item-7-read-back-{look}")
    take_tall(page, f"item-7-read-back-tall-{look}")
    pages.record_the_decision(page)

    expect(page.get_by_role("heading", name="Carried: 4 for")).to_be_visible()
    assert_accessible(page)
    take(page, f"item-8-decided-{look}")
    take_tall(page, f"item-8-decided-tall-{look}")
    assert PanelDecision.objects.get().carried


@pytest.mark.clause("B19")
@pytest.mark.clause("B22")
@pytest.mark.parametrize("look", BOTH)
def test_member_votes_on_their_own_device(
    look: str,
    panel: Panel,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    item = opened_item(panel)
    page = open_page(look)
    enter(page, panel.care)
    pages.go_to_item(page, item)
    assert_accessible(page)
    take(page, f"member-health-{look}")
    pages.consult_mosaic(page, relevant=True)
    expect(page.get_by_text("Mosaic, consulted by")).to_be_visible()

    motion = voting(panel, item=findings_recorded(panel, item))
    cast_vote(motion=motion, choice=Choice.AGAINST, by=panel.chair, at=motion.put_at)
    pages.go_to_item(page, item)
    expect(page.get_by_role("button", name="Vote for")).to_be_visible()
    assert_accessible(page)
    take(page, f"member-vote-{look}")
    tall(take)(page, f"member-vote-tall-{look}")
    page.get_by_role("button", name="Vote for").click()
    expect(page.get_by_role("heading", name="You are about to record this")).to_be_visible()
    assert_accessible(page)
    take(page, f"member-vote-read-back-{look}")
    page.get_by_role("button", name="Cast this vote").click()

    expect(page.get_by_text("You have voted: For.")).to_be_visible()
    assert_accessible(page)
    take(page, f"member-voted-{look}")
    assert Vote.objects.get(user=panel.care).choice == Choice.FOR


@pytest.mark.clause("B11")
@pytest.mark.parametrize("look", BOTH)
def test_excluded_member_is_shown_nothing_of_the_case(
    look: str,
    panel: Panel,
    item: AgendaItem,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    page = open_page(look)
    enter(page, panel.equality)

    pages.go_to_item(page, item)

    expect(page.get_by_text("You are excluded from this case.")).to_be_visible()
    expect(page.locator(".cautionary-steps")).to_have_count(0)
    assert_accessible(page)
    take(page, f"item-excluded-{look}")
