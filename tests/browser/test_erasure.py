"""What was erased and what is held, in a real browser."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.models import LegalHold
from tests.browser.pictures import Take
from tests.council import Council, found_council, let_into_wagtail
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import whole_file

pytestmark = pytest.mark.browser

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def council(transactional_db: None, settings: Any, tmp_path: Path) -> Council:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    council = found_council()
    for days in (-9, -2):
        whole_file(council, at=NOW - 300 * DAY, expires_at=NOW + days * DAY)
    lapse_entries(at=NOW)
    erase_due(at=NOW)
    let_into_wagtail(council.owner)
    return council


@pytest.mark.clause("L7")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_certificates_are_accessible(
    open_page: Any, council: Council, enter: Any, assert_accessible: Any, take: Take, look: str
) -> None:
    page = open_page(look)
    enter(page, council.owner)
    page.goto("/admin/cautionary/certificates/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("cell", name="The term of its entry was over").first).to_be_visible()
    assert_accessible(page)
    take(page, f"certificates-{look}")

    page.get_by_role("link", name="2", exact=True).click()
    expect(page.get_by_text("stored objects, with all versions: 1")).to_be_visible()
    assert_accessible(page)
    take(page, f"certificate-{look}")


@pytest.mark.clause("L13")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_hold_is_placed_and_lifted(
    open_page: Any, council: Council, enter: Any, assert_accessible: Any, take: Take, look: str
) -> None:
    entry = whole_file(council, at=NOW - 300 * DAY, expires_at=NOW + 9 * DAY)
    page: Page = open_page(look)
    enter(page, council.owner)
    page.goto("/admin/cautionary/holds/")
    expect(page.get_by_text("No file is held.")).to_be_visible()
    page.get_by_role("link", name="Place a legal hold").click()
    page.get_by_label("Reference").fill(entry.reference)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Reference")).to_have_value(entry.reference)
    assert_accessible(page)
    take(page, f"hold-problem-{look}")

    page.get_by_label("Reason").fill("Claim 4 of 2026 in the county court")
    page.get_by_label("Keep it until").fill(f"{NOW + 60 * DAY:%d %m %Y}")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="You are about to hold this file")).to_be_visible()
    assert_accessible(page)
    take(page, f"hold-read-back-{look}")

    page.get_by_role("button", name="Place the hold").click()
    expect(page.get_by_text("is held.")).to_be_visible()
    page.reload()  # without Wagtail's message, which fades in
    expect(page.get_by_text("Nothing would be erased yet")).to_be_visible()
    assert_accessible(page)
    take(page, f"hold-{look}")
    page.goto("/admin/cautionary/holds/")
    expect(page.get_by_text("In force")).to_be_visible()
    take(page, f"holds-{look}")

    page.goto(f"/admin/cautionary/holds/{LegalHold.objects.get().pk}/")
    page.get_by_role("button", name="Lift this hold").click()
    expect(page.get_by_text("Nobody can bring it back.")).to_be_visible()
    assert_accessible(page)
    take(page, f"hold-lift-{look}")
    page.get_by_role("button", name="Lift the hold").click()
    expect(page.get_by_text("Lifted", exact=True)).to_be_visible()
