"""What waits for each post around the panel: it appears when it is theirs, and leaves when done."""

from collections.abc import Callable
from datetime import datetime, timedelta
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
from cautionary_plugin.actions.panel.attendance import confirm_briefing, give_apologies
from cautionary_plugin.actions.panel.conflicts import decide_conflict, pass_on
from cautionary_plugin.actions.panel.meetings import close_meeting, open_meeting
from cautionary_plugin.actions.panel.papers import open_papers, release_papers
from cautionary_plugin.actions.panel.referrals import turn_down
from cautionary_plugin.actions.panel.votes import cast_vote
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
from cautionary_plugin.rules.duties import Duty, Task
from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.vocabulary import Choice, LetterKind
from tests.council import let_into_wagtail, through_the_door
from tests.factors import make_person
from tests.life import REPORTED
from tests.panel import (
    Panel,
    conflicted,
    deputised,
    deputy_for,
    findings_recorded,
    found_panel,
    leave,
    met,
    opened_item,
    panel_entry,
    planned,
    seat_at,
    voting,
    waiting_case,
)
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

WORDS = "She has known him since school, and he asked her for help."
DAY = timedelta(days=1)


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def waits(person: Any, duty: Duty, at: datetime | None = None) -> list[Task]:
    now = at or timezone.now()
    return [task for task in what_waits(standing_of(person, at=now)) if task.duty is duty]


def who_has(panel: Panel, duty: Duty, at: datetime | None = None) -> set[str]:
    """The names of those around the panel for whom something of this kind waits."""
    everybody = {**panel.people, "owner": panel.owner, "director": panel.council.owner}
    return {name for name, person in everybody.items() if waits(person, duty, at)}


RUNNERS = {"clerk", "chair", "owner"}


# Meetings


@pytest.mark.clause("B6")
def test_meeting_is_to_be_planned_until_one_is(panel: Panel) -> None:
    case = waiting_case(panel)
    assert who_has(panel, Duty.PLAN_MEETING) == RUNNERS
    [task] = waits(panel.clerk, Duty.PLAN_MEETING)
    assert (task.key, task.note) == (panel.register.slug, "1 case waits")

    planned(panel)

    assert who_has(panel, Duty.PLAN_MEETING) == set()
    assert who_has(panel, Duty.AGENDA) == set()  # the case came on it by itself
    assert case.items.count() == 1


@pytest.mark.clause("B6")
def test_panel_that_has_not_met_for_long_is_to_meet(panel: Panel) -> None:
    meeting = met(panel)
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())
    later = timezone.now() + timedelta(days=panel.register.meeting_days + 2)

    assert who_has(panel, Duty.PLAN_MEETING) == set()
    [task] = waits(panel.clerk, Duty.PLAN_MEETING, later)
    assert task.note == ""


def test_case_that_is_on_no_agenda_is_to_be_put_on_one(panel: Panel) -> None:
    meeting = planned(panel)
    case = waiting_case(panel)
    case.items.update(state="removed")

    [task] = waits(panel.clerk, Duty.AGENDA)

    assert (task.reference, task.note) == (meeting.reference, "1 case waits")
    assert who_has(panel, Duty.AGENDA) == RUNNERS


def test_meeting_waits_from_its_day_until_it_is_closed(panel: Panel) -> None:
    meeting = planned(panel, starts_in=3 * DAY)
    on_the_day = meeting.starts_at - timedelta(minutes=1)
    assert who_has(panel, Duty.MEETING) == set()
    assert who_has(panel, Duty.MEETING, on_the_day) == RUNNERS
    open_meeting(meeting=meeting, by=panel.clerk, at=on_the_day)
    assert waits(panel.clerk, Duty.MEETING, on_the_day)[0].note == "In session"

    close_meeting(meeting=Meeting.objects.get(), by=panel.clerk, at=on_the_day)

    assert who_has(panel, Duty.MEETING, on_the_day) == set()


# Papers


