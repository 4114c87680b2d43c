"""An appeal and a review in a browser: clerk, hearers, director, Health and Safety Officer."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.appeals import name_hearers, propose_outcome
from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.models import Appeal, Entry, Review
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.vocabulary import AppealOutcome
from tests.actions.appeals.course.steps import lodge, settle_comments
from tests.actions.reviews.course.steps import propose
from tests.browser.pictures import Take, tall
from tests.council import PLANTED, let_into_wagtail
from tests.entry_with_past import GROUNDS, REASONS, Scene, joined_report, set_scene

pytestmark = pytest.mark.browser

LOOKS = ["phone-light", "desk-dark"]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    scene = set_scene(ends_in_days=20)
    for person in (scene.clerk, scene.director, scene.safety, *scene.hearers):
        let_into_wagtail(person)
    return scene


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, open_page) -> Page:
    page = open_page(request.param)
    page.look = request.param
    return page


@pytest.fixture
def take(take: Take) -> Take:
    return tall(take)


@pytest.mark.clause("A24")
def test_clerk_records_an_appeal_and_names_its_hearers(
    look: Page, scene: Scene, enter, assert_accessible, take: Take
) -> None:
    enter(look, scene.clerk)
    look.goto("/admin/cautionary/appeals/")
    expect(look.get_by_text("No appeal is on file")).to_be_visible()
    assert_accessible(look)

    look.get_by_role("link", name="Record an appeal").click()
    look.get_by_label("Reference of the entry").fill("CPR-0000")
    look.get_by_label("When did the appeal come in?").fill(f"{scene.today:%d %B %Y}")
    look.get_by_label("What does the individual say?").fill(GROUNDS)
    look.get_by_role("button", name="Record the appeal").click()
    expect(look.get_by_role("alert")).to_contain_text("No entry has this reference")
    assert_accessible(look)
    take(look, f"appeal-record-{look.look}")
    look.get_by_label("Reference of the entry").fill(scene.entry.reference)
    look.get_by_role("button", name="Record the appeal").click()
    expect(look.get_by_role("heading", name="What happened when")).to_be_visible()
    assert_accessible(look)

    look.get_by_role("link", name="Name the hearers").click()
    assert_accessible(look)
    take(look, f"appeal-hearers-{look.look}")
    for hearer in scene.hearers:
        look.get_by_label(hearer.username).check()
    look.get_by_role("button", name="Name them").click()
    expect(look.get_by_text("was named to hear it").first).to_be_visible()
    assert_accessible(look)
    take(look, f"appeal-{look.look}")


@pytest.mark.clause("A24")
def test_hearer_reads_the_papers_and_proposes_and_the_other_signs(
    look: Page, scene: Scene, enter, assert_accessible, take: Take
) -> None:
    appeal = lodge(scene)
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    settle_comments(appeal)
    first, second = scene.hearers
    enter(look, first)
    look.goto(f"/admin/cautionary/hearings/{appeal.reference}/")
    expect(look.get_by_text(PLANTED)).to_be_visible()
    assert_accessible(look)
    take(look, f"hearing-{look.look}")

    look.get_by_role("link", name="Propose an outcome").click()
    look.get_by_label("The entry is changed").check()
    look.get_by_label("Reasons").fill(REASONS)
    look.get_by_label("Risk", exact=True).select_option("medium")
    look.get_by_label("No home visits").uncheck()
    assert_accessible(look)
    take(look, f"appeal-propose-{look.look}")
    look.get_by_role("button", name="Read it back").click()
    expect(look.get_by_text("High → Medium")).to_be_visible()
    assert_accessible(look)
    take(look, f"appeal-read-back-{look.look}")
    look.get_by_role("button", name="Propose and sign").click()
    expect(look.get_by_text("Outcome proposed, waiting for the other hearers")).to_be_visible()

    enter(look, second)
    look.goto(f"/admin/cautionary/hearings/{appeal.reference}/sign/")
    assert_accessible(look)
    take(look, f"appeal-sign-{look.look}")
    look.get_by_role("button", name="Sign", exact=True).click()
    expect(look.get_by_text("its papers are closed")).to_be_visible()
    assert_accessible(look)
    assert Appeal.objects.get().state == "decided"
    assert Entry.objects.get().risk == "medium"


@pytest.mark.clause("A31")
def test_director_reviews_and_safety_signs(
    look: Page, scene: Scene, enter, assert_accessible, take: Take
) -> None:
    report = joined_report(scene, occurred_days_ago=10)
    enter(look, scene.director)
    look.goto("/admin/cautionary/reviews/")
    look.get_by_role("link", name="Entries due to lapse").click()
    assert_accessible(look)
    take(look, f"reviews-lapsing-{look.look}")
    look.get_by_role("link", name=f"Review {scene.entry.reference}").click()
    assert_accessible(look)
    look.get_by_role("button", name="Begin the review").click()
    look.get_by_role("link", name="Answer and propose").click()

    look.get_by_role("button", name="Read it back").click()
    expect(look.get_by_role("alert")).to_be_visible()
    assert_accessible(look)
    take(look, f"review-propose-{look.look}")
    for factor in factors_for("person"):
        look.get_by_label(factor.label, exact=True).fill(f"Found today. As to {factor.value}.")
    look.get_by_label("Keep the entry for a further period").check()
    look.get_by_label("Reasons", exact=True).fill(REASONS)
    look.get_by_label(report.reference).check()
    new_end = scene.today + timedelta(days=300)
    look.get_by_label("Last day of the further period").fill(f"{new_end:%d %m %Y}")
    look.get_by_role("button", name="Read it back").click()
    expect(look.get_by_role("heading", name="You are about to record this")).to_be_visible()
    assert_accessible(look)
    look.get_by_role("button", name="Propose and sign").click()
    expect(look.get_by_role("heading", name="The proposal")).to_be_visible()

    enter(look, scene.safety)
    look.goto(f"/admin/cautionary/reviews/{Review.objects.get().pk}/sign/")
    assert_accessible(look)
    take(look, f"review-sign-{look.look}")
    look.get_by_label("Your comment").fill("I agree.")
    look.get_by_role("button", name="Sign", exact=True).click()
    expect(look.get_by_text("Signed by both. Before the review can be closed:")).to_be_visible()
    assert_accessible(look)
    take(look, f"review-{look.look}")


@pytest.mark.clause("A30")
def test_director_signs_the_quarter(
    look: Page, scene: Scene, enter, assert_accessible, take: Take
) -> None:
    enter(look, scene.director)
    look.goto("/admin/cautionary/reviews/quarter/cpr/")
    assert_accessible(look)
    take(look, f"quarter-{look.look}")

    look.get_by_role("button", name="Sign the quarterly check").click()

    expect(look.get_by_text(": signed")).to_be_visible()
    assert_accessible(look)


@pytest.mark.clause("A24")
def test_officer_sees_that_the_entry_is_under_appeal(
    phone: Page, scene: Scene, enter, assert_accessible, take: Take
) -> None:
    lodge(scene)
    enter(phone, scene.safety)
    phone.goto("/cautionary/check/")
    phone.get_by_label("Name, address, postcode").fill("thaddeus quimberly gantry mews")
    phone.get_by_role("button", name="Check the register").click()
    expect(phone.get_by_text("Under appeal")).to_be_visible()
    assert_accessible(phone)

    phone.get_by_role("link", name=f"Open {scene.entry.reference}").click()

    expect(phone.get_by_text("An appeal against this entry is open.")).to_be_visible()
    assert_accessible(phone)
    take(phone, "entry-under-appeal-phone")


@pytest.mark.clause("A31")
def test_proposal_that_removes_is_signed_knowingly(
    desk: Page, scene: Scene, enter, assert_accessible
) -> None:
    review = open_review(entry=scene.entry, by=scene.director, at=scene.at)
    propose(scene, review, "remove")  # type: ignore[arg-type]
    enter(desk, scene.safety)
    desk.goto(f"/admin/cautionary/reviews/{review.pk}/sign/")
    expect(desk.get_by_text("takes effect at once and cannot be undone")).to_be_visible()
    assert_accessible(desk)


@pytest.mark.clause("A24")
def test_proposed_outcome_is_sent_back_with_reasons(
    desk: Page, scene: Scene, enter, assert_accessible
) -> None:
    appeal = lodge(scene)
    name_hearers(appeal=appeal, users=scene.hearers, by=scene.clerk, at=scene.at)
    settle_comments(appeal)
    propose_outcome(
        appeal=appeal,
        outcome=AppealOutcome.UPHELD,
        reasons=REASONS,
        by=scene.hearers[0],
        at=scene.at,
    )
    enter(desk, scene.hearers[1])
    desk.goto(f"/admin/cautionary/hearings/{appeal.reference}/")
    desk.get_by_role("link", name="Send it back").click()
    assert_accessible(desk)
    desk.get_by_label("Reasons").fill("The cousin was not asked.")
    desk.get_by_role("button", name="Send it back").click()

    expect(desk.get_by_text("The cousin was not asked.")).to_be_visible()
