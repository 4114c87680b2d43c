"""A report that a program sends is the report of the screens (A3, A6)."""

from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.models import AccessRecord, CaseFile, IncidentReport
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act
from tests.api.calling import call, get, kind_of
from tests.council import Council, found_council, through_the_door
from tests.factors import make_person
from tests.life import REPORTED, typed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A3")]


def told(kind: str = "person", **answers: Any) -> dict[str, Any]:
    """A whole report, as JSON; the pages that it does not have are left out."""
    pages = typed(kind) | answers
    for page in ("evidence", "service", "police"):
        if page not in answers:
            pages.pop(page)
    return {"about": "public" if kind == "person" else "animal", "answers": pages}


@pytest.mark.clause("A6")
@pytest.mark.parametrize("kind", ["person", "premises"])
def test_report_is_sent_whole(council: Council, officer: Client, kind: str) -> None:
    answer = call(officer, "api_report", told(kind))

    assert answer.status_code == 201, answer.content
    report = IncidentReport.objects.get()
    assert report.state == ReportState.SUBMITTED
    assert answer.json()["reference"] == report.reference
    assert answer.json()["countersign_by"] == report.countersign_by.isoformat()
    assert report.reporter.get_username() == "officer"
    assert AccessRecord.objects.get(act=Act.REPORTED).reference == report.reference


def test_colleagues_are_named_as_on_the_screen(council: Council, officer: Client) -> None:
    witness = make_person("witness")
    others = {"colleagues": ["witness"], "witnesses": ""}

    answer = call(officer, "api_report", told(others=others))

    assert answer.status_code == 201, answer.content
    assert IncidentReport.objects.get().statements.get().employee == witness


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"seen": {"seen": ""}}, "answers.told.told"),
        (
            {"when": {"occurred_on": "2999-01-01", "place": "At the door"}},
            "answers.when.occurred_on",
        ),
        ({"others": {"colleagues": [REPORTED]}}, "answers.others.colleagues"),
        ({"person": {"name": ""}}, "answers.person.name"),
        ({"behaviour": {"markers": [REPORTED]}}, "answers.behaviour.markers.0"),
        ({"crime": {"crime": "no"}, "police": {"informed": "no"}}, "answers.police"),
        ({"animal": {"animal": REPORTED, "loose": "no"}}, "answers.animal"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    council: Council, officer: Client, answers: Any, field: str
) -> None:
    answer = call(officer, "api_report", told(**answers))

    assert (answer.status_code, kind_of(answer)) == (400, "input")
    fields = [each["field"] for each in answer.json()["errors"]]
    assert field in fields
    assert REPORTED not in answer.content.decode()
    assert not IncidentReport.objects.exists()
    assert not CaseFile.objects.exists()


def test_register_is_asked_for_where_several_take_such_reports(
    council: Council, officer: Client
) -> None:
    other = found_council(slug="depot", prefix="DEP").register

    asked = call(officer, "api_report", told())
    unknown = call(officer, "api_report", told() | {"register": "nowhere"})
    sent = call(officer, "api_report", told() | {"register": "depot"})

    for answer in (asked, unknown):
        assert [each["field"] for each in answer.json()["errors"]] == ["register"]
    assert sent.status_code == 201, sent.content
    assert IncidentReport.objects.get().register == other


def test_worklist_tells_the_owner_what_waits(council: Council, officer: Client) -> None:
    listed = get(through_the_door(council.owner), "api_worklist").json()["tasks"]

    assert {"fill_in", "quarter"} & {task["duty"] for task in listed}
    assert get(officer, "api_worklist").json() == {"tasks": []}
