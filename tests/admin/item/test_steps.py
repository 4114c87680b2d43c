"""From step to step through an item, to the motion."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions.registers import change_register
from cautionary_plugin.models import (
    Consultation,
    Entry,
    Motion,
    PanelDecision,
    SinglePointOfContact,
)
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.vocabulary import Health, LetterFirst, PolicyText, Risk, System
from tests.admin.item.pages import ENTRY, PLAIN_HEALTH, TYPED_FINDINGS, spoc, url
from tests.admin.pages import text
from tests.council import browser_of
from tests.panel import Panel, met, on_agenda, waiting_case
from tests.panel_items import findings_recorded, opened_item, voted, voting

pytestmark = pytest.mark.django_db


# The steps, one after the other


def test_clerk_goes_from_step_to_step_without_looking_for_the_next(
    panel: Panel, clerk: Client
) -> None:
    item = on_agenda(met(panel), waiting_case(panel))

    def go(step: str, typed: dict[str, Any], *further: Any) -> str:
        response = clerk.post(url(item, step, *further), typed)
        assert response.status_code == 302, text(response)
        return response.headers["Location"].partition("#")[2]

    assert go("open", {"seen": 1}) == "health"
    assert go("health", PLAIN_HEALTH) == "findings"
    assert go("findings", TYPED_FINDINGS) == "motion"
    assert go("motion", ENTRY, "entry") == "votes"
    for member in panel.members[:4]:
        browser_of(member).post(url(item, "vote"), {"choice": "for", "motion": 1, "step": "record"})
    assert go("close", {"seen": 1}) == "decision"
    shown = text(clerk.get(url(item)))
    assert "Carried: 4 for, 0 against, 0 abstained" in shown
    assert go("record", {"seen": 1}) == "decided"

    decision = PanelDecision.objects.get()
    assert decision.carried
    assert decision.definition == DEFINITIONS[Risk.MEDIUM]
    assert Entry.objects.get(register=panel.register).handling == ENTRY["handling"]


@pytest.mark.clause("B14")
def test_item_without_papers_and_statement_is_not_opened(panel: Panel, clerk: Client) -> None:
    item = on_agenda(met(panel, released=False), waiting_case(panel, statement=""))

    response = clerk.post(url(item, "open"), {"seen": 1})

    assert response.status_code == 400
    assert "neither papers nor a statement" in text(response)


@pytest.mark.clause("B20")
def test_motion_waits_for_the_first_question(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    assert "What is put to the vote?" not in text(clerk.get(url(item)))
    response = clerk.post(url(item, "motion", "no_action"), {"reasons": ENTRY["reasons"]})

    assert response.status_code == 400
    assert "Health, conditions and disabilities come first." in text(response)
    assert not Motion.objects.exists()


@pytest.mark.clause("B21")
def test_health_that_is_known_takes_a_changed_approach(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    response = clerk.post(url(item, "health"), PLAIN_HEALTH | {"health": Health.KNOWN})

    assert response.status_code == 400
    assert "Say how the approach changes" in text(response)
    assert PLAIN_HEALTH["words"] in text(response)  # what was typed is kept


@pytest.mark.clause("B22")
def test_only_social_care_is_asked_about_mosaic(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    typed = {"system": System.MOSAIC, "relevant": "yes", "adjustments": ["advocate"]}
    care = browser_of(panel.care)

    assert "Record the consultation" not in text(clerk.get(url(item)))
    assert clerk.post(url(item, "consult"), typed).status_code == 403
    assert "Record the consultation" in text(care.get(url(item)))
    assert care.post(url(item, "consult"), typed).status_code == 302

    assert Consultation.objects.get().consulted_by == panel.care
    assert "Invite an advocate or a support worker" in text(clerk.get(url(item)))


@pytest.mark.clause("B22")
def test_no_text_can_be_typed_about_what_a_system_says(panel: Panel) -> None:
    item = opened_item(panel)
    shown = text(browser_of(panel.care).get(url(item)))

    form = shown.partition(url(item, "consult"))[2].partition("</form>")[0]

    assert 'name="system"' in form
    assert "<textarea" not in form
    assert 'type="text"' not in form


@pytest.mark.clause("B16")
@pytest.mark.clause("B17")
def test_outcomes_that_the_findings_bar_say_why(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel, letter_first=LetterFirst.SUITABLE, spoc_needed=False)

    shown = text(clerk.get(url(item)))

    assert "a letter of expected behaviour should be tried first" in shown
    assert url(item, "motion", "entry") not in shown
    assert url(item, "motion", "letter") in shown


@pytest.mark.clause("B18")
def test_each_level_stands_beside_its_definition(panel: Panel, clerk: Client) -> None:
    change_register(
        register=panel.register,
        closures=[],
        links={PolicyText.HSE_GUIDANCE: "https://hse.example/threats"},
        by=panel.owner,
        at=timezone.now(),
    )
    item = findings_recorded(panel)

    shown = text(clerk.get(url(item, "motion", "entry")))

    for risk in Risk:
        assert DEFINITIONS[risk].partition(": ")[2] in shown
    assert "https://hse.example/threats" in shown


def test_motion_that_cannot_be_keeps_what_was_typed(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel)
    typed = ENTRY | {"restrictions": [], "no_restrictions": "", "handling": "Zinnober."}

    response = clerk.post(url(item, "motion", "entry"), typed)

    assert response.status_code == 400
    shown = text(response)
    assert "There is a problem" in shown
    assert "#motion_no_restrictions" in shown  # the summary leads to the field
    assert "Zinnober." in shown
    assert not Motion.objects.exists()


@pytest.mark.clause("B23")
@pytest.mark.clause("B27")
def test_spoc_without_an_entry_is_put_and_read_back(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel, criteria_met=False, spoc_needed=True)
    form = text(clerk.get(url(item, "motion", "spoc")))
    assert "Suggested: A Service Manager in the service concerned." in form
    typed = {"reasons": ENTRY["reasons"], **spoc(panel.operations)}

    assert clerk.post(url(item, "motion", "spoc"), typed).status_code == 302
    voted(panel, Motion.objects.get())
    shown = text(clerk.get(url(item)))
    assert "Nobody is on the schedule by this." in shown
    assert spoc(panel.operations)["contact"] in shown
    assert clerk.post(url(item, "record"), {"seen": 1}).status_code == 302

    assert SinglePointOfContact.objects.get().officer == panel.operations
    assert not Entry.objects.filter(register=panel.register).exists()


@pytest.mark.clause("B23")
def test_spoc_details_without_an_officer_are_not_lost(panel: Panel, clerk: Client) -> None:
    item = findings_recorded(panel, spoc_needed=True)
    typed = {"reasons": ENTRY["reasons"], **spoc(panel.operations), "officer": ""}

    response = clerk.post(url(item, "motion", "spoc"), typed)

    assert response.status_code == 400
    assert "ada.wrenfield@weldham.example" in text(response)


def test_next_motion_starts_from_the_last_one(panel: Panel, clerk: Client) -> None:
    motion = voted(panel, voting(panel), votes_for=3, against=1)

    form = text(clerk.get(url(motion.item, "motion", "entry")))

    assert motion.reasons in form
    assert "See him with a colleague beside you." in form


@pytest.mark.parametrize("outcome", ["ratify", "renew", "nonsense"])
def test_outcome_that_does_not_fit_the_case_is_refused(
    panel: Panel, clerk: Client, outcome: str
) -> None:
    item = findings_recorded(panel)

    response = clerk.post(url(item, "motion", outcome), {"reasons": ENTRY["reasons"]})

    assert response.status_code in (400, 404)
    assert not Motion.objects.exists()
