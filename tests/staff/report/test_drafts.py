"""A draft keeps what was typed, says what is missing, and goes on or is thrown away."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import IncidentReport
from tests.council import Council
from tests.factors import make_person
from tests.life import REPORTED, drafted
from tests.staff.report.pages import at, begin, fill, posted

pytestmark = pytest.mark.django_db


def test_page_keeps_what_was_typed_and_shows_it_again(council: Council, browser: Client) -> None:
    colleague = make_person("colleague")
    report = begin(browser)
    told = posted() | {"others": {"colleagues": "colleague@example.gov.uk", "witnesses": ""}}
    check = fill(browser, report, told)

    others = browser.get(at("report_page", report.reference, "others")).content.decode()
    when = browser.get(at("report_page", report.reference, "when")).content.decode()
    shown = browser.get(check).content.decode()

    assert colleague.username in others
    assert f"{timezone.localdate() - timedelta(days=3):%B %Y}" in when
    assert REPORTED in shown
    assert "5 November 1961" in shown
    assert "Threats of violence" in shown


def test_change_comes_back_to_the_check_or_to_what_is_missing(
    council: Council, browser: Client
) -> None:
    report = begin(browser)
    check = fill(browser, report, posted())
    seen = at("report_page", report.reference, "seen") + "?change"
    crime = at("report_page", report.reference, "crime") + "?change"

    assert browser.post(seen, {"seen": "He shouted."}).url == check
    assert browser.post(crime, {"crime": "yes"}).url == at(
        "report_page", report.reference, "police"
    )


def test_report_with_a_gap_says_what_is_missing_and_links_to_it(
    council: Council, browser: Client
) -> None:
    report = begin(browser)
    check = fill(browser, report, posted())
    browser.post(at("report_page", report.reference, "seen"), {"seen": ""})

    answer = browser.post(check)

    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "The report cannot go yet" in shown
    assert f'href="{at("report_page", report.reference, "told")}?change"' in shown


def test_draft_goes_on_where_it_was_left(council: Council, browser: Client) -> None:
    report = begin(browser)
    browser.post(at("report_page", report.reference, "whose"), {"whose": "mine"})

    shown = browser.get(at("my_reports")).content.decode()

    assert at("resume_report", report.reference) in shown
    assert browser.get(at("resume_report", report.reference)).url == at(
        "report_page", report.reference, "trigger"
    )


def test_draft_is_thrown_away_after_a_question(council: Council, browser: Client) -> None:
    report = begin(browser)
    url = at("discard_report", report.reference)

    assert "cannot be brought back" in browser.get(url).content.decode()
    assert IncidentReport.objects.exists()
    assert browser.post(url).url == at("my_reports")
    assert not IncidentReport.objects.exists()
    assert browser.post(url).status_code == 403


def test_second_press_of_send_gets_a_plain_message(
    council: Council, reporter: Any, browser: Client
) -> None:
    report = drafted(council, reporter)
    url = at("check_report", report.reference)

    assert browser.post(url).status_code == 302
    again = browser.post(url)

    assert again.status_code == 409
    assert "This report was sent before" in again.content.decode()
