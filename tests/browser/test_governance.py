"""The go-live checklist in a real browser: what is lacking, and a step confirmed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cautionary_plugin.rules.go_live import Step
from tests.browser.pictures import Take, tall
from tests.council import found_council, let_into_wagtail
from tests.governance import NOTE

pytestmark = [pytest.mark.browser, pytest.mark.clause("L9")]


@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_owner_confirms_a_step(
    open_page: Any,
    transactional_db: None,
    enter: Any,
    assert_accessible: Any,
    take: Take,
    look: str,
) -> None:
    take = tall(take)
    owner = found_council().owner
    let_into_wagtail(owner)
    page: Page = open_page(look)
    enter(page, owner)
    page.goto("/admin/cautionary/governance/")
    expect(page.get_by_text("For trials only.")).to_be_visible()
    assert_accessible(page)
    take(page, f"governance-{look}")

    page.get_by_role("link", name=f"Confirm it {Step.ESCROW.label}").click()
    page.get_by_label("Where it is kept").fill(NOTE)
    assert_accessible(page)
    take(page, f"governance-step-{look}")
    page.get_by_role("button", name="Confirm it").click()

    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text("Confirmed on")).to_be_visible()
