"""The data protection officer answers last year's questions, and a subject access request."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.foi_people import count_people
from cautionary_plugin.actions.tallies import count_added, count_removed
from cautionary_plugin.models import AccessRequest, Entry
from cautionary_plugin.rules.vocabulary import Risk, WhyEnded
from tests.access_requests import look_at_all, man_desk
from tests.browser.pictures import Take, tall
from tests.council import found_council, let_into_wagtail, list_entries, row
from tests.life import entered
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import evidence_on

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(transactional_db: None) -> Any:
    then = timezone.now() - timedelta(days=365)
    council = found_council(at=then - timedelta(days=30))
    days = [timezone.localdate().replace(year=year, day=1) for year in (1952, 1971, 1988)]
    people = [("person", Risk.LOW, days[number % 3]) for number in range(38)]
    premises = [("premises", Risk.HIGH, None)] * 3
    count_added(council.register, [*people, *premises], at=then)
    ended = [(council.register.pk, then - timedelta(days=300), WhyEnded.EXPIRED)] * 31
    count_removed(ended, at=then)
    list_entries(council, *(row(name=f"Ada Fenwick {n}") for n in range(24)))
    count_people(at=timezone.now())
    desk = man_desk(council)
    let_into_wagtail(desk.officer)
    return desk


@pytest.mark.clause("L6")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_last_years_figures_are_told(
    open_page: Any, desk: Any, enter: Any, assert_accessible: Any, take: Take, look: str
) -> None:
    take = tall(take)
    page: Page = open_page(look)
    enter(page, desk.officer)
    page.goto("/admin/cautionary/freedom-of-information/")
    assert_accessible(page)
    take(page, f"foi-years-{look}")

    page.locator(".cautionary-admin li a").first.click()
    expect(page.get_by_text("fewer than 5").first).to_be_visible()
    assert_accessible(page)
    take(page, f"foi-year-{look}")

    with page.expect_download() as got:
        page.get_by_role("link", name="Download as a spreadsheet").click()
    assert got.value.suggested_filename.endswith(".xlsx")


@pytest.mark.clause("L8")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_pack_is_gone_through_and_released(
    open_page: Any,
    desk: Any,
    enter: Any,
    assert_accessible: Any,
    take: Take,
    look: str,
    settings: Any,
    tmp_path: Path,
) -> None:
    take = tall(take)
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    entry: Entry = entered(desk.council)
    evidence_on(entry.case_file, b"He came back the next day.", at=timezone.now())
    page: Page = open_page(look)
    enter(page, desk.officer)
    page.goto("/admin/cautionary/access-requests/")
    page.get_by_role("link", name="Record a request").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    take(page, f"access-request-problem-{look}")

    today = timezone.localdate()
    page.get_by_label("Reference").fill(entry.reference)
    page.get_by_label("Received on").fill(f"{today.day} {today:%B %Y}")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Record who asks").click()
    page.get_by_label("How do you know who asks?").fill("Driving licence, seen at the counter.")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("button", name="Prepare the pack").click()
    expect(page.get_by_text("Nobody has looked at it").first).to_be_visible()
    assert_accessible(page)
    take(page, f"access-request-{look}")

    page.get_by_role("link", name="What the reporter saw or heard").click()
    expect(page.get_by_label("Withhold it")).to_be_checked()
    assert_accessible(page)
    take(page, f"access-line-{look}")
    page.goto(f"/admin/cautionary/access-requests/{AccessRequest.objects.get()}/")
    page.get_by_role("link", name="The file", exact=True).click()
    expect(page.get_by_label("Withhold it")).to_be_checked()
    assert_accessible(page)
    take(page, f"access-line-file-{look}")
    with page.expect_download() as got:
        page.get_by_role("link", name="Open the file").click()
    assert got.value.suggested_filename.endswith(".txt")
    page.goto("/admin/cautionary/access-requests/")
    assert_accessible(page)
    take(page, f"access-requests-{look}")

    request = AccessRequest.objects.get()
    look_at_all(desk, request, at=timezone.now())
    page.get_by_role("link", name=request.reference).click()
    page.get_by_role("link", name="Release the pack").click()
    assert_accessible(page)
    take(page, f"access-release-{look}")
    page.get_by_role("button", name="Release it").click()
    expect(page.get_by_text("Answered")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Download the pack as PDF").click()
    assert got.value.suggested_filename == f"{request.reference}.pdf"
    with page.expect_download() as got:
        page.get_by_role("link", name="Download it with its files (ZIP)").click()
    assert got.value.suggested_filename == f"{request.reference}.zip"
