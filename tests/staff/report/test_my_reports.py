"""The list of one's own reports: sent back with reasons, decided and how, in pages (A8, A10)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import Countersignature, Decision, IncidentReport
from cautionary_plugin.rules.states import ReportState
from tests.council import Council
from tests.life import drafted, submitted
from tests.queries import fewest_queries
from tests.staff.report.pages import at, begin

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A8")
def test_report_that_came_back_shows_the_reasons_and_goes_again(
    council: Council, reporter: Any, browser: Client
) -> None:
    report = submitted(council, reporter)
    Countersignature.objects.create(
        report=report,
        outcome="returned",
        reasons="Say which door it was.",
        by=council.owner,
        at=timezone.now(),
    )
    IncidentReport.objects.update(state=ReportState.RETURNED)

    listed = browser.get(at("my_reports")).content.decode()
    shown = browser.get(at("check_report", report.reference)).content.decode()
    answer = browser.post(at("check_report", report.reference))

    assert "Sent back to you" in listed
    assert "which door" not in listed
    assert "Say which door it was." in shown
    assert "Whose report is this?" not in shown
    assert answer.url == at("report_sent", report.reference)


@pytest.mark.clause("A10")
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("add", "It was added to the register."),
        ("join", "It was added to what is on the register already."),
        ("warning", "It was not added to the register; a warning letter is written."),
        ("decline", "It was not added to the register."),
    ],
)
def test_reporter_learns_that_it_was_decided_and_how(
    council: Council, reporter: Any, browser: Client, outcome: str, words: str
) -> None:
    report = submitted(council, reporter)
    IncidentReport.objects.update(state=ReportState.DECIDED)
    Decision.objects.create(
        case_file=report.case_file,
        report=report,
        outcome=outcome,
        decided_at=timezone.now(),
        decided_by=council.owner,
        reasons="A reason with Thistlewick in it.",
    )

    shown = browser.get(at("my_reports")).content.decode()

    assert "A decision was made on" in shown
    assert words in shown
    assert "Thistlewick" not in shown


def test_list_takes_the_same_queries_however_long_it_is(
    council: Council, reporter: Any, browser: Client
) -> None:
    submitted(council, reporter)
    few = fewest_queries(lambda: browser.get(at("my_reports")))
    for _number in range(4):
        submitted(council, reporter)

    assert fewest_queries(lambda: browser.get(at("my_reports"))) == few


def test_long_list_has_pages(council: Council, reporter: Any, browser: Client) -> None:
    now = timezone.now()
    first = drafted(council, reporter, at=now - timedelta(days=2))
    for _minutes in range(25):
        begin(browser)

    assert first.reference not in browser.get(at("my_reports")).content.decode()
    assert first.reference in browser.get(at("my_reports") + "?p=2").content.decode()
