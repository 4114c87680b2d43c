"""Named systems in a browser: one person names, the key is shown once, another approves."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.api.systems import administrator_of, named
from tests.browser.pictures import Take, tall
from tests.council import Council, found_council, let_into_wagtail

pytestmark = [pytest.mark.browser, pytest.mark.clause("A40")]

LOOKS = ["phone-light", "desk-dark"]


@pytest.fixture
def council(transactional_db: None) -> Council:
    return found_council()


@pytest.fixture(params=LOOKS)
def how(request: pytest.FixtureRequest) -> str:
    """How the page looks: on which screen, light or dark."""
    return str(request.param)


@pytest.fixture
def look(how: str, open_page: Any) -> Page:
    page: Page = open_page(how)
    return page


@pytest.fixture
def take(take: Take, how: str) -> Take:
    """Take the whole page, named after how it looks."""
    whole = tall(take)
    return lambda page, name: whole(page, f"{name}-{how}")


def test_system_is_named_and_its_key_shown_once(
    look: Page, council: Council, enter: Any, assert_accessible: Any, take: Take
) -> None:
    keeper = administrator_of(council)
    let_into_wagtail(keeper)
    enter(look, keeper)
    look.goto(reverse("cautionary_systems_modeladmin_index"))
    assert_accessible(look)
    take(look, "systems-none")
    look.get_by_role("link", name="Name a system").click()
    look.get_by_label("Name", exact=True).fill("Diary of the repairs service")
    look.get_by_label("Short name").fill("diary")
    look.get_by_label("Check before a visit").check()
    look.get_by_label(council.register.name).check()
    look.get_by_label("For which service?").select_option("Housing")
    look.get_by_label("A visit to a home or site").check()
    look.get_by_label("From which networks does it call?").fill("everywhere")
    look.get_by_label("How many checks").fill("40")
    end = timezone.localdate() + timedelta(days=180)
    look.get_by_label("Until when?").fill(f"{end.day} {end.month} {end.year}")
    look.get_by_role("button", name="Name it, and show its key").click()
    assert_accessible(look)
    take(look, "systems-fault")
    look.get_by_label("From which networks does it call?").fill("10.20.30.0/24")
    look.get_by_role("button", name="Name it, and show its key").click()

    expect(look.get_by_text("only time that the key is shown")).to_be_visible()
    assert_accessible(look)
    take(look, "systems-key")


def test_owner_approves_what_another_has_named(
    look: Page, council: Council, enter: Any, assert_accessible: Any, take: Take
) -> None:
    named(council, name="Diary of the repairs service")
    let_into_wagtail(council.owner)
    enter(look, council.owner)
    look.goto(reverse("cautionary_systems_modeladmin_inspect", args=["diary"]))
    assert_accessible(look)
    take(look, "systems-waiting")
    look.get_by_role("link", name="Approve").click()
    assert_accessible(look)
    take(look, "systems-approve")
    look.get_by_role("button", name="Approve it").click()

    expect(look.get_by_text("Approved", exact=True)).to_be_visible()
    look.goto(reverse("cautionary_systems_modeladmin_index"))
    expect(look.get_by_text("May call")).to_be_visible()
    take(look, "systems-list")
