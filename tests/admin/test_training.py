"""The trainer's screens: who is to be briefed, sessions, and who came (A49)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.training import expect, plan_session
from cautionary_plugin.models import Briefing, BriefingSession, StaffReminder
from cautionary_plugin.rules.posts import PostKind
from tests.admin.pages import url
from tests.council import Council, grant, hold_post, let_into_wagtail, make_reader, through_the_door
from tests.factors import make_person
from tests.queries import fewest_queries

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A49")]


@pytest.fixture
def trainer(council: Council) -> Any:
    person = make_person("trainer")
    hold_post(council, person, PostKind.TRAINER)
    let_into_wagtail(person)
    return person


@pytest.fixture
def desk(trainer: Any) -> Client:
    return through_the_door(trainer)


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(str(response.content.decode()).split())


def session_of(trainer: Any, *people: Any, days: int = 0) -> BriefingSession:
    now = timezone.now()
    held_on = timezone.localdate(now) + timedelta(days=days)
    session = plan_session(held_on=held_on, place="Room 4", by=trainer, at=now)
    expect(session=session, people=people, by=trainer, at=now)
    return session


def test_desk_names_who_is_shut_out_and_who_is_due(council: Council, desk: Client) -> None:
    never, due = make_person("never"), make_reader(council, "due")
    grant(council, never)
    today = timezone.localdate()
    Briefing.objects.filter(user=due).update(briefed_on=today - timedelta(days=700))
    make_reader(council, "good")

    shown = text(desk.get(url("training")))

    shut, rest = shown.split('id="due"')
    assert re.search(r"never</strong>.*never briefed", shut)
    assert re.search(r"due</strong>.*lapses on", rest)
    assert "good</strong>" not in shown


def test_desk_without_anything_says_what_to_do_next(desk: Client) -> None:
    shown = text(desk.get(url("training")))

    assert "Everybody with access is briefed." in shown
    assert "No session is planned. Plan one" in shown


def test_trainer_plans_invites_and_closes_and_the_register_opens(
    council: Council, desk: Client
) -> None:
    officer = make_person("officer")
    grant(council, officer)
    today = timezone.localdate()
    desk.post(
        url("session_plan"),
        {"held_on": f"{today:%d %m %Y}", "at_time": "14:00", "place": "Room 4", "trainer": ""},
    )
    session = BriefingSession.objects.get()
    desk.post(url("session_expect", session.pk), {"people": "officer"})
    told = {
        "came": [session.attendances.get().pk],
        "covered": ["policy", "review_procedures", "data_security"],
    }

    read_back = text(desk.post(url("session_close", session.pk), told))
    assert "officer" in read_back
    assert "Data security" in read_back
    assert not Briefing.objects.filter(user=officer).exists()
    desk.post(url("session_close", session.pk), told | {"step": "record"})

    assert standing_of(officer, at=timezone.now()).may_read()
    assert "Came: briefed" in text(desk.get(url("session", session.pk)))


def test_left_out_subject_is_named_and_what_was_ticked_stays(
    council: Council, trainer: Any, desk: Client
) -> None:
    session = session_of(trainer, make_person("officer"))
    came = session.attendances.get().pk

    response = desk.post(url("session_close", session.pk), {"came": [came], "covered": ["policy"]})

    shown = response.content.decode()
    assert response.status_code == 400
    assert "Not covered: review procedures, data security" in shown
    assert re.search(rf'value="{came}"[^>]*checked', shown)


def test_colleague_is_taken_off_the_list(trainer: Any, desk: Client) -> None:
    session = session_of(trainer, make_person("officer"), days=1)

    desk.post(url("attendance_take_off", session.attendances.get().pk))

    assert not session.attendances.exists()


def test_session_is_called_off(trainer: Any, desk: Client) -> None:
    session = session_of(trainer, make_person("officer"), days=1)

    desk.post(url("session_call_off", session.pk), {"asked_for": "Call it off", "step": "record"})

    assert "Called off on" in text(desk.get(url("session", session.pk)))
    assert url("session_close", session.pk) not in text(desk.get(url("session", session.pk)))


def test_what_waits_is_on_the_worklist(council: Council, trainer: Any, desk: Client) -> None:
    session = session_of(trainer)
    grant(council, make_person("never"))

    shown = text(desk.get(url("worklist")))

    assert url("session", session.pk) in shown
    assert "1 colleague" in shown


def test_desk_costs_the_same_however_many_read(
    council: Council, trainer: Any, desk: Client
) -> None:
    session_of(trainer)
    grant(council, make_person("first"))
    before = fewest_queries(lambda: desk.get(url("training")))
    for number in range(6):
        grant(council, make_person(f"reader{number}"))
        session_of(trainer, days=number)

    assert fewest_queries(lambda: desk.get(url("training"))) == before


def test_colleague_sees_how_they_stand_and_where_they_are_expected(
    council: Council, trainer: Any
) -> None:
    officer = make_person("officer")
    grant(council, officer)
    session_of(trainer, officer, days=3)
    browser = Client()
    browser.force_login(officer)

    shown = text(browser.get(reverse("cautionary:my_training")))

    assert "The register is shut to you" in shown
    assert "Room 4" in shown


@pytest.mark.clause("A47")
def test_trainer_reminds_all_staff_after_a_second_look(trainer: Any, desk: Client) -> None:
    assert "never been reminded" in text(desk.get(url("training")))

    read_back = text(desk.post(url("remind_staff"), {"asked_for": "x"}))
    assert "cannot be called back" in read_back
    assert not StaffReminder.objects.exists()
    desk.post(url("remind_staff"), {"asked_for": "x", "step": "record"})

    assert StaffReminder.objects.get().sent_by == trainer
    shown = text(desk.get(url("training")))
    assert "to 2 people, by" in shown  # the owner and the trainer
    assert "The next goes out by itself on" in shown


@pytest.mark.clause("A48")
def test_manager_confirms_a_starter_with_a_password_alone_and_the_trainer_sees_it(
    desk: Client,
) -> None:
    make_person("starter")
    manager = make_person("manager")
    browser = Client()
    browser.force_login(manager)
    form = reverse("cautionary:confirm_starter")
    typed = {
        "starter": "starter",
        "told_on": f"{timezone.localdate():%d %m %Y}",
        "told": ["purpose", "reporting"],
        "relevance": "visits",
        "about_job": "Visits tenants, so checks before each visit.",
    }

    refused = browser.post(form, typed | {"told": ["purpose"]})
    assert refused.status_code == 400
    assert "their duty to report" in refused.content.decode()
    browser.post(form, typed)

    for shown in (
        text(browser.get(reverse("cautionary:starters"))),
        text(desk.get(url("starters"))),
    ):
        assert "starter" in shown
        assert "Visits tenants, so checks before each visit." in shown
    stranger = Client()
    stranger.force_login(make_person("stranger"))
    assert "Visits tenants" not in text(stranger.get(reverse("cautionary:starters")))
