"""A briefing lapses while an officer is at work; the trainer's next session lets them in again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.models import Briefing
from cautionary_plugin.rules.posts import PostKind
from tests.browser.pictures import Take, tall
from tests.council import (
    Council,
    found_council,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
    row,
)
from tests.factors import make_person

pytestmark = pytest.mark.browser

HANDLING = "Do not visit alone. Phone first and agree a call-back time."


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    list_entries(council, row(name="Jonathan Smith", handling=HANDLING))
    return council


@pytest.fixture
def trainer(council: Council) -> Any:
    trainer = make_person("trainer")
    hold_post(council, trainer, PostKind.TRAINER)
    let_into_wagtail(trainer)
    return trainer


def _typed(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@pytest.mark.clause("A49")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_lapse_shuts_the_screen_in_mid_session_until_the_officer_is_briefed(
    open_page: Any,
    council: Council,
    trainer: Any,
    enter: Any,
    assert_accessible: Any,
    take: Take,
    look: str,
) -> None:
    take = tall(take)
    officer = make_reader(council)
    page: Page = open_page(look)
    enter(page, officer)
    page.goto("/cautionary/check/")
    page.get_by_label("Name, address, postcode").fill("jonathan smith")
    page.get_by_role("button", name="Check the register").click()
    expect(page.get_by_text(HANDLING)).to_be_visible()

    two_years_ago = timezone.localdate() - timedelta(days=2 * 366)
    Briefing.objects.filter(user=officer).update(briefed_on=two_years_ago)
    page.get_by_role("button", name="Check the register").click()
    expect(page.get_by_text(HANDLING)).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("briefing")
    assert_accessible(page)
    take(page, f"lapsed-{look}")

    desk: Page = open_page(look)
    enter(desk, trainer)
    desk.goto("/admin/cautionary/training/")
    expect(desk.get_by_text(officer.username).first).to_be_visible()
    assert_accessible(desk)
    take(desk, f"training-{look}")
    desk.get_by_role("link", name="Plan a session").click()
    desk.get_by_label("Day").fill(_typed(timezone.localdate()))
    desk.get_by_label("Place").fill("Committee Room 4")
    desk.get_by_role("button", name="Plan it").click()
    desk.get_by_role("link", name="Put colleagues on the list").click()
    desk.get_by_label("Colleagues").fill(officer.username)
    assert_accessible(desk)
    desk.get_by_role("button", name="Put them on the list").click()
    desk.get_by_role("link", name="Close it").click()
    for box in desk.get_by_role("checkbox").all()[:-1]:
        box.check()
    desk.get_by_role("button", name="Read it back").click()
    expect(desk.get_by_role("alert")).to_contain_text("Not covered")
    assert_accessible(desk)
    take(desk, f"session-incomplete-{look}")
    for box in desk.get_by_role("checkbox").all():
        box.check()
    desk.get_by_role("button", name="Read it back").click()
    assert_accessible(desk)
    take(desk, f"session-read-back-{look}")
    desk.get_by_role("button", name="Close it").click()
    assert_accessible(desk)
    take(desk, f"session-closed-{look}")

    page.goto("/cautionary/check/")
    page.get_by_label("Name, address, postcode").fill("jonathan smith")
    page.get_by_role("button", name="Check the register").click()
    expect(page.get_by_text(HANDLING)).to_be_visible()
