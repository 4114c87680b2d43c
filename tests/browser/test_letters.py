"""The director's letters: what is owed, what is missing, the sheet; the settings that they need."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.bulletins import owe_bulletin
from cautionary_plugin.actions.letters import exempt_from_letter
from cautionary_plugin.models import Letter
from tests.browser.pictures import Take
from tests.council import Council, found_council, let_into_wagtail, list_entries, make_reader, row
from tests.letters import WHY, issued, owed, ready_to_write

pytestmark = pytest.mark.browser

LETTERS = "/admin/cautionary/letters/"


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    council.owner.first_name, council.owner.last_name = "Ruth", "Ashdown"
    council.owner.save()
    make_reader(council)
    let_into_wagtail(council.owner)
    return council


@pytest.fixture
def owed_letter(council: Council) -> Letter:
    """One letter that is due tomorrow, one that is overdue, and a bulletin."""
    first, second = list_entries(council, row(), row(name="Wilfred Plume"))
    owe_bulletin(entry=second, at=timezone.now())
    late = owed(council, entry=second)
    Letter.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    return owed(council, entry=first)


@pytest.mark.clause("A22")
def test_letters_owed_with_their_clocks(
    page: Page, council: Council, owed_letter: Letter, enter, assert_accessible, take: Take, request
):
    enter(page, council.owner)
    page.goto(LETTERS)

    expect(page.get_by_text("overdue by 3 days")).to_be_visible()
    assert_accessible(page)
    take(page, f"letters-{request.node.callspec.id}")


@pytest.mark.clause("A23")
def test_letter_with_what_is_missing(
    page: Page, council: Council, owed_letter: Letter, enter, assert_accessible, take: Take, request
):
    enter(page, council.owner)
    page.goto(f"{LETTERS}{owed_letter.pk}/")

    expect(page.get_by_text("Still missing before the letter can be issued")).to_be_visible()
    assert_accessible(page)
    take(page, f"letter-missing-{request.node.callspec.id}")


def test_settings_with_what_is_blank(
    page: Page, council: Council, enter, assert_accessible, take: Take, request
):
    enter(page, council.owner)
    page.goto("/admin/cautionary/settings/cpr/")

    expect(page.get_by_text("What is still blank")).to_be_visible()
    assert_accessible(page)
    take(page, f"settings-{request.node.callspec.id}")


def test_sheet_of_an_issued_letter(
    page: Page, council: Council, enter, assert_accessible, take: Take, request
):
    letter = issued(council)
    enter(page, council.owner)
    page.goto(f"{LETTERS}{letter.pk}/print/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    take(page, f"letter-sheet-{request.node.callspec.id}")


def test_exemptions(page: Page, council: Council, enter, assert_accessible, take: Take, request):
    letter = owed(council)
    exempt_from_letter(
        entry=letter.entry,
        belief="He would come to the office at once and attack whoever is there.",
        reasons="He did so in 2024; the Police have it on record.",
        retest_on=timezone.localdate() + timedelta(days=60),
        by=council.owner,
        at=timezone.now(),
    )
    enter(page, council.owner)

    page.goto("/admin/cautionary/not-informed/")
    assert_accessible(page)
    take(page, f"exemptions-{request.node.callspec.id}")
    page.get_by_role("link", name=letter.entry.reference).click()
    expect(page.get_by_role("button", name="Keep the exemption")).to_be_visible()
    assert_accessible(page)
    take(page, f"exemption-{request.node.callspec.id}")


@pytest.mark.clause("A22")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_director_writes_issues_and_posts_a_letter_and_tells_staff(
    open_page, council: Council, enter, assert_accessible, take: Take, look: str
):
    ready_to_write(council)
    (entry,) = list_entries(council)
    letter, page = owed(council, entry=entry), open_page(look)
    owe_bulletin(entry=entry, at=timezone.now())
    enter(page, council.owner)

    page.goto(LETTERS)
    page.get_by_role("link", name=f"Addition to the register: {entry.reference}").click()
    page.get_by_role("link", name="Write your own words").click()
    assert_accessible(page)
    take(page, f"letter-write-{look}")
    page.get_by_label("Why", exact=True).fill(WHY)
    page.get_by_role("button", name="Keep and look at the letter").click()
    assert_accessible(page)
    take(page, f"letter-ready-{look}")
    page.get_by_role("link", name="Issue the letter").click()
    assert_accessible(page)
    take(page, f"letter-issue-{look}")
    page.get_by_role("button", name="Issue the letter").click()
    take(page, f"letter-issued-{look}")
    page.get_by_role("link", name="Send it by e-mail").click()
    page.get_by_label("The individual’s e-mail address").fill("thaddeus@quimberly.example")
    page.get_by_role("button", name="Go on").click()
    assert_accessible(page)
    take(page, f"letter-email-{look}")
    page.get_by_role("link", name="Another address").click()
    page.get_by_role("link", name="Back to the letter").click()
    page.get_by_role("link", name="Record it as posted").click()
    assert_accessible(page)
    page.get_by_role("button", name="Record it as posted").click()
    expect(page.get_by_text("Sent by post on")).to_be_visible()
    page.get_by_role("link", name=f"Tell staff: {entry.reference}").click()
    expect(page.get_by_text("this mail goes to 2 people")).to_be_visible()
    assert_accessible(page)
    take(page, f"bulletin-{look}")
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("Staff have been told")).to_be_visible()

    letter.refresh_from_db()
    assert letter.sent_on == timezone.localdate()


@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_owner_keeps_the_wording(
    open_page, council: Council, enter, assert_accessible, take: Take, look: str
):
    page = open_page(look)
    enter(page, council.owner)

    page.goto(f"{LETTERS}wording/")
    assert_accessible(page)
    take(page, f"wordings-{look}")
    page.get_by_role("link", name="Warning, without an entry").click()
    page.get_by_label("What we expect").fill("Be kind to the staff of {council}.")
    page.get_by_label("If you disagree").fill("Write to somebody.")
    page.get_by_role("button", name="Keep as a new version").click()
    expect(page.get_by_role("link", name="The wording has lost")).to_be_visible()
    assert_accessible(page)
    take(page, f"wording-{look}")
