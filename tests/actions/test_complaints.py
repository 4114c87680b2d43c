"""Complaints: recorded on the file they are about, acknowledged within 30 days, answered."""

from datetime import timedelta
from typing import Any

import pytest

from cautionary_plugin.actions.complaints import (
    acknowledge_complaint,
    answer_complaint,
    open_complaint,
    record_complaint,
)
from cautionary_plugin.models import AccessRecord, Complaint, IncidentReport
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost
from cautionary_plugin.rules.vocabulary import Act
from tests.entry_with_past import Scene, joined_report, set_scene

pytestmark = pytest.mark.django_db

TEXT = "You hold my sister's address, and she has asked you twice to correct it."


@pytest.fixture
def scene() -> Scene:
    return set_scene()


def complain(scene: Scene, **facts: Any) -> Complaint:
    wanted = {
        "about": scene.entry.reference,
        "received_on": scene.today - timedelta(days=3),
        "text": TEXT,
        "by": scene.clerk,
        "at": scene.at,
    }
    return record_complaint(**(wanted | facts))


@pytest.mark.clause("L10")
def test_thirty_days_run_from_the_day_it_came(scene: Scene) -> None:
    complaint = complain(scene)

    assert complaint.acknowledge_by == scene.today + timedelta(days=27)
    assert complaint.case_file == scene.entry.case_file
    line = AccessRecord.objects.get(act=Act.COMPLAINT)
    assert (line.reference, line.user) == (complaint.reference, scene.clerk)


@pytest.mark.clause("L10")
def test_complaint_about_a_report_goes_on_its_file(scene: Scene) -> None:
    report = joined_report(scene, occurred_days_ago=4)

    complaint = complain(scene, about=f"  {report.reference.lower()} ")

    assert complaint.case_file == report.case_file
    assert complaint.text == TEXT


@pytest.mark.parametrize("about", ["", "CPR-1999-0001", "nobody", "draft"])
def test_unknown_reference_is_told(scene: Scene, about: str) -> None:
    if about == "draft":
        report = joined_report(scene, occurred_days_ago=4)
        IncidentReport.objects.filter(pk=report.pk).update(state="draft")
        about = report.reference

    with pytest.raises(BadInput, match="about"):
        complain(scene, about=about)


@pytest.mark.clause("L10")
def test_acknowledged_and_answered_once(scene: Scene) -> None:
    complaint, act = complain(scene), {"by": scene.clerk, "at": scene.at}

    acknowledge_complaint(complaint=complaint, acknowledged_on=scene.today, **act)
    with pytest.raises(AlreadyDone):
        acknowledge_complaint(complaint=complaint, acknowledged_on=scene.today, **act)
    answer_complaint(complaint=complaint, answered_on=scene.today, answer=TEXT, **act)
    with pytest.raises(AlreadyDone):
        answer_complaint(complaint=complaint, answered_on=scene.today, answer=TEXT, **act)

    complaint.refresh_from_db()
    assert (complaint.acknowledged_on, complaint.answered_on) == (scene.today, scene.today)


@pytest.mark.clause("L10")
def test_answer_acknowledges_what_was_not_acknowledged(scene: Scene) -> None:
    answered = answer_complaint(
        complaint=complain(scene),
        answered_on=scene.today,
        answer=TEXT,
        by=scene.clerk,
        at=scene.at,
    )

    assert answered.acknowledged_on == scene.today


@pytest.mark.clause("L10")
@pytest.mark.parametrize("days", [-4, 1])
def test_day_before_the_complaint_or_after_today_is_refused(scene: Scene, days: int) -> None:
    complaint, day = complain(scene), scene.today + timedelta(days=days)
    act = {"complaint": complaint, "by": scene.clerk, "at": scene.at}

    with pytest.raises(BadInput, match="acknowledged_on"):
        acknowledge_complaint(acknowledged_on=day, **act)
    with pytest.raises(BadInput, match="answered_on"):
        answer_complaint(answered_on=day, answer=TEXT, **act)
    with pytest.raises(BadInput, match="received_on"):
        complain(scene, received_on=scene.today + timedelta(days=1))


@pytest.mark.parametrize("who", ["reporter", "head", "safety"])
def test_others_neither_record_nor_read_nor_answer(scene: Scene, who: str) -> None:
    complaint, person = complain(scene), getattr(scene, who)
    act = {"by": person, "at": scene.at}

    for refused in (
        lambda: complain(scene, by=person),
        lambda: open_complaint(complaint=complaint, **act),
        lambda: acknowledge_complaint(complaint=complaint, acknowledged_on=scene.today, **act),
        lambda: answer_complaint(complaint=complaint, answered_on=scene.today, answer=TEXT, **act),
    ):
        with pytest.raises(NotYourPost):
            refused()


def test_empty_complaint_is_refused(scene: Scene) -> None:
    with pytest.raises(BadInput, match="text"):
        complain(scene, text="  ")
