"""The report in a browser that has given a password and nothing else."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.reports import pages_now
from cautionary_plugin.models import (
    Countersignature,
    Decision,
    IncidentReport,
    PolicyLink,
    Register,
)
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import PolicyText, Route
from tests.council import Council, found_council, make_reader, through_the_door
from tests.factors import make_person
from tests.life import REPORTED, drafted, submitted, typed
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.fixture
def reporter() -> Any:
    return make_person("reporter")


@pytest.fixture
def browser(reporter: Any) -> Client:
    return signed_in(reporter)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *arguments: Any) -> str:
    return reverse(f"cautionary:{name}", args=arguments)


def begin(browser: Client, about: str = "public", **fields: Any) -> IncidentReport:
    answer = browser.post(at("report"), {"about": about, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return IncidentReport.objects.latest("started_at")


def posted(kind: str = "person") -> dict[str, dict[str, Any]]:
    """The answers as a browser sends them: colleagues by user name, dates as people type them."""
    day = timezone.localdate() - timedelta(days=3)
    told = typed(kind)
    dated = told["when" if kind == "person" else "sighted"]
    dated["occurred_on"] = f"{day.day}/{day.month}/{day.year}"
    told["others"] = {"colleagues": "", "witnesses": "The caretaker"}
    if kind == "person":
        told["identify"]["born_on"] = "5 November 1961"
    return told


def fill(browser: Client, report: IncidentReport, told: dict[str, dict[str, Any]]) -> Any:
    """Go through the pages in the order in which "Next" leads."""
    url = at("report_page", report.reference, pages_now(report)[0])
    for _page in range(20):
        page = url.rstrip("/").rpartition("/")[2]
        if page == "check":
            return url
        assert browser.get(url).status_code == 200
        answer = browser.post(url, told[page])
        assert answer.status_code == 302, (page, answer.content.decode())
        url = answer.url
    raise AssertionError("The pages do not end.")


@pytest.mark.clause("A3")
@pytest.mark.clause("A6")
@pytest.mark.parametrize("kind", ["person", "premises"])
def test_password_alone_is_enough_to_report(council: Council, browser: Client, kind: str) -> None:
    report = begin(browser, "public" if kind == "person" else "animal")

    last = fill(browser, report, posted(kind))
    answer = browser.post(last)

    assert answer.url == at("report_sent", report.reference)
    assert "What happens next" in browser.get(answer.url).content.decode()
    report = IncidentReport.objects.get()
    assert report.state == ReportState.SUBMITTED
    assert report.witnesses == "The caretaker"
    assert report.occurred_on == timezone.localdate() - timedelta(days=3)


@pytest.mark.clause("A6")
def test_reporter_reads_nothing_of_the_register(council: Council, browser: Client) -> None:
    for name in ("check", "my_access", "people"):
        answer = browser.get(at(name))

        assert answer.status_code == 302
        assert "second-factor" in answer.url


@pytest.mark.parametrize("who", ["employee", "reader", "owner"])
def test_navigation_offers_to_report_to_everybody(council: Council, who: str) -> None:
    client = {
        "employee": lambda: signed_in(make_person("employee")),
        "reader": lambda: through_the_door(make_reader(council)),
        "owner": lambda: through_the_door(council.owner),
    }[who]()

    shown = client.get(at("report")).content.decode()

    assert f'href="{at("my_reports")}"' in shown
    assert f'href="{at("report")}" aria-current="page"' in shown
    assert (f'href="{at("check")}"' in shown) is (who != "employee")
    assert f'href="{at("my_accounts")}"' not in shown


def test_first_screen_of_somebody_without_access_is_their_reports(
    council: Council, browser: Client
) -> None:
    assert browser.get(at("home")).url == at("my_reports")
    assert signed_in(make_reader(council)).get(at("home")).url == at("check")
    assert through_the_door(make_person("enrolled")).get(at("home")).url == at("my_access")


@pytest.mark.clause("A4")
def test_texts_to_read_are_linked_where_the_council_has_set_them(
    council: Council, browser: Client
) -> None:
    assert "Read this with" not in browser.get(at("report")).content.decode()

    PolicyLink.objects.create(
        register=council.register,
        text=PolicyText.RISK_ASSESSMENT,
        url="https://intranet.example.gov.uk/team-risk",
    )

    shown = browser.get(at("report")).content.decode()
    assert '<a href="https://intranet.example.gov.uk/team-risk">Team risk assessments</a>' in shown
    assert "Lone working" not in shown


def test_employee_or_councillor_is_turned_away_and_nothing_is_kept(
    council: Council, browser: Client
) -> None:
    answer = browser.post(at("report"), {"about": "colleague"}, follow=True)

    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at("report_elsewhere")
    assert "Human Resources (HR)" in shown
    assert "Standards" in shown
    assert not IncidentReport.objects.exists()


def test_register_is_asked_for_only_where_there_are_several(
    council: Council, browser: Client
) -> None:
    assert 'name="register"' not in browser.get(at("report")).content.decode()

    other = Register.objects.create(
        slug="leisure", name="Leisure", prefix="LEI", route=Route.DIRECTOR
    )

    assert 'name="register"' in browser.get(at("report")).content.decode()
    assert begin(browser, register=other.pk).register == other


def test_without_a_register_that_takes_reports_the_page_says_so(browser: Client) -> None:
    answer = browser.get(at("report"))

    assert "no register that takes reports" in answer.content.decode()
    assert browser.post(at("report"), {"about": "public"}).status_code == 400


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


def test_second_press_of_send_gets_a_plain_message(
    council: Council, reporter: Any, browser: Client
) -> None:
    report = drafted(council, reporter)
    url = at("check_report", report.reference)

    assert browser.post(url).status_code == 302
    again = browser.post(url)

    assert again.status_code == 409
    assert "This report was sent before" in again.content.decode()


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
