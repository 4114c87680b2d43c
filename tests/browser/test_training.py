"""Training in a real browser: a session is closed, a lapse shuts a screen, a page is confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Locale, Site
from wagtail.models import Page as WagtailPage

from cautionary_plugin.actions.training import expect as put_on_the_list
from cautionary_plugin.actions.training import plan_session
from cautionary_plugin.models import Briefing
from cautionary_plugin.pages.models import PolicyPage
from cautionary_plugin.rules.posts import PostKind
from tests.browser.pictures import Take, tall
from tests.council import (
    PLANTED,
    Council,
    found_council,
    grant,
    hold_post,
    let_into_wagtail,
    list_entries,
    make_reader,
)
from tests.factors import make_person

pytestmark = pytest.mark.browser

WORDS = "Report each incident, threat or concern."


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    list_entries(council)
    return council


@pytest.fixture
def trainer(council: Council) -> Any:
    person = make_person("trainer")
    hold_post(council, person, PostKind.TRAINER)
    let_into_wagtail(person)
    return person


@pytest.fixture
def policy(transactional_db: None) -> Any:
    """A published page, on a site of its own: tests that commit take the migrations' pages away."""
    if not Locale.objects.exists():
        Locale.objects.create(language_code="en-gb")
    top = WagtailPage.get_first_root_node() or WagtailPage.add_root(title="Root", slug="root")
    home = top.get_children().first() or top.add_child(title="Home", slug="home")
    Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    page = PolicyPage(title="The policy in short", slug="in-short", body=f"<p>{WORDS}</p>")
    home.add_child(instance=page).save_revision().publish()
    return page


@pytest.mark.clause("A49")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_trainer_closes_a_session(
    open_page: Any,
    council: Council,
    trainer: Any,
    enter: Any,
    assert_accessible: Any,
    take: Take,
    look: str,
) -> None:
    take = tall(take)
    officer, now = make_person("officer"), timezone.now()
    grant(council, officer)
    due = make_reader(council, "due")
    Briefing.objects.filter(user=due).update(briefed_on=now.date() - timedelta(days=700))
    session = plan_session(
        held_on=timezone.localdate(now), place="Committee Room 2", by=trainer, at=now
    )
    put_on_the_list(session=session, people=[officer, due], by=trainer, at=now)
    page: Page = open_page(look)
    enter(page, trainer)
    page.goto("/admin/cautionary/training/")
    expect(page.get_by_text("never briefed")).to_be_visible()
    assert_accessible(page)
    take(page, f"training-{look}")

    page.get_by_role("link", name=f"{now.day} {now:%B %Y}").click()
    assert_accessible(page)
    take(page, f"training-session-{look}")
    page.get_by_role("link", name="Close it: say who came").click()
    page.get_by_label("officer").check()
    page.get_by_label("The council’s policy").check()
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Review procedures").check()
    page.get_by_label("Data security").check()
    page.get_by_role("button", name="Read it back").click()
    assert_accessible(page)
    take(page, f"training-read-back-{look}")
    page.get_by_role("button", name="Close it").click()

    expect(page.get_by_text("Came: briefed")).to_be_visible()
    expect(page.get_by_text("Did not come")).to_be_visible()


@pytest.mark.clause("A48")
@pytest.mark.clause("A49")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_lapse_shuts_the_screen_and_training_says_what_to_do(
    open_page: Any,
    council: Council,
    policy: Any,
    enter: Any,
    assert_accessible: Any,
    take: Take,
    look: str,
) -> None:
    officer = make_reader(council)
    page: Page = open_page(look)
    enter(page, officer)
    page.goto("/cautionary/check/")
    page.get_by_label("Name, address, postcode").fill("quimberly gantry")
    page.get_by_role("button", name="Check the register").click()
    expect(page.get_by_text(PLANTED).first).to_be_visible()

    Briefing.objects.filter(user=officer).update(briefed_on="2020-01-01")
    page.get_by_role("link", name="Open CPR-").first.click()
    expect(page.get_by_text("Your briefing has lapsed.")).to_be_visible()
    expect(page.get_by_text(PLANTED)).to_have_count(0)
    assert_accessible(page)
    take(page, f"lapsed-{look}")

    page.get_by_role("link", name="Training").click()
    expect(page.get_by_text("The register is shut to you")).to_be_visible()
    assert_accessible(page)
    take(page, f"my-training-{look}")
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert_accessible(page)
    take(page, f"policy-{look}")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("Nothing waits to be read.")).to_be_visible()
