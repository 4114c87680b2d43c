"""What these tests press and read, and what they type."""

from typing import Any

from django.urls import reverse

from cautionary_plugin.models import AgendaItem
from cautionary_plugin.rules.vocabulary import Health, LetterFirst
from tests.panel_items import FINDINGS

PLAIN_HEALTH = {"health": Health.NONE_KNOWN, "words": "The file and the presenter were asked."}
TYPED_FINDINGS = {
    **FINDINGS,
    "criteria_met": "yes",
    "spoc_needed": "no",
    "letter_first": LetterFirst.TRIED,
}
ENTRY = {
    "risk": "medium",
    "handling": "See him with a colleague beside you.",
    "markers": ["threats"],
    "control_measures": ["office_only"],
    "restrictions": ["office_visits"],
    "no_restrictions": "You need every service that you use.",
    "permitted_contact": "In writing, to the housing office.",
    "audience": ["housing"],
    "audience_reasons": "Housing officers meet him at the counter.",
    "basis": "Shouted abuse at employees of the housing counter.",
    "legal_condition": "legal_obligation",
    "second_identifier": "The tenancy file has the same date of birth.",
    "reasons": "The panel weighed what the reports say of it.",
}


def url(item: AgendaItem, step: str = "", *further: Any) -> str:
    name = f"cautionary_item_{step}" if step else "cautionary_item"
    return reverse(name, args=[item.pk, *further])


def spoc(officer: Any) -> dict[str, str]:
    return {
        "officer": officer.get_username(),
        "contact": "Ada Wrenfield, Repairs: 01632 960 417",
        "email": "ada.wrenfield@weldham.example",
        "allocation": "service",
        "spoc_reasons": "Three services hear from him each day.",
    }
