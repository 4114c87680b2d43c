"""Briefings: recorded by another, complete, and access ends with them (A49)."""

from datetime import date, timedelta
from typing import Any

import pytest

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.models import AccessRecord, Briefing
from cautionary_plugin.rules.briefings import SUBJECTS
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    BriefingLapsed,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, grant, hold_post
from tests.factors import NOON, make_person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def record(user: Any, by: Any, **options: Any) -> Briefing:
    terms: dict[str, Any] = {"briefed_on": TODAY, "covered": set(SUBJECTS), "at": NOON}
    return record_briefing(user=user, by=by, **(terms | options))


@pytest.mark.clause("A49")
def test_trainer_records_and_the_grant_opens(council: Council) -> None:
    officer, trainer = make_person(), make_person("trainer")
    hold_post(council, trainer, PostKind.TRAINER)
    grant(council, officer, at=NOON)
    with pytest.raises(BriefingLapsed):
        standing_of(officer, at=NOON).check_may_read()

    record(officer, trainer)

    assert standing_of(officer, at=NOON).may_read()
    assert AccessRecord.objects.filter(act=Act.BRIEFED, user=trainer).count() == 1


@pytest.mark.clause("A49")
def test_lapse_shuts_the_register_on_the_day_for_grants_and_posts_alike(council: Council) -> None:
    officer = make_person()
    hold_post(council, officer, PostKind.HEALTH_AND_SAFETY)
    record(officer, council.owner, briefed_on=date(2024, 12, 3))

    assert standing_of(officer, at=NOON).may_read()
    assert not standing_of(officer, at=NOON + timedelta(days=1)).may_read()


@pytest.mark.clause("A49")
def test_later_briefing_counts_and_one_of_tomorrow_does_not_yet(council: Council) -> None:
    officer = make_person()
    grant(council, officer, at=NOON)
    record(officer, council.owner, briefed_on=date(2020, 1, 1))
    record(officer, council.owner)

    assert standing_of(officer, at=NOON).briefing.briefed_on == TODAY
    assert not standing_of(officer, at=NOON - timedelta(days=1)).may_read()


@pytest.mark.clause("A49")
def test_nobody_records_their_own_briefing(council: Council) -> None:
    with pytest.raises(SamePerson):
        record(council.owner, council.owner)


def test_whoever_does_not_train_records_none(council: Council) -> None:
    with pytest.raises(NotYourPost):
        record(make_person(), make_person("stranger"))


@pytest.mark.clause("A49")
def test_briefing_without_data_security_is_not_recorded(council: Council) -> None:
    officer = make_person()

    with pytest.raises(BadInput) as refusal:
        record(officer, council.owner, covered={"policy", "review_procedures"})

    assert list(refusal.value.problems) == ["data_security"]
    assert not Briefing.objects.filter(user=officer).exists()


def test_same_briefing_twice_is_one(council: Council) -> None:
    officer = make_person()
    record(officer, council.owner)

    with pytest.raises(AlreadyDone):
        record(officer, council.owner)

    assert Briefing.objects.filter(user=officer).count() == 1
