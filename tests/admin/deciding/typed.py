"""What is typed into the screens to countersign and to decide, and what they say."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.terms import months_after
from tests.council import Council


def countersign_url(report: IncidentReport) -> str:
    return reverse("cautionary_countersign_report", args=[report.reference])


def decide_url(report: IncidentReport, outcome: str = "") -> str:
    if outcome:
        return reverse("cautionary_decide_as", args=[report.reference, outcome])
    return reverse("cautionary_decide_report", args=[report.reference])


def answers(council: Council, outcome: str = "add", kind: str = "person") -> dict[str, Any]:
    """What is typed into the form of an outcome."""
    typed: dict[str, Any] = {
        factor.value: f"{factor.label}: weighed." for factor in factors_for(kind)
    }
    typed["reasons"] = "Two surveyors saw it, and he would do it again."
    if outcome == "join":
        typed["second_identifier"] = "The tenancy file has the same date of birth."
    if outcome != "add":
        return typed
    end = months_after(timezone.localdate(), 12) - timedelta(days=1)  # its last day
    return typed | {
        "second_identifier": "The tenancy file has the same date of birth.",
        "credible": "yes",
        "credible_risk": "He has the spade at hand.",
        "risk": "high",
        "markers": ["threats", "weapon"],
        "handling": "Do not visit alone.",
        "control_measures": ["phone_first"],
        "audience": [str(council.housing.pk)],
        "audience_reasons": "Housing officers visit the address.",
        "expires_on": f"{end.day} {end:%B %Y}",
        "basis": "Raised a spade against an employee.",
        "legal_condition": "legal_obligation",
    }
