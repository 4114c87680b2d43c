"""What follows a decision, in Chromium: mail rules, my customers, arrangements, tasks, the list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.following import note_follow_up, record_return, record_summons
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.models import EmailDivert, Meeting, Questionnaire, SpecialistReferral
from cautionary_plugin.rules.states import DivertState
from tests.browser.pictures import Take, tall
from tests.council import let_into_wagtail
from tests.factors import make_person
from tests.panel import Panel, conflicted, found_panel, planned, waiting_case
from tests.panel_letters import questionnaire_out
from tests.referrals import panel_report
from tests.schedule import (
    arranged,
    councillor_asked,
    customer_told,
    prepared_divert,
    referred_case,
    requested_divert,
    scheduled,
)

pytestmark = pytest.mark.browser

BOTH = ["phone-light", "desk-dark"]
WORDS = "He does not hear well, and shouts because he does not follow what is said."
ASKED = "How should the counter speak with somebody who hears little, and does not say so?"
ADVICE = "See him in the quiet room, face to face, and write down what was agreed."
Open = Callable[[str], Page]
Check = Callable[[Page], None]


@pytest.fixture
def panel(transactional_db: None) -> Panel:
    panel = found_panel()
    for person in (*panel.people.values(), panel.owner):
        let_into_wagtail(person)
    return panel


@pytest.fixture
def shot(assert_accessible: Check, take: Take) -> Callable[[Page, str], None]:
    """Axe has nothing to say of the page, and a picture is taken of all of it."""

    def shoot(page: Page, name: str) -> None:
        assert_accessible(page)
        tall(take)(page, name)

    return shoot


@pytest.mark.clause("B28")
@pytest.mark.clause("B30")
@pytest.mark.parametrize("look", BOTH)
def test_mail_administrator_switches_a_rule(
    look: str, panel: Panel, open_page: Open, enter: Any, shot: Any
) -> None:
    divert = requested_divert(panel)
    page = open_page(look)
    enter(page, panel.mail)
    page.goto(reverse("cautionary_worklist"))
    page.get_by_role("link", name=f"Switch an e-mail divert on or off: {divert.reference}").click()
    shot(page, f"mail-rule-{look}")

    page.get_by_role("button", name="It is on").click()

    expect(page.get_by_text("Switched on")).to_be_visible()
    shot(page, f"mail-rules-{look}")
    assert EmailDivert.objects.get().state == DivertState.ACTIVE


@pytest.mark.clause("B24")
@pytest.mark.parametrize("look", BOTH)
def test_officer_delegates_a_customer(
    look: str, panel: Panel, open_page: Open, enter: Any, shot: Any
) -> None:
    officer = make_person("oatcake")
    arrangement = arranged(panel, officer=officer)
    arranged(panel, officer=officer)
    make_person("dunnock")
    page = open_page(look)
    enter(page, officer)
    page.goto(reverse("cautionary:my_customers"))
    shot(page, f"my-customers-{look}")
    page.get_by_role("link", name=f"Open {arrangement.case.reference}").click()
    shot(page, f"my-customer-{look}")
    page.get_by_role("link", name="Delegate to another officer").click()
    page.get_by_role("button", name="Read it over").click()
    expect(page.get_by_role("alert")).to_be_visible()
    shot(page, f"delegate-problem-{look}")
    page.get_by_label("To which officer?").fill("dunnock")
    page.get_by_label("Contact details").fill("Peregrine Dunnock, Locality Lead: 01632 960 902")
    page.get_by_label("E-mail address", exact=True).fill("peregrine.dunnock@example.gov.uk")
    page.get_by_role("button", name="Read it over").click()
    shot(page, f"delegate-read-over-{look}")

    page.get_by_role("button", name="Delegate").click()

    expect(page.get_by_role("heading", name="My customers")).to_be_visible()
    arrangement.refresh_from_db()
    assert arrangement.delegate is not None


@pytest.mark.clause("B25")
@pytest.mark.clause("B29")
@pytest.mark.parametrize("look", BOTH)
def test_clerk_arranges_and_prepares_a_divert(
    look: str, panel: Panel, open_page: Open, enter: Any, shot: Any
) -> None:
    case = referred_case(panel)
    arrangement = arranged(panel, case=case, entry=scheduled(panel, case))
    page = open_page(look)
    enter(page, panel.clerk)
    page.goto(reverse("cautionary_contacts_modeladmin_index"))
    shot(page, f"contacts-{look}")
    page.goto(reverse("cautionary_contacts_modeladmin_inspect", args=[arrangement.pk]))
    shot(page, f"arrangement-{look}")
    page.get_by_role("link", name="Change it").click()
    shot(page, f"arrangement-change-{look}")

    divert = prepared_divert(panel, arrangement=arrangement)
    page.goto(reverse("cautionary_divert", args=[divert.reference]))
    expect(page.get_by_text("Before it can be asked for:")).to_be_visible()
    shot(page, f"divert-missing-{look}")
    councillor_asked(panel, divert)
    page.goto(reverse("cautionary_divert", args=[divert.reference]))
    page.get_by_role("link", name="Record the answer of Honoria Quince").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("When did they answer?").fill(f"{timezone.localdate():%d %m %Y}")
    shot(page, f"divert-answer-{look}")
    page.get_by_role("button", name="Record the answer").click()
    customer_told(divert)
    page.reload()
    shot(page, f"divert-ready-{look}")
    page.get_by_role("link", name="Ask for the divert").click()
    page.get_by_role("button", name="Ask for it").click()

    expect(page.get_by_text("To be switched on")).to_be_visible()
    assert EmailDivert.objects.get().state == DivertState.REQUESTED


def _questionnaire(panel: Panel) -> Questionnaire:
    """One that is out; beside it an action and a summons."""
    questionnaire = questionnaire_out(panel)
    case, now = questionnaire.letter.case, timezone.now()
    note_follow_up(
        case=case,
        what="Move the desk so that there is a way out behind it.",
        colleague=panel.operations,
        due_on=timezone.localdate(now),
        by=panel.clerk,
        at=now,
    )
    record_summons(
        case=case,
        employee=panel.customer,
        line_manager=panel.operations,
        hearing_on=timezone.localdate(now),
        by=panel.clerk,
        at=now,
    )
    return questionnaire


@pytest.mark.clause("B38")
@pytest.mark.clause("B39")
@pytest.mark.parametrize("look", BOTH)
def test_questionnaire_comes_back_and_a_specialist_advises(
    look: str, panel: Panel, open_page: Open, enter: Any, shot: Any
) -> None:
    questionnaire, specialist = _questionnaire(panel), make_person("specialist")
    page = open_page(look)
    enter(page, panel.clerk)
    page.goto(reverse("cautionary_following"))
    shot(page, f"following-{look}")
    page.get_by_role("link", name="Record that it is back").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_be_visible()
    shot(page, f"questionnaire-return-problem-{look}")
    page.get_by_label("Yes: a specialist colleague is to be asked").check()
    page.get_by_label("What bears on the approach").fill(WORDS)
    page.get_by_role("button", name="Record it").click()
    shot(page, f"specialist-ask-{look}")
    page.get_by_label("Specialist colleague").fill("specialist")
    page.get_by_label("What you ask them").fill(ASKED)
    page.get_by_role("button", name="Read it back").click()
    shot(page, f"specialist-read-back-{look}")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("No answer yet")).to_be_visible()

    other = open_page(look)
    enter(other, specialist)
    other.goto(reverse("cautionary:my_tasks"))
    shot(other, f"tasks-{look}")
    other.get_by_role("link", name="Open").click()
    shot(other, f"advice-{look}")
    other.get_by_label("Your advice").fill(ADVICE)
    other.get_by_role("button", name="Next: read it over").click()
    shot(other, f"advice-read-over-{look}")
    other.get_by_role("button", name="Send it").click()
    expect(other.get_by_text("You have answered.")).to_be_visible()

    page.goto(reverse("cautionary_questionnaire", args=[questionnaire.pk]))
    expect(page.get_by_text(ADVICE)).to_be_visible()
    shot(page, f"questionnaire-{look}")
    assert SpecialistReferral.objects.get().case is not None


@pytest.mark.clause("B51")
@pytest.mark.parametrize("look", BOTH)
def test_line_manager_and_witness_have_their_tasks(
    look: str, panel: Panel, open_page: Open, enter: Any, shot: Any
) -> None:
    _questionnaire(panel)
    page = open_page(look)
    enter(page, panel.operations)
    page.goto(reverse("cautionary:my_tasks"))
    shot(page, f"tasks-of-manager-{look}")
    support = page.get_by_role("region", name="Support an employee at court")
    support.get_by_role("link").click()
    shot(page, f"court-support-{look}")
    witness = open_page(look)
    enter(witness, panel.customer)
    witness.goto(reverse("cautionary:my_tasks"))
    expect(witness.get_by_text("Ask your line manager for support first")).to_be_visible()
    shot(witness, f"tasks-of-witness-{look}")


@pytest.mark.parametrize("look", BOTH)
def test_worklist_of_clerk_and_chair(
    look: str, panel: Panel, open_page: Open, enter: Any, shot: Any
) -> None:
    now = timezone.now()
    record_return(
        questionnaire=questionnaire_out(panel),
        returned_on=timezone.localdate(now),
        new_issues=True,
        words=WORDS,
        by=panel.clerk,
        at=now,
    )
    close_meeting(meeting=Meeting.objects.get(), by=panel.clerk, at=now)
    panel_report(panel)
    conflicted(waiting_case(panel, risk="high"), panel.customer)
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    waiting_case(panel)
    prepared_divert(panel)
    for name in ("clerk", "chair"):
        page = open_page(look)
        enter(page, panel.people[name])
        page.goto(reverse("cautionary:my_access"))
        shot(page, f"navigation-{name}-{look}")
        page.get_by_role("link", name="Case work", exact=True).click()
        expect(page.get_by_role("heading", name="What waits for me")).to_be_visible()
        shot(page, f"worklist-{name}-{look}")