@pytest.mark.clause("B14")
def test_papers_are_to_be_released_and_then_to_be_read(panel: Panel) -> None:
    case = waiting_case(panel, risk="high")
    meeting = planned(panel)
    assert who_has(panel, Duty.RELEASE) == RUNNERS
    assert who_has(panel, Duty.PAPERS) == set()

    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert who_has(panel, Duty.RELEASE) == set()
    six = {"chair", "complaints", "safety", "customer", "care", "equality"}
    assert who_has(panel, Duty.PAPERS) == {*six, "legal"}  # invited for the high risk (B13)
    [task] = waits(panel.care, Duty.PAPERS)
    assert (task.key, task.due_on) == (case.reference, timezone.localdate(meeting.starts_at))
    open_papers(case=case, by=panel.care, at=timezone.now())
    give_apologies(meeting=meeting, by=panel.safety, at=timezone.now())
    assert who_has(panel, Duty.PAPERS) == {*six, "legal"} - {"care", "safety"}


@pytest.mark.clause("B8")
def test_deputys_briefing_is_to_be_confirmed_by_the_member(panel: Panel) -> None:
    waiting_case(panel)
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    deputy = deputised(panel, meeting, "safety", briefed=False)
    assert who_has(panel, Duty.BRIEFING) == {"safety"}
    assert waits(deputy, Duty.PAPERS) == []

    confirm_briefing(attendee=seat_at(meeting, deputy), by=panel.safety, at=timezone.now())

    assert who_has(panel, Duty.BRIEFING) == set()
    assert len(waits(deputy, Duty.PAPERS)) == 1


# Conflicts


@pytest.mark.clause("B10", "B11")
def test_conflict_waits_for_the_chair_before_the_meeting(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = planned(panel)
    conflict = conflicted(case, panel.equality)
    assert who_has(panel, Duty.CONFLICT) == {"chair"}
    [task] = waits(panel.chair, Duty.CONFLICT)
    assert (task.reference, task.due_on) == (
        case.reference,
        timezone.localdate(meeting.starts_at),
    )

    pass_on(conflict=conflict, by=panel.chair, at=timezone.now())
    assert who_has(panel, Duty.CONFLICT) == {"monitoring"}
    decide_conflict(
        conflict=conflict, excluded=True, reasons=WORDS, by=panel.monitoring, at=timezone.now()
    )

    assert who_has(panel, Duty.CONFLICT) == set()


@pytest.mark.clause("B11")
def test_nothing_of_a_case_waits_for_whoever_is_shut_out_of_it(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.chair)
    notes = [waits(who, Duty.PLAN_MEETING)[0].note for who in (panel.chair, panel.clerk)]
    assert notes == ["", "1 case waits"]
    meeting = planned(panel)
    release_papers(meeting=meeting, by=panel.clerk, at=timezone.now())
    divert = prepared_divert(panel)
    conflicted(divert.arrangement.case, panel.chair)

    mine = what_waits(standing_of(panel.chair, at=timezone.now()))

    assert {case.reference, divert.reference}.isdisjoint(task.reference for task in mine)
    assert divert.reference in {task.reference for task in waits(panel.clerk, Duty.DIVERT)}


# Votes


@pytest.mark.clause("B19")
def test_vote_waits_for_those_who_sit_and_have_not_voted(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    item = opened_item(panel, case, meeting=met(panel))
    leave(panel, item.meeting, panel.customer)
    assert who_has(panel, Duty.VOTE) == set()
    motion = voting(panel, item=findings_recorded(panel, item))
    assert who_has(panel, Duty.VOTE) == {"chair", "complaints", "safety", "care"}

    cast_vote(motion=motion, choice=Choice.FOR, by=panel.care, at=timezone.now())

    assert who_has(panel, Duty.VOTE) == {"chair", "complaints", "safety"}


@pytest.mark.clause("B8")
def test_vote_waits_for_a_deputy_only_where_the_member_is_away(panel: Panel) -> None:
    meeting = met(panel)
    deputy = deputised(panel, meeting, "safety", arrives=True)
    item = opened_item(panel, waiting_case(panel), meeting=meeting)
    voting(panel, item=findings_recorded(panel, item))
    assert waits(deputy, Duty.VOTE) == []

    leave(panel, meeting, panel.safety)

    assert len(waits(deputy, Duty.VOTE)) == 1
    assert waits(panel.safety, Duty.VOTE) == []


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
