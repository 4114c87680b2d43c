"""Decide, and see what was refused and what staff find, each in a line."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.check import check_register
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import Entry, IncidentReport
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.vocabulary import DecisionOutcome, Outcome, Purpose
from tests.council import Council
from tests.life import REPORTED, decided

ADD, JOIN = DecisionOutcome.ADD, DecisionOutcome.JOIN
WARNING, DECLINE = DecisionOutcome.WARNING, DecisionOutcome.DECLINE
ANOTHER = {"another_person": "His son, of the same name; born 1990."}


def ask(council: Council, officer: Any, words: str = REPORTED, at: Any = None) -> Outcome:
    return check_register(
        question=Question(anything=words),
        purpose=Purpose.HOME_VISIT,
        by=officer,
        at=at or timezone.now(),
    ).outcome


def born(years_ago: int, report: IncidentReport) -> None:
    person = report.case_file.person
    today = timezone.localdate()
    person.born_on = date(today.year - years_ago, 1, 5)
    person.save()


def fault(council: Council, report: IncidentReport, **entry: Any) -> dict[str, list[str]]:
    with pytest.raises(BadInput) as refusal:
        decided(council, ADD, report=report, **entry)
    assert not Entry.objects.filter(case_file=report.case_file).exists()
    return refusal.value.problems
