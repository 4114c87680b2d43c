"""What these tests press, read and type."""

from typing import Any

from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions.following import note_follow_up, record_return, refer_to_specialist
from cautionary_plugin.models import FollowUpAction, PanelCase, Questionnaire, SpecialistReferral
from tests.factors import make_person
from tests.panel import Panel
from tests.panel_letters import questionnaire_out

WORDS = "He does not hear well, and shouts because of that."
ASKED = "How should the counter speak with somebody who hears little?"
TODAY = f"{timezone.localdate():%d %m %Y}"
BACK = {"returned_on": TODAY, "new_issues": "yes", "words": WORDS}
LONG_AGO, TO_COME = "1 1 2001", "1 1 2901"


def came_back(panel: Panel, questionnaire: Questionnaire | None = None) -> Questionnaire:
    return record_return(
        questionnaire=questionnaire or questionnaire_out(panel),
        returned_on=timezone.localdate(),
        new_issues=True,
        words=WORDS,
        by=panel.clerk,
        at=timezone.now(),
    )


def asked(panel: Panel, name: str = "specialist", **about: Any) -> SpecialistReferral:
    return refer_to_specialist(
        specialist=make_person(name), asked=ASKED, by=panel.clerk, at=timezone.now(), **about
    )


def noted(panel: Panel, case: PanelCase, what: str = WORDS) -> FollowUpAction:
    return note_follow_up(
        case=case,
        what=what,
        colleague=panel.operations,
        due_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )


def post(browser: Client, address: str, typed: dict[str, str], **more: Any) -> Any:
    return browser.post(address, {**typed, "step": "record"}, **more)


# Actions


def action_typed(case: PanelCase) -> dict[str, str]:
    return {
        "case": case.reference,
        "what": WORDS,
        "colleague": "operations",
        "due_on": TODAY,
    }
