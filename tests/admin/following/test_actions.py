"""Follow-up actions, support at court, and what nobody should type."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions.following import finish_follow_up
from cautionary_plugin.models import (
    AccessRecord,
    CourtSupport,
    FollowUpAction,
    Letter,
    MailKind,
    Meeting,
    OutboxMessage,
    Questionnaire,
)
from cautionary_plugin.rules.vocabulary import Act
from tests.admin.following.pages import (
    ASKED,
    BACK,
    LONG_AGO,
    TO_COME,
    TODAY,
    WORDS,
    action_typed,
    came_back,
    noted,
    post,
)
from tests.admin.pages import text, url
from tests.council import browser_of
from tests.hostile import LONG, NUL, ODD
from tests.panel import Panel, met, on_agenda, waiting_case
from tests.panel_letters import questionnaire_out

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B40")
def test_action_is_noted_once_and_closed_once(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)
    address = url("follow_up_note")
    assert f'value="{case.reference}"' in text(clerk.get(f"{address}?case={case.reference}"))
    typed = {**action_typed(case), "case": f" {case.reference.lower()} "}

    assert post(clerk, address, typed).url == url("following")
    assert "The follow-up action is noted" in text(clerk.get(url("following")))
    again = post(clerk, address, typed)
    assert "This action was noted before." in text(again)
    action = FollowUpAction.objects.get()
    assert OutboxMessage.objects.filter(kind=MailKind.FOLLOW_UP).count() == 1

    done = url("follow_up_done", action.pk)
    assert WORDS in text(clerk.get(done))
    assert AccessRecord.objects.filter(act=Act.READ_CASE, reference=case.reference).count() == 1
    assert post(clerk, done, {"result": "The counter was told."}).url == url("following")
    assert "the follow-up action is recorded as done." in text(clerk.get(url("following")))
    twice = post(clerk, done, {"result": "Something else entirely."})
    assert "recorded as done before" in text(twice)
    action.refresh_from_db()
    assert action.result == "The counter was told."
    assert clerk.get(done).status_code == 409


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"case": "UBC-1999-0001"}, "case"),
        ({"case": ""}, "case"),
        ({"what": ""}, "what"),
        ({"what": "x" * 2001}, "what"),
        ({"colleague": "nobody-here"}, "colleague"),
        ({"due_on": LONG_AGO}, "due_on"),
        ({"due_on": "tomorrow"}, "due_on"),
    ],
)
def test_action_that_cannot_be_comes_back_with_what_was_typed(
    panel: Panel, clerk: Client, told: dict[str, str], field: str
) -> None:
    answer = post(clerk, url("follow_up_note"), action_typed(waiting_case(panel)) | told)

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in text(answer)
    assert field == "what" or WORDS in text(answer)
    assert not FollowUpAction.objects.exists()


def test_director_s_register_has_no_cases_here(panel: Panel) -> None:
    action = noted(panel, waiting_case(panel))
    director = browser_of(panel.council.owner)

    assert WORDS not in text(director.get(url("following")))
    assert director.get(url("follow_up_done", action.pk)).status_code in (403, 404)


# Court


@pytest.mark.clause("B51")
def test_summons_is_recorded_once_and_the_line_manager_is_told(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)
    typed = {
        "case": case.reference,
        "employee": panel.customer.email,
        "line_manager": panel.operations.email,
        "hearing_on": TO_COME,
    }

    assert post(clerk, url("summons"), typed).url == url("following")
    again = post(clerk, url("summons"), typed)

    assert "This summons was recorded before." in text(again)
    assert CourtSupport.objects.get().line_manager == panel.operations
    mails = OutboxMessage.objects.filter(kind=MailKind.COURT)
    assert [mail.to for mail in mails] == [panel.operations]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"employee": ""}, "employee"),
        ({"line_manager": "customer"}, "line_manager"),
        ({"hearing_on": LONG_AGO}, "hearing_on"),
        ({"case": "UBC-1999-0001"}, "case"),
    ],
)
def test_summons_that_cannot_be_is_a_problem_of_its_field(
    panel: Panel, clerk: Client, told: dict[str, str], field: str
) -> None:
    typed = {
        "case": waiting_case(panel).reference,
        "employee": "customer",
        "line_manager": "operations",
        "hearing_on": TODAY,
    }

    answer = post(clerk, url("summons"), typed | told)

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in text(answer)
    assert not CourtSupport.objects.exists()


# What nobody should type


@pytest.mark.parametrize("typed", [LONG, NUL, *ODD.values()], ids=["long", "nul", *ODD])
def test_hostile_words_break_no_screen(panel: Panel, clerk: Client, typed: str) -> None:
    case, questionnaire = waiting_case(panel), questionnaire_out(panel)
    item = on_agenda(met_or_known(panel), case)
    action = noted(panel, case)
    forms = {
        url("questionnaire_return", questionnaire.pk): BACK,
        url("item_specialist", item.pk): {"specialist": "mail", "asked": ASKED},
        url("follow_up_note"): action_typed(case),
        url("follow_up_done", action.pk): {"result": WORDS},
        url("summons"): {
            "case": case.reference,
            "employee": "customer",
            "line_manager": "operations",
            "hearing_on": TODAY,
        },
    }

    for address, fields in forms.items():
        for field in fields:
            answer = post(clerk, address, fields | {field: typed})
            assert answer.status_code in (302, 400), (address, field)
            assert b"<script>alert" not in answer.content
            assert "\u202e" not in text(answer).replace(typed, "")
    shown = (
        clerk.get(url("following")).content
        + clerk.get(url("questionnaire", questionnaire.pk)).content
    )
    assert b"<script>alert" not in shown


def met_or_known(panel: Panel) -> Any:
    return Meeting.objects.first() or met(panel)


@pytest.mark.clause("B39")
def test_questionnaire_that_waits_for_a_specialist_stands_first(
    panel: Panel, clerk: Client
) -> None:
    new = came_back(panel)
    for returned_on, new_issues in ((None, None), (timezone.localdate(), False)):
        letter = Letter.objects.create(
            kind=new.letter.kind,
            case_file=new.case_file,
            register=panel.register,
            case=new.letter.case,
            entry=new.letter.entry,
            queued_at=new.letter.queued_at,
            due_on=new.letter.due_on,
            issued_at=new.letter.issued_at,
            sent_on=new.letter.sent_on,
            sent_by_method=new.letter.sent_by_method,
        )
        Questionnaire.objects.create(
            letter=letter, case_file=new.case_file, returned_on=returned_on, new_issues=new_issues
        )

    shown = text(clerk.get(url("following")))

    places = [shown.index(words) for words in ("is to be asked", "Out since", "nothing new")]
    assert places == sorted(places)


def test_finished_action_stands_below_what_is_open(panel: Panel, clerk: Client) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    done = noted(panel, first)
    noted(panel, second)
    finish_follow_up(follow_up=done, result=WORDS, by=panel.clerk, at=timezone.now())

    shown = text(clerk.get(url("following")))

    assert shown.index(second.reference) < shown.index(first.reference)
    assert "operations: done on" in shown
