"""An employee with nothing but a password reports on a phone, and gives an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.models import IncidentReport, PolicyLink, Statement
from cautionary_plugin.rules.vocabulary import PolicyText
from tests.browser.pictures import Take
from tests.council import Council, found_council
from tests.factors import make_person
from tests.files import PHOTO
from tests.life import submitted

pytestmark = pytest.mark.browser


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    PolicyLink.objects.create(
        register=council.register,
        text=PolicyText.LONE_WORKING,
        url="https://intranet.example.gov.uk/lone-working",
    )
    return council


def _next(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


@pytest.mark.clause("A3")
@pytest.mark.clause("A4")
@pytest.mark.clause("A6")
@pytest.mark.clause("A9")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_employee_reports_with_a_password_alone(
    look: str,
    open_page,
    council: Council,
    sign_in,
    assert_accessible,
    take: Take,
    settings,
    tmp_path,
) -> None:
    backend = "django.core.files.storage.FileSystemStorage"
    store = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "evidence"}}
    settings.STORAGES = {**settings.STORAGES, "evidence": store}
    settings.CAUTIONARY_EVIDENCE_STORAGE = "evidence"
    photo = tmp_path / "door of the flat.jpg"
    photo.write_bytes(PHOTO)
    page, reporter = open_page(look), make_person("reporter")
    colleague = make_person("colleague")
    day = timezone.localdate() - timedelta(days=2)
    sign_in(page, reporter)

    page.goto("/cautionary/")
    expect(page.get_by_role("heading", name="My reports")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Report an incident or a concern").click()
    expect(page.get_by_role("link", name="Lone working procedures")).to_be_visible()
    assert_accessible(page)
    take(page, f"report-start-{look}")
    page.get_by_label("A customer or another member of the public").check()
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_text("step 1 of 14")).to_be_visible()
    page.get_by_label("Mine").check()
    _next(page)
    page.get_by_label("A threat").check()
    assert_accessible(page)
    take(page, f"report-trigger-{look}")
    _next(page)
    page.get_by_label("Date").fill("31 2 2026")
    page.get_by_label("Place").fill("At the door of 7 Gantry Mews, Weldham")
    _next(page)
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Place")).to_have_value("At the door of 7 Gantry Mews, Weldham")
    assert_accessible(page)
    take(page, f"report-when-wrong-{look}")
    page.get_by_label("Date").fill(f"{day.day} {day.month} {day.year}")
    page.get_by_label("Time").fill("about ten")
    _next(page)
    _next(page)
    page.get_by_label("Full name").fill("Barnabus Thistlewick")
    _next(page)
    page.get_by_label("Date of birth").fill("5 11 1961")
    page.get_by_label("Address").fill("7 Gantry Mews\nWeldham")
    assert_accessible(page)
    take(page, f"report-identify-{look}")
    _next(page)
    page.get_by_label("Threats of violence").check()
    page.get_by_label("Weapon").check()
    _next(page)
    page.get_by_label("What I saw and heard").fill("He lifted a spade and walked at me.")
    take(page, f"report-seen-{look}")
    _next(page)
    _next(page)
    _next(page)
    page.get_by_label("Colleagues who were concerned").fill("colleague")
    assert_accessible(page)
    _next(page)
    page.get_by_label("Yes").check()
    _next(page)
    page.get_by_label("No").check()
    assert_accessible(page)
    take(page, f"report-police-{look}")
    _next(page)
    page.get_by_label("Add photos or files").set_input_files(photo)
    page.get_by_role("button", name="Add what I chose").click()
    expect(page.get_by_text("door of the flat.jpg").first).to_be_visible()
    assert_accessible(page)
    take(page, f"report-evidence-{look}")
    _next(page)

    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.get_by_text("5 November 1961")).to_be_visible()
    assert_accessible(page)
    take(page, f"report-check-{look}")
    page.get_by_role("link", name="What did you see or hear yourself?").click()
    page.get_by_label("What I saw and heard").fill("He lifted a spade over his head.")
    _next(page)
    page.get_by_role("button", name="Send the report").click()

    expect(page.get_by_role("heading", name="Your report was sent")).to_be_visible()
    assert_accessible(page)
    take(page, f"report-sent-{look}")
    page.get_by_role("main").get_by_role("link", name="My reports").click()
    expect(page.get_by_text("Waits for a countersignature")).to_be_visible()
    expect(page.get_by_text("Thistlewick")).to_have_count(0)
    assert_accessible(page)
    take(page, f"report-mine-{look}")
    report = IncidentReport.objects.get()
    assert (report.state, report.seen) == ("submitted", "He lifted a spade over his head.")
    assert Statement.objects.get().employee == colleague
    assert report.case_file.evidence.get().kind == "image/jpeg"


@pytest.mark.clause("A11")
@pytest.mark.parametrize("look", ["phone-light", "desk-dark"])
def test_colleague_gives_an_account(
    look: str, open_page, council: Council, sign_in, assert_accessible, take: Take
) -> None:
    page, colleague = open_page(look), make_person("colleague")
    submitted(council, others={"colleagues": [str(colleague.pk)]})
    sign_in(page, colleague)

    page.goto("/cautionary/reports/")
    expect(page.get_by_text("You have not reported anything yet")).to_be_visible()
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_text("Thistlewick")).to_have_count(0)
    assert_accessible(page)
    take(page, f"account-list-{look}")
    page.get_by_role("link", name="Give your account").click()
    page.get_by_label("What you saw and heard yourself").fill("I was at the van.\nHe shouted.")
    assert_accessible(page)
    take(page, f"account-give-{look}")
    page.get_by_role("button", name="Next: read it over").click()
    expect(page.get_by_text("He shouted.")).to_be_visible()
    assert_accessible(page)
    take(page, f"account-read-{look}")
    page.get_by_role("button", name="Send it").click()

    expect(page.get_by_text("You sent your account on")).to_be_visible()
    expect(page.get_by_text("He shouted.")).to_have_count(0)
    assert Statement.objects.get().text == "I was at the van.\nHe shouted."


@pytest.mark.clause("A2")
def test_dangerous_animal_has_questions_of_its_own(
    phone: Page, council: Council, sign_in, assert_accessible, take: Take
) -> None:
    reporter: Any = make_person("reporter")
    sign_in(phone, reporter)

    phone.goto("/cautionary/report/")
    phone.get_by_label("A dangerous animal at an address").check()
    phone.get_by_role("button", name="Start").click()
    phone.get_by_label("Mine").check()
    _next(phone)
    phone.get_by_label("Address").fill("212 Quarry Hill, Weldham")
    phone.get_by_label("Postcode").fill("WX2 1AA")
    _next(phone)
    phone.get_by_label("The animal").fill("Two large dogs")
    phone.get_by_label("Yes, it was loose").check()
    assert_accessible(phone)
    take(phone, "report-animal-phone")
    _next(phone)
    expect(phone.get_by_text("When did it happen, or when was the animal seen?")).to_be_visible()
