"""Briefing sessions: planned, attended, closed; and only then is anybody briefed (A49)."""

from datetime import date, timedelta
from typing import Any

import pytest

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.training import (
    call_off_session,
    close_session,
    expect,
    plan_session,
    take_off,
)
from cautionary_plugin.models import (
    AccessRecord,
    Attendance,
    Briefing,
    BriefingSession,
    MailKind,
    OutboxMessage,
)
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost, SamePerson
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, grant, hold_post
from tests.factors import NOON, make_person
from tests.races import race

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A49")]

TODAY = date(2026, 12, 2)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def trainer(council: Council) -> Any:
    person = make_person("trainer")
    hold_post(council, person, PostKind.TRAINER)
    return person


@pytest.fixture
def officer(council: Council) -> Any:
    person = make_person()
    grant(council, person, at=NOON)
    return person


def planned(trainer: Any, *people: Any, held_on: date = TODAY, **facts: Any) -> BriefingSession:
    session = plan_session(
        held_on=held_on, place="Room 4", by=facts.pop("by", trainer), at=NOON, **facts
    )
    if people:
        expect(session=session, people=people, by=trainer, at=NOON)
    return session


def close(session: BriefingSession, by: Any, *, but: Any = (), **facts: Any) -> BriefingSession:
    came = [each.pk for each in session.attendances.all() if each.user not in but]
    terms: dict[str, Any] = {"came": came, "covered": set(SUBJECTS), "at": NOON}
    return close_session(session=session, by=by, **(terms | facts))


def test_closing_briefs_those_who_came_from_the_day_of_the_session(
    council: Council, trainer: Any, officer: Any
) -> None:
    absent = make_person("absent")
    grant(council, absent, at=NOON)
    session = planned(trainer, officer, absent, held_on=TODAY - 3 * DAY)
    assert not standing_of(officer, at=NOON).may_read()
    recorded = AccessRecord.objects.filter(act=Act.TRAINING, user=trainer)
    planning = recorded.count()

    close(session, trainer, but=[absent])

    assert recorded.count() == planning + 1
    briefing = Briefing.objects.get(user=officer)
    assert (briefing.briefed_on, briefing.recorded_by) == (TODAY - 3 * DAY, trainer)
    assert standing_of(officer, at=NOON).may_read()
    assert not standing_of(absent, at=NOON).may_read()
    kept = {each.user: (each.came, each.briefing) for each in Attendance.objects.all()}
    assert kept == {officer: (True, briefing), absent: (False, None)}


@pytest.mark.parametrize("left_out", SUBJECTS)
def test_session_that_leaves_a_subject_out_briefs_nobody(
    trainer: Any, officer: Any, left_out: str
) -> None:
    session = planned(trainer, officer)

    with pytest.raises(BadInput) as refusal:
        close(session, trainer, covered=set(SUBJECTS) - {left_out})

    assert list(refusal.value.problems) == ["covered"]
    assert not Briefing.objects.filter(user=officer).exists()


def test_session_to_come_cannot_be_closed(trainer: Any, officer: Any) -> None:
    session = planned(trainer, officer, held_on=TODAY + DAY)

    with pytest.raises(BadInput):
        close(session, trainer)


def test_session_that_nobody_came_to_is_not_closed(trainer: Any, officer: Any) -> None:
    with pytest.raises(BadInput):
        close(planned(trainer, officer), trainer, but=[officer])


def test_trainer_is_not_briefed_by_their_own_session(council: Council, trainer: Any) -> None:
    session = planned(trainer)

    with pytest.raises(SamePerson):
        expect(session=session, people=[trainer], by=council.owner, at=NOON)


def test_whoever_came_does_not_close_it(council: Council, trainer: Any, officer: Any) -> None:
    session = planned(trainer, officer, council.owner)

    with pytest.raises(SamePerson):
        close(session, council.owner)

    assert not Briefing.objects.filter(user=officer).exists()
    close(session, trainer)
    assert Briefing.objects.filter(user=council.owner).count() == 1  # briefed that day already


def test_keys_of_another_session_brief_nobody(trainer: Any, officer: Any) -> None:
    other = planned(trainer, officer)
    session = planned(trainer, make_person("second"))

    with pytest.raises(BadInput):
        close(session, trainer, came=[each.pk for each in other.attendances.all()])

    assert not Briefing.objects.filter(user=officer).exists()


def test_only_those_who_record_briefings_run_sessions(trainer: Any, officer: Any) -> None:
    session = planned(trainer, officer)
    attendance = session.attendances.get()

    for act in (
        lambda: plan_session(held_on=TODAY, place="Room 4", by=officer, at=NOON),
        lambda: expect(session=session, people=[], by=officer, at=NOON),
        lambda: take_off(attendance=attendance, by=officer, at=NOON),
        lambda: call_off_session(session=session, by=officer, at=NOON),
        lambda: close(session, officer),
    ):
        with pytest.raises(NotYourPost):
            act()


def test_those_expected_are_told_once_and_told_when_it_is_off(trainer: Any, officer: Any) -> None:
    session = planned(trainer, officer, held_on=TODAY + DAY)
    expect(session=session, people=[officer], by=trainer, at=NOON)

    call_off_session(session=session, by=trainer, at=NOON)

    mail = OutboxMessage.objects.filter(to=officer).values_list("kind", flat=True)
    assert sorted(mail) == sorted([MailKind.BRIEFING_SESSION, MailKind.BRIEFING_OFF])


def test_session_of_the_past_is_put_on_file_without_mail(trainer: Any, officer: Any) -> None:
    planned(trainer, officer, held_on=TODAY - DAY)

    assert not OutboxMessage.objects.filter(to=officer).exists()


@pytest.mark.parametrize("ended", ["closed", "called off"])
def test_session_that_is_over_takes_nothing_more(trainer: Any, officer: Any, ended: str) -> None:
    session = planned(trainer, officer)
    if ended == "closed":
        close(session, trainer)
    else:
        call_off_session(session=session, by=trainer, at=NOON)

    for act in (
        lambda: close(session, trainer),
        lambda: call_off_session(session=session, by=trainer, at=NOON),
        lambda: expect(session=session, people=[make_person("late")], by=trainer, at=NOON),
        lambda: take_off(attendance=session.attendances.get(), by=trainer, at=NOON),
    ):
        with pytest.raises(AlreadyDone):
            act()


def test_taken_off_the_list_nobody_is_briefed(trainer: Any, officer: Any) -> None:
    session = planned(trainer, officer, make_person("second"))
    attendance = session.attendances.get(user=officer)

    take_off(attendance=attendance, by=trainer, at=NOON)
    close(session, trainer)

    assert not Briefing.objects.filter(user=officer).exists()
    with pytest.raises(AlreadyDone):
        take_off(attendance=attendance, by=trainer, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_brief_once(council: Council, trainer: Any, officer: Any) -> None:
    session = planned(trainer, officer)

    results = race(lambda: close(session, trainer), lambda: close(session, council.owner))

    assert sorted(type(each).__name__ for each in results) == ["AlreadyDone", "BriefingSession"]
    assert Briefing.objects.filter(user=officer).count() == 1
