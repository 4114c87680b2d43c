"""Report an incident or a concern: the pages of the screens, sent at once (A3, A6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cautionary_plugin.access.gate import Need
from cautionary_plugin.actions.calls import report_for_caller
from cautionary_plugin.forms.report import PANEL_FORMS, AboutForm, form_of
from cautionary_plugin.models import IncidentReport, Register
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.reporting import ROUTES, About, Page
from cautionary_plugin.rules.systems import Doing

from .call import Call
from .callers import caller_of
from .from_forms import Choice, Strict, Text, cleaned, object_of

PAGES = [page for page in Page if PANEL_FORMS[page].base_fields]  # evidence is added on screen

Answers = type(
    "ReportAnswers",
    (Strict,),
    {
        "__doc__": "The answers, page by page; which pages a report has hangs on what it is about.",
        **{
            page.value: object_of(PANEL_FORMS[page], f"Report{page.value.title()}")(
                required=False, label=page.label
            )
            for page in PAGES
        },
    },
)


class Report(Strict):
    """A report, whole."""

    about = Choice(choices=[(each.value, each.label) for each in About if each in ROUTES])
    register = Text(
        required=False,
        max_length=50,
        help_text="The short name of the register, where several take such reports",
    )
    answers = Answers()


class Reported(serializers.Serializer):
    """The report was sent."""

    reference = serializers.CharField()
    state = serializers.CharField()
    countersign_by = serializers.DateField(help_text="By when a manager is asked to read it")


class ReportIncident(Call):
    """Send a report."""

    needs = Need.VERIFIED
    name, summary = "report_incident", "Report an incident or a concern"
    takes, gives, status = Report, Reported, 201
    callers, doing = ("session", "system"), Doing.REPORT

    def post(self, request: Request) -> Any:
        sent = Report(data=request.data)
        sent.is_valid(raise_exception=True)
        report = _sent(sent.validated_data, by=caller_of(request), at=request.now)
        told = {
            "reference": report.reference,
            "state": report.state,
            "countersign_by": report.countersign_by.isoformat() if report.countersign_by else None,
        }
        return Response(told, status=201)


def _sent(sent: Mapping[str, Any], *, by: Any, at: datetime) -> IncidentReport:
    answers = sent["answers"]
    register = _register_for(sent)
    try:
        return report_for_caller(
            register=register,
            about=sent["about"],
            answers=lambda begun, page: _judged(begun, page, answers[page.value]),
            sent=frozenset(page for page in PAGES if page.value in answers),
            by=by,
            at=at,
        )
    except BadInput as problem:
        told = {f"answers.{name}": said for name, said in problem.problems.items()}
        raise BadInput(told) from None


def _judged(report: IncidentReport, page: Page, sent: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = cleaned(form_of(report, page), sent).answers
    return answers


def _register_for(sent: Mapping[str, Any]) -> Register:
    """The register that takes such a report; asked for where there are several."""
    registers = Register.objects.order_by("route", "name")
    chosen = registers.filter(slug=sent.get("register", "")).first()
    if chosen is None and sent.get("register"):
        raise BadInput({"register": ["There is no register with this short name."]})
    asked = {"about": sent["about"], "register": str(chosen.pk) if chosen else ""}
    form = cleaned(AboutForm, asked, registers=registers)
    register: Register = form.cleaned_data["register"]
    return register
