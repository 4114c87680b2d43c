"""A housing officer on a phone, from the first sign-in to the entry; the superuser gets nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.enrolment import issue_enrolment_code
from cautionary_plugin.models import Authenticator
from tests.browser.pictures import Take
from tests.council import Council, found_council, list_entries, make_reader, row
from tests.factors import make_person, shown_on_phone

pytestmark = pytest.mark.browser


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    list_entries(
        council,
        row(
            name="Jonathan Smith",
            aliases="Jonny Smythe",
            date_of_birth="27/03/1984",
            address="14 Mill Lane, Weldham",
            postcode="WX1 4AB",
            spoc="Head of Housing, 01632 960 114",
            control_measures="Do not visit alone; Phone first",
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


def _ask(page: Page, words: str) -> None:
    page.goto("/cautionary/check/")
    page.get_by_label("Name, address, postcode").fill(words)
    page.get_by_role("button", name="Check the register").click()


@pytest.mark.clause("A40")
@pytest.mark.clause("L4")
@pytest.mark.clause("L12")
def test_officer_enrols_and_checks_on_a_phone(
    phone: Page, council: Council, assert_accessible, take: Take
):
    officer = make_reader(council)
    code = issue_enrolment_code(for_user=officer, by=council.owner, at=timezone.now())

    phone.goto("/cautionary/")
    assert_accessible(phone)
    take(phone, "sign-in-phone")
    phone.get_by_label("Username").fill(officer.username)
    phone.get_by_label("Password").fill("a password")
    phone.get_by_role("button", name="Sign in").click()

    phone.get_by_label("Enrolment code").fill(code)
    assert_accessible(phone)
    phone.get_by_role("button", name="Continue").click()

    qr = phone.locator("img.c-qr")
    assert qr.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert_accessible(phone)
    take(phone, "enrol-phone")
    digits = shown_on_phone(Authenticator.objects.get(user=officer))
    phone.get_by_label("Six-digit code").fill(digits)
    phone.get_by_role("button", name="Continue").click()

    assert_accessible(phone)
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Continue").click()

    expect(phone.get_by_role("heading", name="Check before you go")).to_be_visible()
    assert_accessible(phone)
    take(phone, "check-phone")

    _ask(phone, "jon smyth 14 mill lane")
    expect(phone.get_by_text("Do not visit alone. Phone first")).to_be_in_viewport()
    assert "smyth" not in phone.url.lower()
    assert_accessible(phone)
    take(phone, "found-phone")

    phone.get_by_role("link", name="Open CPR-").first.click()
    expect(phone.get_by_text("Born 27 March 1984")).to_be_visible()
    assert_accessible(phone)
    take(phone, "entry-phone")
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_role("button", name="I have read this")).to_have_count(0)

    _ask(phone, "212 quarry hill")
    expect(phone.get_by_text("Ask for the dogs to be secured")).to_be_in_viewport()
    take(phone, "premises-phone")

    _ask(phone, "Barnaby Unlisted 1 2 1990")
    expect(phone.get_by_role("heading", name="None recorded")).to_be_in_viewport()
    assert_accessible(phone)
    take(phone, "none-phone")

    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("button", name="Sign out")).to_have_count(0)
    phone.goto("/cautionary/check/")
    expect(phone.get_by_label("Password")).to_be_visible()


@pytest.mark.clause("L4")
def test_failed_check_is_red_and_gives_the_number_to_ring(
    phone: Page, council: Council, enter, assert_accessible, take: Take, settings
):
    settings.CAUTIONARY_DUTY_PHONE = "01632 960 100"
    enter(phone, make_reader(council))
    council.register.entries.all().delete()  # past the actions: the lookup is out of step

    _ask(phone, "jon smyth")

    expect(phone.get_by_role("heading", name="The check failed")).to_be_in_viewport()
    expect(phone.get_by_text("Ring 01632 960 100").first).to_be_in_viewport()
    expect(phone.get_by_text("None recorded")).to_have_count(0)
    assert_accessible(phone)
    take(phone, "failed-phone")


@pytest.mark.clause("A40")
def test_superuser_without_a_post_gets_nothing(
    desk: Page, council: Council, enter, assert_accessible, take: Take
):
    superuser = make_person("administrator")
    superuser.is_superuser = superuser.is_staff = True
    superuser.save()
    enter(desk, superuser)

    _ = desk.goto("/cautionary/check/")
    expect(desk.get_by_role("heading", name="You may not open this")).to_be_visible()
    assert_accessible(desk)
    take(desk, "superuser-refused")
    desk.goto("/admin/")
    expect(desk.get_by_role("link", name="Cautionary register")).to_have_count(0)
    desk.goto("/admin/cautionary/register/")
    expect(desk.get_by_role("heading", name="You may not open this")).to_be_visible()
    assert "Smith" not in desk.content()


def test_staff_screens_are_accessible_in_every_look(
    page: Page, council: Council, enter, assert_accessible, take: Take, request
):
    look = request.node.callspec.params["page"]
    enter(page, council.owner)
    for name, path in {
        "check": "check/",
        "access": "access/",
        "ask": "access/ask/",
        "emergency": "access/emergency/",
        "people": "people/",
        "appoint": "people/posts/appoint/",
        "brief": "people/briefings/",
        "second-factor": "second-factor/mine/",
        "colleagues": "second-factor/colleagues/",
    }.items():
        page.goto(f"/cautionary/{path}")
        assert_accessible(page)
        take(page, f"{name}-{look}")
    _ask(page, "jonathan smith 14 mill lane 27 3 1984")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    assert_accessible(page)
    take(page, f"found-{look}")


def test_wrong_input_comes_back_with_a_summary_that_links_to_the_field(
    phone: Page, council: Council, enter, assert_accessible
):
    enter(phone, council.owner)
    phone.goto("/cautionary/access/ask/")
    phone.get_by_label("How the job meets").fill("Visits")
    phone.get_by_label("Until").fill("31 31 2031")
    phone.get_by_role("button", name="Ask for access").click()

    summary = phone.get_by_role("alert")
    expect(summary).to_be_visible()
    summary.get_by_role("link", name="Until").click()
    expect(phone.get_by_label("Until")).to_be_focused()
    expect(phone.get_by_label("Until")).to_have_value("31 31 2031")
    expect(phone.get_by_label("How the job meets")).to_have_value("Visits")
    assert_accessible(phone)


def test_entry_ends_while_the_officer_reads_it(phone: Page, council: Council, enter):
    enter(phone, make_reader(council))
    _ask(phone, "jonathan smith 14 mill lane")
    council.register.entries.update(
        expires_at=timezone.now(), starts_at=timezone.now() - timedelta(days=1)
    )

    phone.get_by_role("link", name="Open CPR-").first.click()

    expect(phone.get_by_role("heading", name="You may not open this")).to_be_visible()
    assert "Smith" not in phone.content()
