"""A report is its reporter's: others see and change nothing, forged fields do nothing (A6, A7)."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import IncidentReport
from cautionary_plugin.rules.states import ReportState
from tests.council import Council, through_the_door
from tests.factors import make_person
from tests.life import REPORTED, drafted, submitted
from tests.staff.report.pages import at, begin, fill, posted, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A7")
def test_colleague_whose_report_it_is_follows_it_too(council: Council, browser: Client) -> None:
    real = make_person("real")
    report = begin(browser)
    told = posted() | {"whose": {"whose": "colleague", "colleague": "real@example.gov.uk"}}

    browser.post(fill(browser, report, told))

    assert "Typed by you for real" in browser.get(at("my_reports")).content.decode()
    shown = signed_in(real).get(at("my_reports")).content.decode()
    assert report.reference in shown
    assert "Typed for you by reporter" in shown


@pytest.mark.clause("A6")
@pytest.mark.parametrize("method", ["get", "post"])
def test_draft_of_a_colleague_is_refused(council: Council, method: str) -> None:
    report = drafted(council)

    for somebody in (signed_in(make_person("other")), through_the_door(council.owner)):
        for url in (
            at("resume_report", report.reference),
            at("check_report", report.reference),
            at("report_sent", report.reference),
            at("discard_report", report.reference),
            at("report_page", report.reference, "person"),
        ):
            answer = getattr(somebody, method)(url)

            assert answer.status_code in ((403, 405) if method == "post" else (403,)), url
            assert REPORTED not in answer.content.decode()


def test_what_is_posted_by_hand_is_ignored(council: Council, browser: Client) -> None:
    stranger = make_person("stranger")
    report = begin(browser)
    forged = {
        "state": "decided",
        "reporter": stranger.pk,
        "typed_by": stranger.pk,
        "expiry": "2099-01-01",
        "expires_at": "2099-01-01",
        "countersign_by": "2099-01-01",
        "reference": "INC-2026-9999",
        "answers": "{}",
        "decided_by": stranger.pk,
        "markers_0": "violence",
    }
    told = {page: fields | forged for page, fields in posted().items()}

    browser.post(fill(browser, report, told), forged)

    report = IncidentReport.objects.get()
    assert report.state == ReportState.SUBMITTED
    assert report.reporter == report.typed_by != stranger
    assert report.countersign_by < timezone.localdate() + timedelta(days=20)
    assert set(report.answers["seen"]) == {"seen"}
    assert report.reference != "INC-2026-9999"


@pytest.mark.clause("A6")
def test_what_was_sent_is_not_shown_back(council: Council, reporter: Any, browser: Client) -> None:
    report = submitted(council, reporter)
    sent = at("report_sent", report.reference)

    for state in (ReportState.SUBMITTED, ReportState.COUNTERSIGNED, ReportState.DECIDED):
        IncidentReport.objects.update(state=state)
        for url in (
            at("check_report", report.reference),
            at("resume_report", report.reference),
            at("report_page", report.reference, "person"),
        ):
            answer = browser.get(url)

            assert answer.url == sent
        assert REPORTED not in browser.get(sent).content.decode()


def test_name_is_in_no_session_mail_or_log(
    council: Council,
    browser: Client,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    colleague = make_person("colleague")
    report = begin(browser)
    told = posted() | {"others": {"colleagues": colleague.username, "witnesses": ""}}
    with (
        caplog.at_level(logging.DEBUG),
        caplog.at_level(logging.DEBUG, "django"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        check = fill(browser, report, told)
        assert REPORTED in browser.get(check).content.decode()
        browser.post(check)
        browser.get(at("my_reports"))

    written = [record.getMessage() for record in caplog.records]
    kept = [each.get_decoded() for each in Session.objects.all()]
    sent = [each.message().as_string() for each in mail.outbox]
    assert any(report.reference in each for each in sent)
    assert {to for each in mail.outbox for to in each.to} == {
        colleague.email,
        council.owner.email,
    }
    for text in (*written, repr(kept), *sent):
        assert "Thistlewick" not in text
        assert "Gantry" not in text
