"""What waits after a decision, and how all of it stands on the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.appeals import lodge_appeal, name_hearers
from cautionary_plugin.actions.contact.diverts import end_divert, record_answer, request_divert
from cautionary_plugin.actions.contact.mail_rules import switch_off, switch_on
from cautionary_plugin.actions.following import (
    finish_follow_up,
    note_follow_up,
    record_return,
    refer_to_specialist,
)
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.actions.panel.referrals import turn_down
from cautionary_plugin.actions.reminders import remind
from cautionary_plugin.actions.reviews import open_review
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.admin.worklist.tasks import lines_for
from cautionary_plugin.models import (
    Appeal,
    DirectorReferral,
    Letter,
    MailKind,
    Meeting,
    OutboxMessage,
    Questionnaire,
)
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.vocabulary import LetterKind
from tests.actions.panel_worklist.waiting import DAY, RUNNERS, WORDS, waits, who_has
from tests.council import let_into_wagtail, through_the_door
from tests.factors import make_person
from tests.life import REPORTED
from tests.panel import (
    Panel,
    conflicted,
    deputy_for,
    planned,
    waiting_case,
)
from tests.panel_items import panel_entry
from tests.panel_letters import posted, questionnaire_out, schedule_letter
from tests.queries import fewest_queries
from tests.referrals import panel_report, refer
from tests.schedule import (
    active_divert,
    arranged,
    councillor_asked,
    customer_told,
    prepared_divert,
    referred_case,
    requested_divert,
    scheduled,
)

pytestmark = pytest.mark.django_db


# What follows


def test_high_risk_waits_for_the_director_until_it_is_answered(panel: Panel) -> None:
    panel_entry(panel, risk="high")
    assert who_has(panel, Duty.FROM_PANEL) == {"director"}

    turn_down(
        referral=DirectorReferral.objects.get(),
        reasons=WORDS,
        by=panel.council.owner,
        at=timezone.now(),
    )

    assert who_has(panel, Duty.FROM_PANEL) == set()


@pytest.mark.clause("B31")
@pytest.mark.clause("B43")
@pytest.mark.parametrize(
    ("risk", "duty", "who"),
    [
        ("medium", Duty.SCHEDULE_LETTER, "operations"),
        ("high", Duty.LEGAL_LETTER, "legal"),
    ],
)
def test_letter_waits_for_whoever_writes_it(panel: Panel, risk: str, duty: Duty, who: str) -> None:
    letter = schedule_letter(panel, risk)
    assert who_has(panel, duty) == {who}
    assert waits(panel.people[who], duty)[0].due_on == letter.due_on

    posted(panel, letter)

    assert who_has(panel, duty) == set()


@pytest.mark.clause("B29")
def test_letter_about_a_divert_says_so_and_waits_for_the_councillors(panel: Panel) -> None:
    divert, today = prepared_divert(panel), timezone.localdate()
    answer = councillor_asked(panel, divert)
    Letter.objects.filter(divert=divert).update(due_on=today - DAY)

    def lines() -> list[tuple[Any, str]]:
        found = waits(panel.operations, Duty.SCHEDULE_LETTER)
        return sorted((each.due_on, each.note) for each in found if "divert" in each.note.lower())

    label = LetterKind.DIVERT.label
    assert lines() == [(None, f"{label}: waits for the councillors’ answers")]
    record_answer(answer=answer, wants=True, answered_on=today, by=panel.clerk, at=timezone.now())

    assert lines() == [(today - DAY, label)]


@pytest.mark.clause("B38")
def test_questionnaire_that_is_not_back_waits_for_a_while(panel: Panel) -> None:
    letter, today = questionnaire_out(panel).letter, timezone.localdate()
    for days, waiting in ((1, set()), (35, RUNNERS), (100, set())):
        Letter.objects.filter(pk=letter.pk).update(sent_on=today - days * DAY)
        assert who_has(panel, Duty.QUESTIONNAIRE) == waiting
    Letter.objects.filter(pk=letter.pk).update(sent_on=today - 35 * DAY)
    [task] = waits(panel.clerk, Duty.QUESTIONNAIRE)
    assert (task.due_on, task.note[:13]) == (None, "looked for by")

    record_return(
        questionnaire=Questionnaire.objects.get(),
        returned_on=today,
        new_issues=False,
        by=panel.clerk,
        at=timezone.now(),
    )

    assert who_has(panel, Duty.QUESTIONNAIRE) == set()


@pytest.mark.clause("B39")
def test_specialist_is_to_be_asked_where_a_questionnaire_tells_something_new(panel: Panel) -> None:
    questionnaire, now = questionnaire_out(panel), timezone.now()
    assert who_has(panel, Duty.ASK_SPECIALIST) == set()
    record_return(
        questionnaire=questionnaire,
        returned_on=timezone.localdate(now),
        new_issues=True,
        words=WORDS,
        by=panel.clerk,
        at=now,
    )
    assert who_has(panel, Duty.ASK_SPECIALIST) == RUNNERS

    refer_to_specialist(
        questionnaire=questionnaire,
        specialist=make_person("specialist"),
        asked=WORDS,
        by=panel.clerk,
        at=now,
    )

    assert who_has(panel, Duty.ASK_SPECIALIST) == set()


@pytest.mark.clause("B29", "B30")
def test_divert_waits_for_the_keeper_and_then_for_whoever_runs_mail(panel: Panel) -> None:
    divert, now = prepared_divert(panel), timezone.now()
    answer = councillor_asked(panel, divert)
    assert who_has(panel, Duty.DIVERT) == RUNNERS
    assert waits(panel.clerk, Duty.DIVERT)[0].note == "answers waited for: 1"
    assert who_has(panel, Duty.SWITCH) == set()
    record_answer(
        answer=answer, wants=True, answered_on=timezone.localdate(now), by=panel.clerk, at=now
    )
    customer_told(divert)

    divert = request_divert(divert=divert, by=panel.clerk, at=now)

    assert who_has(panel, Duty.DIVERT) == set()
    assert who_has(panel, Duty.SWITCH) == {"mail"}
    assert divert.requested_at is not None
    switch_on(divert=divert, seen=divert.requested_at, by=panel.mail, at=now)
    assert who_has(panel, Duty.SWITCH) == set()


@pytest.mark.clause("B28")
def test_divert_that_ends_is_to_be_switched_off(panel: Panel) -> None:
    divert = end_divert(divert=active_divert(panel), by=panel.clerk, at=timezone.now())
    assert waits(panel.mail, Duty.SWITCH)[0].note == "To be switched off"

    switch_off(divert=divert, by=panel.mail, at=timezone.now())

    assert who_has(panel, Duty.SWITCH) == set()


@pytest.mark.clause("B40")
def test_follow_up_action_waits_for_the_keeper_once_it_is_late(panel: Panel) -> None:
    now = timezone.now()
    noted = note_follow_up(
        case=waiting_case(panel),
        what=WORDS,
        colleague=make_person("colleague"),
        due_on=timezone.localdate(now),
        by=panel.clerk,
        at=now,
    )
    assert who_has(panel, Duty.FOLLOW_UP) == set()
    assert who_has(panel, Duty.FOLLOW_UP, now + DAY) == RUNNERS

    finish_follow_up(follow_up=noted, result=WORDS, by=panel.clerk, at=now + DAY)

    assert who_has(panel, Duty.FOLLOW_UP, now + DAY) == set()


@pytest.mark.clause("B37")
def test_review_against_the_schedule_waits_for_hearers_and_then_for_each(panel: Panel) -> None:
    entry, now = scheduled(panel, referred_case(panel)), timezone.now()
    appeal: Appeal = lodge_appeal(
        entry=entry, lodged_on=timezone.localdate(now), grounds=WORDS, by=panel.clerk, at=now
    )
    assert who_has(panel, Duty.NAME_HEARERS) == {"clerk", "owner"}
    named = [panel.safety, panel.care]

    name_hearers(appeal=appeal, users=named, by=panel.clerk, at=now)

    assert who_has(panel, Duty.NAME_HEARERS) == set()
    assert who_has(panel, Duty.HEAR) == {"safety", "care"}


# What is the panel's is nobody's to review besides


@pytest.mark.clause("B3", "B4")
def test_director_s_review_neither_waits_nor_opens_on_the_schedule(panel: Panel) -> None:
    now = timezone.now()
    entry = scheduled(panel, referred_case(panel), expires_on=timezone.localdate(now) + 20 * DAY)

    assert who_has(panel, Duty.REVIEW) == set()
    assert waits(panel.owner, Duty.QUARTER, now + 95 * DAY) == []
    with pytest.raises(IllegalMove):
        open_review(entry=entry, by=panel.owner, at=now)
    remind(at=now)
    assert not OutboxMessage.objects.filter(kind=MailKind.REVIEW_DUE).exists()
    browser = open_as(panel.owner)
    assert entry.reference not in browser.get(reverse("cautionary_lapsing")).content.decode()
    shown = browser.get(
        reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
    ).content.decode()
    assert reverse("cautionary_review_open", args=[entry.reference]) not in shown


# On the screen


def open_as(person: Any) -> Any:
    let_into_wagtail(person)
    return through_the_door(person)


def busy(panel: Panel) -> None:
    """A little of everything waits."""
    panel_report(panel)
    refer(panel, panel_report(panel))
    waiting_case(panel, risk="high")
    case = waiting_case(panel)
    conflicted(case, panel.customer)
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    waiting_case(panel)
    requested_divert(panel, arrangement=arranged(panel, officer=panel.operations))
    prepared_divert(panel, arrangement=arranged(panel, officer=panel.operations))
    note_follow_up(
        case=case,
        what=WORDS,
        colleague=panel.operations,
        due_on=timezone.localdate(),
        by=panel.clerk,
        at=timezone.now(),
    )


@pytest.mark.parametrize("who", ["clerk", "chair", "care", "operations", "legal", "mail", "owner"])
def test_every_line_leads_to_a_screen_that_opens_and_names_nobody(panel: Panel, who: str) -> None:
    busy(panel)
    person = panel.owner if who == "owner" else panel.people[who]
    browser = open_as(person)

    lines = lines_for(standing_of(person, at=timezone.now()))
    page = browser.get(reverse("cautionary_worklist")).content.decode()

    assert lines
    assert REPORTED.split()[1] not in page
    for line in lines:
        assert line.url in page
        assert browser.get(line.url).status_code == 200, line.what


def test_days_come_in_their_order_whatever_the_work_is(panel: Panel) -> None:
    letter = schedule_letter(panel)
    close_meeting(meeting=Meeting.objects.get(), by=panel.clerk, at=timezone.now())
    busy(panel)
    Letter.objects.filter(pk=letter.pk).update(due_on=timezone.localdate() - DAY)

    for person in (panel.clerk, panel.chair, panel.operations):
        days = [task.due_on for task in what_waits(standing_of(person, at=timezone.now()))]
        known = [day for day in days if day is not None]
        assert known == sorted(known)
        assert days[: len(known)] == known


@pytest.mark.parametrize("who", ["clerk", "chair", "care", "mail", "operations"])
def test_queries_do_not_grow_with_what_waits(
    panel: Panel, who: str, cost: Callable[[Any], int]
) -> None:
    busy(panel)
    before = cost(panel.people[who])
    for _more in range(3):
        panel_report(panel, make_person(f"reporter{_more}"))
        conflicted(waiting_case(panel), panel.equality)
        requested_divert(panel, arrangement=arranged(panel, officer=panel.operations))
        prepared_divert(panel, arrangement=arranged(panel, officer=panel.operations))
    release_papers(meeting=Meeting.objects.get(), by=panel.clerk, at=timezone.now())
    deputy_for(panel, "customer")

    assert cost(panel.people[who]) == before


@pytest.fixture
def cost() -> Callable[[Any], int]:
    def counted(person: Any) -> int:
        return fewest_queries(lambda: what_waits(standing_of(person, at=timezone.now())))

    return counted
