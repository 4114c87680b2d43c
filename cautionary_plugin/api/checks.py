"""Check one before a visit, or the visits of a day: the questions of the screen (L4, L5)."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cautionary_plugin.access.gate import Need
from cautionary_plugin.actions.calls import check_for_caller
from cautionary_plugin.forms.check import CheckForm
from cautionary_plugin.forms.visit_rows import MOST_VISITS
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.systems import Doing
from cautionary_plugin.rules.vocabulary import Outcome, Purpose

from .answers import Checked, Visits, told, told_of_visits
from .call import Call
from .callers import caller_of
from .from_forms import Choice, Strict, cleaned, object_of
from .problems import failed_check

CheckQuestion = object_of(CheckForm, "CheckQuestion")
VisitQuestion = object_of(CheckForm, "VisitQuestion", without={"purpose"})


class VisitList(Strict):
    """The visits of a day, each a check of its own, for one purpose."""

    purpose = Choice(choices=Purpose.choices())
    visits = serializers.ListField(child=VisitQuestion(), min_length=1, max_length=MOST_VISITS)


class CheckOne(Call):
    """Check one person or place."""

    needs = Need.READER
    name, summary = "check_one", "Check one person or place before you go"
    takes, gives = CheckQuestion, Checked
    callers, doing = ("session", "system"), Doing.CHECK

    def post(self, request: Request) -> Any:
        asked = CheckQuestion(data=request.data)
        asked.is_valid(raise_exception=True)
        form = cleaned(CheckForm, asked.validated_data)
        purpose = Purpose(form.cleaned_data["purpose"])
        [answer] = check_for_caller(
            questions=[form.question()], purpose=purpose, by=caller_of(request), at=request.now
        )
        return failed_check() if answer.outcome == Outcome.FAILED else Response(told(answer))


class CheckVisits(Call):
    """Check the visits of a day."""

    needs = Need.READER
    name, summary = "check_visits", "Check the visits of a day, each by itself"
    takes, gives = VisitList, Visits
    callers, doing = ("session", "system"), Doing.CHECK

    def post(self, request: Request) -> Any:
        asked = VisitList(data=request.data)
        asked.is_valid(raise_exception=True)
        purpose = Purpose(asked.validated_data["purpose"])
        forms = _forms(asked.validated_data["visits"], purpose)
        answers = check_for_caller(
            questions=[each.question() for each in forms],
            purpose=purpose,
            by=caller_of(request),
            at=request.now,
        )
        return Response(told_of_visits(answers))


def _forms(visits: list[dict[str, Any]], purpose: Purpose) -> list[CheckForm]:
    """The forms of all visits, or the complaints of all that cannot be asked."""
    forms, problems = [], {}
    for place, visit in enumerate(visits):
        try:
            forms.append(cleaned(CheckForm, {**visit, "purpose": purpose.value}))
        except BadInput as problem:
            for name, said in problem.problems.items():
                problems[f"visits.{place}.{name}".rstrip(".")] = said
    if problems:
        raise BadInput(problems)
    return forms
