"""Countersign, decide and correct, in Chromium."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.corrections import dispute_accuracy
from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import Evidence, IncidentReport
from cautionary_plugin.rules.factors import factors_for
from tests.browser.pictures import Take
from tests.council import Council, found_council, let_into_wagtail
from tests.factors import make_person
from tests.life import countersigned, entered, head_of_service, submitted

pytestmark = pytest.mark.browser

BOTH = ["phone-light", "desk-dark"]


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    let_into_wagtail(council.owner)
    let_into_wagtail(head_of_service(council))
    return council


def with_evidence(report: IncidentReport) -> IncidentReport:
    Evidence.objects.create(
        case_file=report.case_file,
        object_name="a-random-name",
        kind="image/jpeg",
        size=204_800,
        title="spade.jpg",
        added_at=timezone.now(),
    )
    return report


@pytest.mark.clause("A8")
@pytest.mark.parametrize("look", BOTH)
def test_head_of_service_countersigns(
    look: str,
    council: Council,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    report = with_evidence(
        submitted(council, told={"told": "He did it before.", "told_by": "A neighbour"})
    )
    page = open_page(look)
    enter(page, head_of_service(council))

    page.goto(reverse("cautionary_countersign"))
    assert_accessible(page)
    take(page, f"countersign-list-{look}")
    page.get_by_role("link", name=report.reference).click()
    expect(page.get_by_role("heading", name="Accounts")).to_be_visible()
    assert_accessible(page)
    take(page, f"countersign-{look}")
    page.get_by_label("Send it back").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why, in a sentence.")
    assert_accessible(page)
    page.get_by_label("Confirm").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="You are about to record this")).to_be_visible()
    assert_accessible(page)
    take(page, f"countersign-read-back-{look}")
    page.get_by_role("button", name="Record it").click()

    expect(page.get_by_text("is confirmed and waits for a decision")).to_be_visible()


@pytest.mark.clause("A10")
@pytest.mark.clause("A14")
@pytest.mark.parametrize("look", BOTH)
def test_director_adds_to_the_register(
    look: str,
    council: Council,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    entered(council)
    report = with_evidence(countersigned(council, make_person("another")))
    page = open_page(look)
    enter(page, council.owner)

    page.goto(reverse("cautionary_decide"))
    assert_accessible(page)
    page.get_by_role("link", name=report.reference).click()
    expect(page.get_by_text("Looks like the same.")).to_be_visible()
    assert_accessible(page)
    take(page, f"decide-report-{look}")
    page.get_by_role("link", name="Add to the register").click()
    expect(page.get_by_role("button", name="Read it back")).to_be_visible()
    take(page, f"decide-form-{look}")
    assert_accessible(page)
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)
    take(page, f"decide-problems-{look}")

    for factor in factors_for("person"):
        page.get_by_label(factor.label).fill("Weighed with care, in a sentence.")
    page.get_by_label("How was it checked").fill("The tenancy file has the same date of birth.")
    page.get_by_label("How do you know that this is not").fill("His son, of the same name.")
    risk = page.get_by_role("group", name="Is there a credible risk")
    risk.get_by_label("Yes").check()
    page.get_by_label("Why is the risk credible?").fill("He has the spade at hand.")
    page.get_by_role("group", name="Level of risk").get_by_label("High").check()
    page.get_by_label("Handling instructions").fill("Do not visit alone.")
    page.get_by_label("Phone first").check()
    page.get_by_label("Housing").check()
    page.get_by_label("Why these services?").fill("Housing officers visit the address.")
    page.get_by_label("What happened, in your own words").fill("Raised a spade at an employee.")
    page.get_by_label("duty of care to employees").check()
    page.get_by_label("Reasons for the decision").fill("Two surveyors saw it.")
    page.get_by_role("button", name="Read it back").click()
    expect(page.get_by_role("heading", name="You are about to decide: Add")).to_be_visible()
    assert_accessible(page)
    take(page, f"decide-read-back-{look}")
    page.get_by_role("button", name="Record the decision").click()

    expect(page.get_by_role("heading", name="What is due now")).to_be_visible()
    assert_accessible(page)
    take(page, f"decide-done-{look}")


@pytest.mark.clause("A11")
@pytest.mark.clause("A12")
@pytest.mark.parametrize("look", BOTH)
def test_director_sees_what_the_decision_waits_for(
    look: str,
    council: Council,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    report = countersigned(council, crime={"crime": "yes"})
    invite(
        employees=[make_person("employee")],
        case_file=report.case_file,
        report=report,
        due_on=timezone.localdate() + timedelta(days=5),
        at=timezone.now(),
    )
    page = open_page(look)
    enter(page, council.owner)

    page.goto(reverse("cautionary_decide_report", args=[report.reference]))
    expect(page.get_by_role("heading", name="What the decision waits for")).to_be_visible()
    assert_accessible(page)
    take(page, f"decide-waits-{look}")
    page.get_by_role("link", name="Record what the Police know").click()
    assert_accessible(page)
    take(page, f"police-{look}")


@pytest.mark.clause("L3")
@pytest.mark.parametrize("look", BOTH)
def test_director_corrects_a_disputed_entry(
    look: str,
    council: Council,
    open_page: Callable[[str], Page],
    enter,
    assert_accessible,
    take: Take,
):
    entry = entered(council)
    dispute_accuracy(entry=entry, by=council.owner, at=timezone.now())
    page = open_page(look)
    enter(page, council.owner)

    page.goto(reverse("cautionary_register_modeladmin_inspect", args=[entry.reference]))
    expect(page.get_by_text("The accuracy of this entry is disputed.")).to_be_visible()
    assert_accessible(page)
    take(page, f"entry-disputed-{look}")
    page.get_by_role("link", name="Correct a fact").click()
    assert_accessible(page)
    page.get_by_role("link", name="Correct Names").click()
    page.get_by_label("Names").fill("Leopold Wainscott")
    page.get_by_label("Why is it corrected?").fill("The tenancy file says so.")
    assert_accessible(page)
    take(page, f"correct-{look}")
    page.get_by_role("button", name="Correct it").click()

    expect(page.get_by_role("article")).to_contain_text("Leopold Wainscott")
    assert_accessible(page)
    take(page, f"corrections-{look}")
    page.get_by_role("link", name="Back to the entry").click()
    page.get_by_role("link", name="Withdraw").click()
    assert_accessible(page)
    take(page, f"withdraw-{look}")
