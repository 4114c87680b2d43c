"""The answer to a check as JSON: the same three, the same facts as on the screen (L1, L4)."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.check import Answer, Finding
from cautionary_plugin.conf import conf
from cautionary_plugin.rules.vocabulary import Outcome, Risk

STRENGTHS = ("strong", "possible")

SEVERAL = "Several entries fit and cannot be told apart: none is listed; ask with a second fact"

MORE = "More entries fit than are given: ask with a second fact"


class FoundEntry(serializers.Serializer):
    """One entry that may be who or what was asked for: how to stay safe, then why it was found."""

    reference = serializers.CharField()
    register = serializers.CharField()
    strength = serializers.ChoiceField(choices=STRENGTHS)
    title = serializers.CharField(help_text="The name of the person, or the address")
    risk = serializers.ChoiceField(choices=Risk.choices())
    handling = serializers.CharField()
    measures = serializers.ListField(child=serializers.CharField())
    last_day = serializers.DateField(help_text="The last day on which the entry counts")
    provisional = serializers.BooleanField(help_text="The panel has not ratified it yet")
    under_appeal = serializers.BooleanField()
    disputed = serializers.BooleanField(help_text="Its facts are being looked at again")
    agree = serializers.ListField(child=serializers.CharField())
    differ = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField(help_text="The entry page, for people")


class Checked(serializers.Serializer):
    """The answer to one check: somebody is found, or none is recorded, which promises nothing."""

    outcome = serializers.ChoiceField(choices=[Outcome.FOUND.value, Outcome.NONE_RECORDED.value])
    at = serializers.DateTimeField()
    registers = serializers.ListField(child=serializers.CharField(), help_text="Where was looked")
    several = serializers.BooleanField(help_text=SEVERAL)
    more = serializers.BooleanField(help_text=MORE)
    findings = FoundEntry(many=True)


class Visit(serializers.Serializer):
    """The answer for one visit. One that failed has no ``findings``: nobody was checked."""

    visit = serializers.IntegerField(help_text="Its place in the list that was sent, from 0")
    outcome = serializers.ChoiceField(choices=Outcome.choices())
    at = serializers.DateTimeField()
    registers = serializers.ListField(child=serializers.CharField())
    several = serializers.BooleanField(required=False, help_text=SEVERAL)
    more = serializers.BooleanField(required=False, help_text=MORE)
    findings = FoundEntry(many=True, required=False)
    phone = serializers.CharField(required=False, help_text="Whom to ring when the check failed")


class Visits(serializers.Serializer):
    """The answers for a list of visits, in its order."""

    failed = serializers.IntegerField(help_text="How many of the checks failed")
    visits = Visit(many=True)


def told(answer: Answer) -> dict[str, Any]:
    """An answer as JSON."""
    said = {
        "outcome": answer.outcome.value,
        "at": answer.at.isoformat(),
        "registers": [register.name for register in answer.registers],
    }
    if answer.outcome == Outcome.FAILED:
        return said | {"phone": conf.DUTY_PHONE}
    return said | {
        "several": answer.several,
        "more": answer.more,
        "findings": [_found(each) for each in answer.findings],
    }


def told_of_visits(answers: list[Answer]) -> dict[str, Any]:
    """The answers for a list of visits as JSON."""
    return {
        "failed": sum(each.outcome == Outcome.FAILED for each in answers),
        "visits": [{"visit": place, **told(each)} for place, each in enumerate(answers)],
    }


def _found(finding: Finding) -> dict[str, Any]:
    entry: Any = finding.entry  # with what ``marked_under_appeal`` has added
    return {
        "reference": entry.reference,
        "register": entry.register.name,
        "strength": finding.match.strength,
        "title": finding.title,
        "risk": entry.risk,
        "handling": finding.handling,
        "measures": list(finding.measures),
        "last_day": last_day(entry).isoformat(),
        "provisional": entry.provisional,
        "under_appeal": entry.under_appeal,
        "disputed": entry.disputed_at is not None,
        "agree": [reason.words for reason in finding.match.agree],
        "differ": [reason.words for reason in finding.match.differ],
        "url": reverse("cautionary:entry", args=[entry.reference]),
    }
