"""A round of visits in a real browser: paste, watch it go on, read what to look at first."""

from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cautionary_plugin.actions import check as check_module
from tests.browser.pictures import Take
from tests.council import Council, found_council, list_entries, make_reader, row

pytestmark = pytest.mark.browser

STREETS = ("Tansy Row", "Orchard Close", "Pound Street", "Weir Lane")


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
        row(
            kind="premises",
            name="",
            date_of_birth="",
            address="212 Quarry Hill, Weldham",
            postcode="WX2 1AA",
            hazard="Two large dogs loose in the yard",
            markers="Dangerous animal",
            risk="Medium",
            handling="Ask for the dogs to be secured before you open the gate.",
            control_measures="Ask for the animal to be secured before you enter",
        ),
    )
    return council


def _days_list() -> str:
    calm = [
        f"{8 + number // 6:02}:{number % 6}0\tBarnaby Unlisted\t{number} {STREETS[number % 4]}"
        for number in range(1, 15)
    ]
    calm[4] = "08:50\tJon Smyth\t14 Mill Lane"
    calm[7] = "09:20\tMr\t"
    calm[10] = "09:50\tGas safety\t212 Quarry Hill"
    return "\n".join(calm)


def test_round_is_checked_in_every_look(
    page: Page, council: Council, enter, assert_accessible, take: Take, request
) -> None:
    look = request.node.callspec.params["page"]
    enter(page, make_reader(council))
    page.goto("/cautionary/check/")
    page.get_by_role("link", name="Check a round of visits").click()
    assert_accessible(page)
    take(page, f"visits-{look}")

    page.get_by_label("The visits, one on each line").fill(_days_list())
    page.get_by_role("button", name="Check the visits").click()

    expect(page.get_by_role("heading", name="2 of 14 visits found something")).to_be_in_viewport()
    expect(page.get_by_text("Do not visit alone. Phone first")).to_be_in_viewport()
    expect(page.get_by_text("Checking 14 visits")).to_be_hidden()
    expect(page.get_by_text("14 of 14")).to_be_hidden()
    expect(page.get_by_text("End of the list: 14 visits.")).to_be_visible()
    expect(page.get_by_text("This is too little to check")).to_be_visible()
    assert "smyth" not in page.url.lower()
    assert_accessible(page)
    take(page, f"visits-found-{look}")


def test_list_that_is_too_long_comes_back(
    phone: Page, council: Council, enter, assert_accessible, take: Take
) -> None:
    enter(phone, make_reader(council))
    phone.goto("/cautionary/check/visits/")
    lines = "\n".join(f"Barnaby Unlisted, {number} Tansy Row" for number in range(1, 204))
    phone.get_by_label("The visits, one on each line").fill(lines)
    phone.get_by_role("button", name="Check the visits").click()

    expect(phone.get_by_role("alert")).to_contain_text("The list has more than 200 visits")
    expect(phone.get_by_label("The visits, one on each line")).to_have_value(lines)
    assert_accessible(phone)
    take(phone, "visits-too-many-phone")


def test_page_shows_that_it_goes_on(
    phone: Page,
    council: Council,
    enter,
    assert_accessible,
    take: Take,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search, asked, go_on = check_module.search, [], Event()

    def wait_after_ten(question: Any, **options: Any) -> Any:
        asked.append(question)
        if len(asked) > 10:
            go_on.wait(30)
        return search(question, **options)

    monkeypatch.setattr(check_module, "search", wait_after_ten)
    enter(phone, make_reader(council))
    phone.goto("/cautionary/check/visits/")
    phone.get_by_label("The visits, one on each line").fill(_days_list())
    phone.get_by_role("button", name="Check the visits").click(no_wait_after=True)

    try:
        expect(phone.get_by_role("heading", name="Checking 14 visits")).to_be_visible()
        expect(phone.get_by_text("10 of 14")).to_be_visible()
        expect(phone.get_by_text("None recorded")).to_have_count(0)
        take(phone, "visits-checking-phone")
    finally:
        go_on.set()
    expect(phone.get_by_text("End of the list: 14 visits.")).to_be_visible()
    expect(phone.get_by_text("10 of 14")).to_be_hidden()
    assert_accessible(phone)


def test_column_that_was_not_read_is_told_at_the_top_and_a_visit_begun_again(
    phone: Page, council: Council, enter, assert_accessible, take: Take
) -> None:
    enter(phone, make_reader(council))
    phone.goto("/cautionary/check/visits/")
    lines = "Ref,Punter,Address,Postcode\nT1,Clive Rostron,14 Mill Lane,WX1 9ZZ"
    phone.get_by_label("The visits, one on each line").fill(lines)
    phone.get_by_role("button", name="Check the visits").click()

    expect(phone.get_by_text("The column “Punter” was not read")).to_be_in_viewport()
    expect(phone.get_by_text("(not checked: T1, Clive Rostron)")).to_be_visible()
    assert_accessible(phone)
    take(phone, "visits-not-read-phone")

    phone.get_by_role("button", name="Check this visit again").click()
    box = phone.get_by_label("Name, address, postcode, phone or date of birth")
    expect(box).to_have_value("14 Mill Lane, WX1 9ZZ")
    assert "mill" not in phone.url.lower()
