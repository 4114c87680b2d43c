"""Your account: an invitation names nobody, and words that went are not shown back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.statements import invite
from cautionary_plugin.models import Appeal, IncidentReport, Statement
from cautionary_plugin.rules.states import ReportState
from tests.council import PLANTED, Council, list_entries
from tests.factors import make_person
from tests.life import REPORTED, submitted
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

WORDS = "I stood at the marzipan van and saw the spade."


@pytest.fixture
def employee() -> Any:
    return make_person("colleague")


@pytest.fixture
def browser(employee: Any) -> Client:
    client = Client()
    client.force_login(employee)
    return client


@pytest.fixture
def statement(council: Council, employee: Any) -> Statement:
    submitted(council, others={"colleagues": [str(employee.pk)]})
    return Statement.objects.get()


def at(name: str, *arguments: Any) -> str:
    return reverse(f"cautionary:{name}", args=arguments)


@pytest.mark.clause("A11")
def test_invitation_says_reference_date_and_kind_and_names_nobody(
    statement: Statement, browser: Client
) -> None:
    day = statement.report.occurred_on

    for url in (at("my_accounts"), at("give_account", statement.pk)):
        shown = browser.get(url).content.decode()

        assert statement.report.reference in shown
        assert f"A threat, on {day.day} {day:%B %Y}" in shown
        assert REPORTED not in shown
        assert "Gantry" not in shown
        assert "spade" not in shown
    assert f'href="{at("my_accounts")}"' in browser.get(at("report")).content.decode()


@pytest.mark.clause("A11")
def test_account_is_read_over_then_sent_and_not_shown_again(
    statement: Statement, browser: Client
) -> None:
    url = at("give_account", statement.pk)

    looked = browser.post(url, {"text": WORDS})
    assert Statement.objects.get().given_at is None
    edited = browser.post(url, {"text": WORDS, "edit": ""})
    sent = browser.post(url, {"text": WORDS, "send": ""})

    assert "Read it over" in looked.content.decode()
    assert f">\n{WORDS}</textarea>" in edited.content.decode()
    assert sent.url == at("my_accounts")
    assert Statement.objects.get().text == WORDS
    shown = browser.get(at("my_accounts")).content.decode()
    assert "You sent your account on" in shown
    assert "marzipan" not in shown
    assert f'href="{at("my_accounts")}"' not in browser.get(at("report")).content.decode()


@pytest.mark.clause("A11")
def test_second_press_gets_a_plain_message(statement: Statement, browser: Client) -> None:
    url = at("give_account", statement.pk)
    browser.post(url, {"text": WORDS, "send": ""})

    for answer in (
        browser.post(url, {"text": "Something else", "send": ""}),
        browser.get(url),
        browser.post(at("decline_account", statement.pk)),
    ):
        assert answer.status_code == 409
        assert "You have answered this before" in answer.content.decode()
    assert Statement.objects.get().text == WORDS


@pytest.mark.clause("A11")
def test_declining_is_asked_first(statement: Statement, browser: Client) -> None:
    url = at("decline_account", statement.pk)

    assert "cannot give it later" in browser.get(url).content.decode()
    assert Statement.objects.get().declined_at is None
    assert browser.post(url).url == at("my_accounts")
    assert Statement.objects.get().declined_at
    assert "do not want to give one" in browser.get(at("my_accounts")).content.decode()


@pytest.mark.clause("A11")
@pytest.mark.parametrize("name", ["give_account", "decline_account"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_invitation_of_a_colleague_is_refused(
    council: Council, statement: Statement, name: str, method: str
) -> None:
    other = Client()
    other.force_login(council.owner)

    answer = getattr(other, method)(at(name, statement.pk), {"text": WORDS, "send": ""})

    assert answer.status_code == 403
    assert Statement.objects.get().given_at is None


def test_hidden_fields_change_nothing(
    council: Council, statement: Statement, browser: Client
) -> None:
    forged = {"employee": council.owner.pk, "due_on": "2099-01-01", "given_at": "2020-01-01"}
    due_on = statement.due_on

    browser.post(at("give_account", statement.pk), {"text": WORDS, "send": "", **forged})

    kept = Statement.objects.get()
    assert (kept.employee, kept.due_on) == (statement.employee, due_on)
    assert kept.given_at.date() == timezone.now().date()


def test_decided_report_asks_for_nothing_more(statement: Statement, browser: Client) -> None:
    IncidentReport.objects.update(state=ReportState.DECIDED)

    shown = browser.get(at("my_accounts")).content.decode()

    assert "Nothing waits for you." in shown
    assert browser.get(at("give_account", statement.pk)).status_code == 409


@pytest.mark.clause("A26")
def test_comment_on_an_appeal_names_nobody(
    council: Council, employee: Any, browser: Client
) -> None:
    [entry] = list_entries(council)
    today = timezone.localdate()
    appeal = Appeal.objects.create(
        reference="APP-2026-0001",
        case_file=entry.case_file,
        entry=entry,
        lodged_on=today,
        decide_by=today,
        recorded_at=timezone.now(),
        grounds="It was somebody else.",
    )
    [made] = invite(
        employees=[employee],
        case_file=entry.case_file,
        due_on=today,
        at=timezone.now(),
        appeal=appeal,
    )

    listed = browser.get(at("my_accounts")).content.decode()
    page = browser.get(at("give_account", made.pk)).content.decode()
    browser.post(at("give_account", made.pk), {"text": WORDS, "send": ""})

    for shown in (listed, page):
        assert "APP-2026-0001" in shown
        assert "Comment on the appeal" in shown
        assert PLANTED not in shown
        assert "somebody else" not in shown
    assert Statement.objects.get().text == WORDS


def test_list_takes_the_same_queries_however_long_it_is(
    council: Council, employee: Any, statement: Statement, browser: Client
) -> None:
    few = fewest_queries(lambda: browser.get(at("my_accounts")))
    for _number in range(3):
        submitted(council, others={"colleagues": [str(employee.pk)]})

    assert fewest_queries(lambda: browser.get(at("my_accounts"))) == few
