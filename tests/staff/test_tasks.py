"""Your tasks: shown to whose they are, with what they must know, and done once."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.following import (
    answer_specialist,
    note_follow_up,
    record_summons,
    refer_to_specialist,
)
from cautionary_plugin.models import (
    AccessRecord,
    CourtSupport,
    FollowUpAction,
    PanelCase,
    SpecialistReferral,
)
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.staff.tasks import views
from tests.council import through_the_door
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.life import REPORTED
from tests.panel import Panel, conflicted, met, on_agenda, waiting_case
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

ASKED = "How should the counter speak with somebody who hears little?"
ADVICE = "Speak to him in the quiet room and write down what was agreed."
WHAT = "Move the desk so that there is a way out behind it."
TODAY = f"{timezone.localdate():%d %m %Y}"


@pytest.fixture
def colleague() -> Any:
    """Somebody without any post."""
    return make_person("colleague")


@pytest.fixture
def browser(colleague: Any) -> Client:
    return through_the_door(colleague)


@pytest.fixture
def case(panel: Panel) -> PanelCase:
    return waiting_case(panel)


def url(name: str, *args: Any) -> str:
    return reverse(f"cautionary:{name}", args=args)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def asked(panel: Panel, case: PanelCase, specialist: Any) -> SpecialistReferral:
    item = case.items.first() or on_agenda(met(panel), case)
    return refer_to_specialist(
        item=item, specialist=specialist, asked=ASKED, by=panel.clerk, at=timezone.now()
    )


def noted(panel: Panel, case: PanelCase, colleague: Any, what: str = WHAT) -> FollowUpAction:
    today = timezone.localdate()
    return note_follow_up(
        case=case, what=what, colleague=colleague, due_on=today, by=panel.clerk, at=timezone.now()
    )


def summoned(panel: Panel, case: PanelCase, employee: Any, manager: Any) -> CourtSupport:
    return record_summons(
        case=case,
        employee=employee,
        line_manager=manager,
        hearing_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )


def test_nobody_has_tasks_at_first_and_the_page_says_when_one_comes(browser: Client) -> None:
    shown = text(browser.get(url("my_tasks")))

    assert "Nothing waits for you. You get an e-mail when something does." in shown
    assert f'href="{url("my_tasks")}"' not in shown


@pytest.mark.clause("B39", "B40", "B51")
def test_tasks_are_listed_by_reference_and_name_no_customer(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client
) -> None:
    referral = asked(panel, case, colleague)
    action = noted(panel, case, colleague)
    support = summoned(panel, case, panel.customer, colleague)

    shown = text(browser.get(url("my_tasks")))

    assert f'href="{url("my_tasks")}" aria-current="page"' in shown
    for name, row in (
        ("advice_asked", referral),
        ("my_follow_up", action),
        ("court_support", support),
    ):
        assert url(name, row.pk) in shown
    for hidden in (REPORTED.split()[1], ASKED, WHAT):
        assert hidden not in shown


@pytest.mark.clause("B39")
def test_specialist_reads_what_they_are_asked_and_nothing_else_and_it_is_recorded(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client
) -> None:
    referral = asked(panel, case, colleague)

    shown = text(browser.get(url("advice_asked", referral.pk)))

    assert ASKED in shown
    assert case.reference in shown
    for hidden in (REPORTED.split()[1], case.statement):
        assert hidden not in shown
    line = AccessRecord.objects.get(act=Act.QUESTIONNAIRE, user=colleague)
    assert line.reference == case.reference


@pytest.mark.clause("B40")
def test_opening_an_action_is_recorded(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client
) -> None:
    action = noted(panel, case, colleague)

    assert WHAT in text(browser.get(url("my_follow_up", action.pk)))

    line = AccessRecord.objects.get(act=Act.READ_CASE, user=colleague)
    assert line.reference == case.reference


FORMS: dict[str, tuple[Any, dict[str, str]]] = {
    "advice_asked": (asked, {"advice": ADVICE}),
    "my_follow_up": (noted, {"result": ADVICE}),
    "court_support": (
        lambda panel, case, colleague: summoned(panel, case, panel.customer, colleague),
        {"offered_on": TODAY, "note": ADVICE},
    ),
}


@pytest.mark.clause("B39", "B40", "B51")
@pytest.mark.parametrize("name", FORMS)
def test_task_is_read_over_changed_and_then_done_once(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client, name: str
) -> None:
    make, typed = FORMS[name]
    row = make(panel, case, colleague)
    address = url(name, row.pk)

    read = browser.post(address, typed)
    assert "Read it over" in text(read)
    assert ADVICE in text(read)
    changed = browser.post(address, {**typed, "edit": ""})
    assert ADVICE in text(changed)
    assert "Next: read it over" in text(changed)
    assert browser.post(address, {**typed, "send": ""}).url == url("my_tasks")
    again = browser.post(address, {**typed, "send": ""})

    assert again.status_code == 409
    assert "before" in text(again)
    shown = text(browser.get(url("my_tasks")))
    assert address not in shown
    assert "Nothing waits for you." in shown


@pytest.mark.parametrize("name", FORMS)
def test_what_is_missing_is_said_at_its_field(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client, name: str
) -> None:
    make, typed = FORMS[name]
    row = make(panel, case, colleague)

    for field in typed:
        answer = browser.post(url(name, row.pk), {**typed, field: "", "send": ""})
        assert answer.status_code == 400
        assert f'href="#id_{field}"' in text(answer)
        assert all(typed[other] in text(answer) for other in typed if other != field)


@pytest.mark.clause("B51")
def test_support_was_offered_after_the_summons_and_not_tomorrow(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client
) -> None:
    support = summoned(panel, case, panel.customer, colleague)

    for day in ("1 1 2001", "1 1 2901", "the other day"):
        answer = browser.post(
            url("court_support", support.pk), {"offered_on": day, "note": ADVICE, "send": ""}
        )
        assert answer.status_code == 400
        assert 'href="#id_offered_on"' in text(answer)
        assert ADVICE in text(answer)


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
@pytest.mark.parametrize("name", FORMS)
def test_hostile_words_break_no_task(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client, name: str, typed: str
) -> None:
    make, fields = FORMS[name]
    row = make(panel, case, colleague)

    for field in fields:
        for button in ({}, {"edit": ""}, {"send": ""}):
            answer = browser.post(url(name, row.pk), {**fields, field: typed, **button})
            assert answer.status_code in (200, 302, 400, 409)
            assert b"<script>alert" not in answer.content
    assert b"<script>alert" not in browser.get(url("my_tasks")).content


@pytest.mark.parametrize("name", FORMS)
def test_another_s_task_is_not_there(
    panel: Panel, case: PanelCase, colleague: Any, name: str
) -> None:
    make, typed = FORMS[name]
    row = make(panel, case, colleague)
    stranger = through_the_door(make_person("stranger"))

    for answer in (
        stranger.get(url(name, row.pk)),
        stranger.post(url(name, row.pk), {**typed, "send": ""}),
    ):
        assert answer.status_code == 404
        assert ASKED not in text(answer)


@pytest.mark.clause("B51")
def test_witness_sees_whom_to_ask_and_has_no_form(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client
) -> None:
    support = summoned(panel, case, colleague, panel.operations)

    shown = text(browser.get(url("my_tasks")))

    assert "Ask your line manager for support first: operations." in shown
    assert url("court_support", support.pk) not in shown
    assert browser.get(url("court_support", support.pk)).status_code == 404


@pytest.mark.clause("B11", "B51")
def test_whoever_is_shut_out_sees_of_the_case_their_own_summons_alone(
    panel: Panel, case: PanelCase
) -> None:
    member = panel.customer
    referral, action = asked(panel, case, member), noted(panel, case, member)
    summoned(panel, case, member, panel.operations)
    browser = through_the_door(member)
    conflicted(case, member)

    shown = text(browser.get(url("my_tasks")))

    assert "You are summoned to give evidence" in shown
    for name, row in (("advice_asked", referral), ("my_follow_up", action)):
        assert url(name, row.pk) not in shown
        assert browser.get(url(name, row.pk)).status_code == 404
        assert browser.post(url(name, row.pk), {"send": ""}).status_code == 404


def test_list_costs_the_same_however_long(
    panel: Panel, case: PanelCase, colleague: Any, browser: Client
) -> None:
    def more(name: str) -> None:
        noted(panel, case, colleague, f"{WHAT} {name}")
        summoned(panel, case, make_person(name), colleague)

    asked(panel, case, colleague)
    more("first")
    before = fewest_queries(lambda: browser.get(url("my_tasks")))
    for name in ("second", "third", "fourth"):
        more(name)

    assert fewest_queries(lambda: browser.get(url("my_tasks"))) == before


def test_what_was_done_long_ago_hides_nothing_that_waits(
    panel: Panel,
    case: PanelCase,
    colleague: Any,
    browser: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "MOST", 2)
    for _before in range(3):
        referral = asked(panel, case, colleague)
        answer_specialist(referral=referral, advice=ADVICE, by=colleague, at=timezone.now())
    waits = asked(panel, case, colleague)
    SpecialistReferral.objects.filter(pk=waits.pk).update(due_on=date(2031, 5, 1))

    assert url("advice_asked", waits.pk) in text(browser.get(url("my_tasks")))


def test_task_takes_the_second_factor(panel: Panel, case: PanelCase, colleague: Any) -> None:
    referral = asked(panel, case, colleague)
    client = Client()
    client.force_login(colleague)

    answer = client.get(url("advice_asked", referral.pk))

    assert answer.status_code == 302
    assert "second-factor" in answer.url
