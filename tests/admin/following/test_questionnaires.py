"""The list of what was asked of colleagues; questionnaires and specialists."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.following import record_summons
from cautionary_plugin.models import (
    AccessRecord,
    ConflictDeclaration,
    CourtSupport,
    Letter,
    MailKind,
    OutboxMessage,
    PanelCase,
    SpecialistReferral,
)
from cautionary_plugin.rules.vocabulary import Act, CaseKind
from tests.admin.following.pages import (
    ASKED,
    BACK,
    LONG_AGO,
    TO_COME,
    WORDS,
    action_typed,
    came_back,
    noted,
    post,
)
from tests.admin.pages import text, url
from tests.council import browser_of, through_the_door
from tests.factors import make_person
from tests.life import REPORTED
from tests.panel import Panel, conflicted, met, on_agenda, waiting_case
from tests.panel_letters import questionnaire_out
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db


def summoned(panel: Panel, case: PanelCase, employee: Any = None) -> CourtSupport:
    return record_summons(
        case=case,
        employee=employee or panel.customer,
        line_manager=panel.operations,
        hearing_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )


# The list


@pytest.mark.clause("B38", "B40", "B51")
def test_empty_list_says_what_comes_there_and_what_to_do(clerk: Client) -> None:
    shown = text(clerk.get(url("following")))

    assert "No questionnaire is out" in shown
    assert "No action is noted" in shown
    assert "Nobody was summoned" in shown
    for name in ("follow_up_note", "summons"):
        assert f'href="{url(name)}"' in shown


@pytest.mark.clause("B38", "B40", "B51")
def test_list_tells_how_each_stands_and_names_no_customer(panel: Panel, clerk: Client) -> None:
    questionnaire, case = questionnaire_out(panel), waiting_case(panel)
    noted(panel, case)
    summoned(panel, case)

    shown = text(clerk.get(url("following")))

    assert "Out since" in shown
    assert url("questionnaire_return", questionnaire.pk) in shown
    assert "operations: " in shown
    assert "operations is asked to support them" in shown
    assert REPORTED.split()[1] not in shown
    assert WORDS not in shown


def test_list_costs_the_same_however_long(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)

    def more(name: str) -> None:
        noted(panel, case, f"{WORDS} {name}")
        summoned(panel, case, make_person(name))

    came_back(panel)
    more("first")
    before = fewest_queries(lambda: clerk.get(url("following")))
    for name in ("second", "third", "fourth"):
        more(name)
        conflicted(waiting_case(panel), panel.equality)

    assert fewest_queries(lambda: clerk.get(url("following"))) == before


@pytest.mark.parametrize("who", ["care", "operations", "legal", "mail", "monitoring"])
def test_list_is_for_whoever_keeps_the_schedule(panel: Panel, who: str) -> None:
    assert browser_of(panel.people[who]).get(url("following")).status_code == 403


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_sees_nothing_of_the_case(panel: Panel) -> None:
    questionnaire = came_back(panel)
    case = questionnaire.letter.case
    action = noted(panel, case)
    summoned(panel, case)
    chair = browser_of(panel.chair)
    assert case.reference in text(chair.get(url("following")))
    conflicted_later(case, panel.chair)

    shown = text(chair.get(url("following")))

    assert case.reference not in shown
    assert "No action is noted" in shown
    for address in (
        url("questionnaire", questionnaire.pk),
        url("questionnaire_return", questionnaire.pk),
        url("questionnaire_specialist", questionnaire.pk),
        url("follow_up_done", action.pk),
    ):
        assert chair.get(address).status_code == 404
    refused = post(chair, url("follow_up_note"), action_typed(case))
    assert "There is no case with this reference." in text(refused)


def conflicted_later(case: PanelCase, person: Any) -> None:
    """The case is decided; the file names them only now."""
    ConflictDeclaration.objects.create(
        case_file=case.case_file, case=case, user=person, declared_at=timezone.now()
    )


# Questionnaires


@pytest.mark.clause("B38")
def test_questionnaire_that_tells_of_something_new_leads_to_a_specialist(
    panel: Panel, clerk: Client
) -> None:
    questionnaire = questionnaire_out(panel)

    done = post(clerk, url("questionnaire_return", questionnaire.pk), BACK)

    assert done.url == url("questionnaire_specialist", questionnaire.pk)
    questionnaire.refresh_from_db()
    assert (questionnaire.new_issues, questionnaire.words) == (True, WORDS)


@pytest.mark.clause("B38")
def test_questionnaire_with_nothing_new_leads_back(panel: Panel, clerk: Client) -> None:
    questionnaire = questionnaire_out(panel)
    typed = {**BACK, "new_issues": "no", "words": ""}

    done = post(clerk, url("questionnaire_return", questionnaire.pk), typed)

    assert done.url == url("following")
    assert "nothing new" in text(clerk.get(url("following")))
    assert clerk.get(url("questionnaire_specialist", questionnaire.pk)).status_code == 409


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"returned_on": ""}, "returned_on"),
        ({"returned_on": "31 2 2026"}, "returned_on"),
        ({"returned_on": TO_COME}, "returned_on"),
        ({"returned_on": LONG_AGO}, "returned_on"),
        ({"new_issues": ""}, "new_issues"),
        ({"new_issues": "perhaps"}, "new_issues"),
        ({"words": ""}, "words"),
        ({"words": "x" * 4001}, "words"),
    ],
)
def test_return_that_cannot_be_comes_back_with_what_was_typed(
    panel: Panel, clerk: Client, told: dict[str, str], field: str
) -> None:
    questionnaire = questionnaire_out(panel)

    answer = post(clerk, url("questionnaire_return", questionnaire.pk), BACK | told)

    assert answer.status_code == 400
    shown = text(answer)
    assert f'href="#id_{field}"' in shown or f'href="#id_{field}_0"' in shown
    assert field == "words" or WORDS in shown
    if told == {"words": ""}:
        assert "Say what bears on the approach, in a sentence." in shown
    questionnaire.refresh_from_db()
    assert questionnaire.returned_on is None


def test_return_that_is_sent_twice_is_recorded_once(panel: Panel, clerk: Client) -> None:
    questionnaire = questionnaire_out(panel)
    address = url("questionnaire_return", questionnaire.pk)
    post(clerk, address, BACK)

    again = post(clerk, address, {**BACK, "words": "Other words about him."})

    assert again.status_code == 400
    assert "recorded as back before" in text(again)
    questionnaire.refresh_from_db()
    assert questionnaire.words == WORDS


def test_button_that_is_pressed_twice_leads_on_to_the_result(panel: Panel, clerk: Client) -> None:
    questionnaire = questionnaire_out(panel)
    address = url("questionnaire_return", questionnaire.pk)

    post(clerk, address, BACK)
    again = post(clerk, address, BACK)
    by_another = post(browser_of(panel.chair), address, BACK)

    assert again.url == url("questionnaire_specialist", questionnaire.pk)
    assert "the questionnaire is recorded as back." in text(clerk.get(again.url))
    assert AccessRecord.objects.filter(act=Act.QUESTIONNAIRE, user=panel.chair).count() == 0
    assert by_another.status_code == 400
    assert "recorded as back before" in text(by_another)


def test_questionnaire_that_is_out_for_long_is_marked(panel: Panel, clerk: Client) -> None:
    letter = questionnaire_out(panel).letter
    assert 'class="cautionary-late"' not in text(clerk.get(url("following")))
    Letter.objects.filter(pk=letter.pk).update(sent_on=timezone.localdate() - timedelta(days=60))

    shown = text(clerk.get(url("following")))

    assert 'class="cautionary-late"' in shown
    assert "looked for by" in shown


@pytest.mark.clause("B39")
def test_what_a_questionnaire_told_is_shown_and_each_opening_is_recorded(
    panel: Panel, clerk: Client
) -> None:
    questionnaire = came_back(panel)
    before = AccessRecord.objects.filter(act=Act.QUESTIONNAIRE).count()

    assert WORDS in text(clerk.get(url("questionnaire", questionnaire.pk)))
    assert WORDS in text(clerk.get(url("questionnaire_specialist", questionnaire.pk)))

    lines = AccessRecord.objects.filter(act=Act.QUESTIONNAIRE)
    assert {line.user for line in lines} == {panel.clerk}
    assert len(lines) == before + 2


@pytest.mark.clause("B39")
def test_specialist_is_asked_once_after_it_was_read_back(panel: Panel, clerk: Client) -> None:
    questionnaire, specialist = came_back(panel), make_person("specialist")
    address = url("questionnaire_specialist", questionnaire.pk)
    typed = {"specialist": specialist.email, "asked": ASKED}

    read = clerk.post(address, typed)
    assert "You are about to record this" in text(read)
    assert ASKED in text(read)
    assert not SpecialistReferral.objects.exists()
    assert post(clerk, address, typed).url == url("questionnaire", questionnaire.pk)
    again = post(clerk, address, typed)

    assert "has not answered yet" in text(again)
    referral = SpecialistReferral.objects.get()
    assert (referral.specialist, referral.asked) == (specialist, ASKED)
    mails = OutboxMessage.objects.filter(kind=MailKind.SPECIALIST)
    assert [mail.to for mail in mails] == [specialist]
    shown = text(clerk.get(url("questionnaire", questionnaire.pk)))
    assert "No answer yet, due" in shown
    assert "a specialist was asked" in text(clerk.get(url("following")))


@pytest.mark.clause("B11")
@pytest.mark.parametrize("who", ["nobody-here", "equality"])
def test_colleague_who_cannot_be_asked_is_a_problem_of_the_field(
    panel: Panel, clerk: Client, who: str
) -> None:
    questionnaire = came_back(panel)
    conflicted_later(questionnaire.letter.case, panel.equality)

    answer = post(
        clerk,
        url("questionnaire_specialist", questionnaire.pk),
        {"specialist": who, "asked": ASKED},
    )

    assert answer.status_code == 400
    assert 'href="#id_specialist"' in text(answer)
    assert ASKED in text(answer)


@pytest.mark.clause("B21")
def test_specialist_is_asked_about_what_came_up_at_an_item(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)
    item = on_agenda(met(panel), case)
    typed = {"specialist": make_person("specialist").get_username(), "asked": ASKED}
    address = url("item_specialist", item.pk)
    assert case.reference in text(clerk.get(address))

    post(clerk, address, typed)
    again = post(clerk, address, typed)

    assert "has not answered yet" in text(again)
    assert SpecialistReferral.objects.get().item == item


@pytest.mark.clause("B21")
@pytest.mark.clause("B39")
def test_advice_comes_back_to_the_panel_and_is_read_there(panel: Panel, clerk: Client) -> None:
    questionnaire = came_back(panel)
    specialist = make_person("specialist")
    post(
        clerk,
        url("questionnaire_specialist", questionnaire.pk),
        {"specialist": specialist.email, "asked": ASKED},
    )
    referral = SpecialistReferral.objects.get()
    advice = "Speak to him in the quiet room and write down what was agreed."

    answered = through_the_door(specialist).post(
        reverse("cautionary:advice_asked", args=[referral.pk]), {"advice": advice, "send": ""}
    )

    assert answered.status_code == 302
    case = PanelCase.objects.get(kind=CaseKind.RECONSIDERATION)
    assert case.entry == questionnaire.letter.entry
    assert advice in text(clerk.get(url("panel_papers", case.reference)))
    assert advice in text(clerk.get(url("questionnaire", questionnaire.pk)))
