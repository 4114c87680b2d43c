"""A reporter who may read the register sees who looks the same; others go straight on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pictures import Take
from tests.council import Council, found_council, list_entries, make_reader, row
from tests.factors import make_person

pytestmark = pytest.mark.browser


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    list_entries(
        council,
        row(
            name="Jonathan Smith",
            date_of_birth="27/03/1984",
            address="14 Mill Lane, Weldham",
            postcode="WX1 4AB",
            handling="Do not visit alone. Phone first and agree a call-back time.",
        ),
    )
    return council


def _describe(page: Page, name: str = "Jon Smyth", address: str = "14 Mill Lane") -> None:
    """A report, up to the page that says what tells the person from others."""
    page.goto("/cautionary/report/")
    page.get_by_label("A customer or another member of the public").check()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/report/INC-*/**")
    base = page.url.rstrip("/").rpartition("/")[0]
    page.goto(f"{base}/person/")
    page.get_by_label("Full name").fill(name)
    page.get_by_role("button", name="Next").click()
    page.goto(f"{base}/identify/")
    page.get_by_label("Address", exact=True).fill(address)


def test_reader_sees_who_looks_the_same_in_every_look(
    page: Page, council: Council, enter, assert_accessible, take: Take, request
) -> None:
    look = request.node.callspec.params["page"]
    enter(page, make_reader(council))
    _describe(page)
    expect(page.get_by_text("The owner of the register will check")).to_be_visible()
    assert_accessible(page)
    take(page, f"identify-{look}")
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_role("heading", name="Is this already listed?")).to_be_visible()
    expect(page.get_by_role("heading", name="Found: Jonathan Smith")).to_be_visible()
    expect(page.get_by_role("link", name="Open CPR-")).to_be_visible()
    assert_accessible(page)
    take(page, f"listed-{look}")

    page.get_by_role("link", name="Go on with the report").click()
    expect(page.get_by_role("heading", name="What kind of behaviour was it?")).to_be_visible()


def test_reader_is_told_calmly_that_nothing_was_found(
    page: Page, council: Council, enter, assert_accessible, take: Take, request
) -> None:
    look = request.node.callspec.params["page"]
    enter(page, make_reader(council))
    _describe(page, "big man with a beard at no 71", "71 Chapel Street")
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_text("Nothing like it was found among the entries")).to_be_visible()
    assert_accessible(page)
    take(page, f"listed-none-{look}")

    page.get_by_role("link", name="Go on with the report").click()
    expect(page.get_by_role("heading", name="What kind of behaviour was it?")).to_be_visible()


def test_reporter_with_a_password_goes_straight_on(phone: Page, council: Council, sign_in) -> None:
    sign_in(phone, make_person("reporter"))
    _describe(phone)
    phone.get_by_role("button", name="Next").click()

    expect(phone.get_by_role("heading", name="What kind of behaviour was it?")).to_be_visible()
    assert "Jonathan" not in phone.content()
