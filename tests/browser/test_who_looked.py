"""Who looked, in a real browser: a month with unusual use is looked at and signed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cautionary_plugin.models import Entry
from cautionary_plugin.rules.posts import PostKind
from tests.browser.pictures import Take, tall
from tests.council import hold_post, let_into_wagtail, list_entries, row
from tests.factors import make_person
from tests.usage import colleague, council_of_long_ago, last_month, looked, on, working_day

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(transactional_db: None) -> Any:
    """The data protection officer, after a month in which several people looked."""
    council = council_of_long_ago()
    entries: list[Entry] = list_entries(
        council, row(), row(name="Ada Fenwick", address="1 Low Row, Weldham")
    )
    day = working_day(council.register)
    looked(colleague("mira.hale", "Hale"), council.register, at=on(day, 10), entry=entries[0])
    looked(
        colleague("r.quimberly", "Quimberly"), council.register, at=on(day, 11), entry=entries[0]
    )
    looked(
        colleague("o.night", "Night"), council.register, at=on(last_month(), 2), entry=entries[1]
    )
    looked(colleague("c.curious", "Curious"), council.register, at=on(day, 15), times=64)
    officer = make_person("dpo")
    hold_post(council, officer, PostKind.DATA_PROTECTION)
    let_into_wagtail(officer)
    return officer


@pytest.mark.clause("L5")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_month_is_looked_at_and_signed(
    open_page: Any, officer: Any, enter: Any, assert_accessible: Any, take: Take, look: str
) -> None:
    take = tall(take)
    page: Page = open_page(look)
    enter(page, officer)
    page.goto("/admin/cautionary/who-looked/")
    expect(page.get_by_text("Nobody has reviewed it yet").first).to_be_visible()
    assert_accessible(page)
    take(page, f"who-looked-{look}")

    page.get_by_role("link", name=f"{last_month():%B %Y}").click()
    expect(page.get_by_text("A great many looks on one day")).to_be_visible()
    expect(page.get_by_text("Looked at somebody of the same surname")).to_be_visible()
    assert_accessible(page)
    take(page, f"who-looked-month-{look}")

    page.get_by_role("link", name="Everybody who looked").click()
    assert_accessible(page)
    take(page, f"who-looked-people-{look}")
    page.go_back()

    page.get_by_role("link", name="Sign this month").click()
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    take(page, f"who-looked-problem-{look}")
    page.get_by_label("What did you ask").fill("Asked all three; two were on call, one apologised.")
    page.get_by_role("button", name="Read it back").click()
    assert_accessible(page)
    take(page, f"who-looked-read-back-{look}")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("by dpo")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="c.curious").first.click()
    expect(page.get_by_role("cell", name="Checked the register").first).to_be_visible()
    assert_accessible(page)
    take(page, f"who-looked-lines-{look}")
