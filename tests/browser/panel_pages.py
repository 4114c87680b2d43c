"""What clerk, members and chair do on the panel's pages, step by step, for tests in Chromium."""

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from cautionary_plugin.models import AgendaItem
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome

VERBS = {
    Choice.FOR: "Vote for",
    Choice.AGAINST: "Vote against",
    Choice.ABSTAIN: "Abstain",
}


def go_to_item(page: Page, item: AgendaItem) -> None:
    """Open the page of an item."""
    page.goto(reverse("cautionary_item", args=[item.pk]))


def step(page: Page, anchor: str) -> Locator:
    """One step of the item's page."""
    return page.locator(f"#{anchor}.cautionary-step")


def expect_step_open(page: Page, anchor: str) -> None:
    """The step is unfolded, and begins where the reader sees it: nobody has to scroll to it."""
    expect(step(page, anchor).locator("> details")).to_have_attribute("open", "")
    expect(step(page, anchor)).to_be_in_viewport()


def open_the_item(page: Page) -> None:
    """The clerk turns the panel to the item."""
    page.get_by_role("button", name="Open the item").click()


def answer_health(
    page: Page,
    answer: str = "Nothing is known of any",
    words: str = "The file and the presenter were asked.",
    adjustments: str = "",
) -> None:
    """The first question."""
    health = step(page, "health")
    health.get_by_label(answer).check()
    health.get_by_label("What was considered").fill(words)
    if adjustments:
        health.get_by_label("Changes to the approach").first.fill(adjustments)
    health.get_by_role("button", name="Record the answer").click()


def consult_mosaic(page: Page, *, relevant: bool = False) -> None:
    """The representative of Adult Social Care records a consultation, on their own device."""
    health = step(page, "health")
    health.get_by_role("radio", name="Mosaic").check()
    health.get_by_label("Yes" if relevant else "No", exact=True).check()
    health.get_by_role("button", name="Record the consultation").click()


def record_the_findings(
    page: Page, *, spoc: bool = False, criteria: bool = True, letter: str = "It was tried"
) -> None:
    """Criteria, exceptional circumstances, letter first, point of contact."""
    found = step(page, "findings")
    met = found.get_by_role("group", name="Does the behaviour meet the criteria")
    met.get_by_label("Yes" if criteria else "No", exact=True).check()
    found.get_by_label("Why, or why not?").fill("He shouted abuse on nine days of one month.")
    found.get_by_label("What are the exceptional circumstances?").fill("Two colleagues moved away.")
    found.get_by_label(letter).check()
    found.get_by_label("When was it tried").fill("A letter went out in spring.")
    needed = found.get_by_role("group", name="Is a single point of contact needed")
    needed.get_by_label("Yes" if spoc else "No", exact=True).check()
    found.get_by_label("Why a single point of contact").fill("Three services hear from him daily.")
    found.get_by_role("button", name="Record the findings").click()


def choose_outcome(page: Page, outcome: PanelOutcome) -> None:
    """The form of this outcome opens in its place."""
    step(page, "motion").get_by_role("link", name=outcome.label, exact=True).click()


def fill_entry(page: Page, level: str = "medium", marker: str = "Threats of violence") -> None:
    """The terms of an entry."""
    motion = page.locator("form", has=page.get_by_label("Handling instructions"))
    motion.locator(f"input[name=risk][value={level}]").check()
    motion.get_by_label("Handling instructions").fill("See him with a colleague beside you.")
    for box in motion.get_by_role("group", name="What it is about").get_by_role("checkbox").all():
        box.uncheck()
    motion.get_by_role("checkbox", name=marker, exact=True).check()
    motion.get_by_label("See at the office only").check()
    motion.get_by_label("Visits to council offices by appointment only").check()
    motion.get_by_label("Why is no service restricted?").fill("You need them all, as before.")
    motion.get_by_label("Permitted contact").fill("In writing, to the housing office.")
    motion.get_by_role("checkbox", name="Housing", exact=True).check()
    motion.get_by_label("Why these services?").fill("Housing officers meet him at the counter.")
    motion.get_by_label("What happened, in your own words").fill("Shouted abuse at employees.")
    motion.get_by_label("duty of care to employees").check()
    motion.get_by_label("How was it checked").fill("The tenancy file has the same date of birth.")


def fill_spoc(page: Page, officer: str) -> None:
    """The single point of contact, where the panel found that one is needed."""
    motion = step(page, "motion")
    motion.get_by_label("Service Manager who is the point of contact").fill(officer)
    motion.get_by_label("Contact details").fill("Ada Wrenfield, Repairs: 01632 960 417")
    motion.get_by_label("E-mail address of the point of contact").fill("repairs@weldham.example")
    motion.get_by_label("Why this point of contact?").fill("Knows the history of the tenancy.")


def put_to_the_vote(page: Page, reasons: str = "The panel weighed what the reports say.") -> None:
    """The clerk puts the motion that is filled in."""
    motion = step(page, "motion")
    motion.get_by_label("Reasons", exact=True).fill(reasons)
    motion.get_by_role("button", name="Put it to the vote").click()


def cast(page: Page, choice: Choice = Choice.FOR) -> None:
    """A member votes on their own device, and confirms it."""
    page.get_by_role("button", name=VERBS[choice]).click()
    page.get_by_role("button", name="Cast this vote").click()


def close_the_vote(page: Page) -> None:
    """The clerk closes the vote."""
    step(page, "close").get_by_role("button", name="Close the vote").click()


def record_the_decision(page: Page) -> None:
    """What was read back is recorded."""
    step(page, "decision").get_by_role("button", name="Record the decision").click()
