"""Reading grants: asked for by one, approved by another, for a time (A40)."""

from datetime import date, timedelta
from typing import Any

import pytest

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.grants import approve_grant, end_grant, request_grant
from cautionary_plugin.models import AccessRecord, ReadingGrant
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    NoReadingGrant,
    NotYourPost,
    SamePerson,
)
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, brief, found_council, hold_post
from tests.factors import NOON, make_person

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
END = date(2027, 12, 2)


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def ask_for(council: Council, user: Any, *, by: Any = None, **options: Any) -> ReadingGrant:
    terms = {
        "register": council.register,
        "service": council.housing,
        "job_basis": "Visits tenants at home.",
        "ends_on": END,
    }
    return request_grant(user=user, by=by or user, at=NOON, **(terms | options))


@pytest.mark.clause("A40")
def test_request_alone_opens_nothing(council: Council) -> None:
    officer = make_person()
    brief(council, officer)

    asked = ask_for(council, officer)

    with pytest.raises(NoReadingGrant):
        standing_of(officer, at=NOON).check_may_read(council.register)
    approve_grant(grant=asked, by=council.owner, at=NOON)
    assert standing_of(officer, at=NOON).may_read(council.register)


@pytest.mark.clause("A40")
def test_grantee_never_approves_their_own(council: Council) -> None:
    safety = make_person("safety")
    hold_post(council, safety, PostKind.HEALTH_AND_SAFETY)
    asked = ask_for(council, safety)

    with pytest.raises(SamePerson):
        approve_grant(grant=asked, by=safety, at=NOON)

    asked.refresh_from_db()
    assert asked.approved_at is None


@pytest.mark.clause("A40")
def test_whoever_asked_for_a_colleague_does_not_approve(council: Council) -> None:
    asked = ask_for(council, make_person(), by=council.owner)

    with pytest.raises(SamePerson):
        approve_grant(grant=asked, by=council.owner, at=NOON)


@pytest.mark.clause("A40")
def test_manager_asks_and_another_approves(council: Council) -> None:
    manager, officer = make_person("manager"), make_person()
    hold_post(council, manager, PostKind.OPERATIONS_MANAGER)

    grant = approve_grant(grant=ask_for(council, officer, by=manager), by=council.owner, at=NOON)

    assert (grant.user, grant.requested_by, grant.approved_by) == (officer, manager, council.owner)


@pytest.mark.clause("A40")
@pytest.mark.parametrize("kind", [PostKind.OPERATIONS_MANAGER, PostKind.TRAINER, None])
def test_whoever_may_not_approve_is_refused(council: Council, kind: PostKind | None) -> None:
    nobody = make_person("nobody")
    if kind:
        hold_post(council, nobody, kind)
    asked = ask_for(council, make_person())

    with pytest.raises(NotYourPost):
        approve_grant(grant=asked, by=nobody, at=NOON)


@pytest.mark.clause("A40")
def test_owner_of_another_register_neither_approves_nor_asks_for_others(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    asked = ask_for(council, make_person())

    with pytest.raises(NotYourPost):
        approve_grant(grant=asked, by=other.owner, at=NOON)
    with pytest.raises(NotYourPost):
        ask_for(council, make_person("colleague"), by=other.owner)


def test_stranger_asks_for_nobody_else(council: Council) -> None:
    with pytest.raises(NotYourPost):
        ask_for(council, make_person(), by=make_person("stranger"))


@pytest.mark.clause("A40")
@pytest.mark.parametrize("ends_on", [date(2026, 12, 2), date(2020, 1, 1), date(2028, 12, 3)])
def test_request_needs_an_end_within_two_years(council: Council, ends_on: date) -> None:
    with pytest.raises(BadInput) as refusal:
        ask_for(council, make_person(), ends_on=ends_on)

    assert list(refusal.value.problems) == ["ends_on"]


@pytest.mark.clause("A40")
def test_request_needs_a_job_basis(council: Council) -> None:
    with pytest.raises(BadInput) as refusal:
        ask_for(council, make_person(), job_basis="   visits   ")

    assert list(refusal.value.problems) == ["job_basis"]


@pytest.mark.clause("A40")
def test_grant_ends_on_its_day_though_no_job_has_run(council: Council) -> None:
    officer = make_person()
    brief(council, officer)
    approve_grant(
        grant=ask_for(council, officer, ends_on=date(2026, 12, 12)), by=council.owner, at=NOON
    )

    may = [standing_of(officer, at=NOON + days * DAY).may_read() for days in (-1, 0, 9, 10)]

    assert may == [False, True, True, False]


@pytest.mark.parametrize("settle", [approve_grant, end_grant])
def test_settled_request_is_not_approved_again(council: Council, settle: Any) -> None:
    asked = ask_for(council, make_person())
    settle(grant=asked, by=council.owner, at=NOON)

    with pytest.raises(AlreadyDone):
        approve_grant(grant=asked, by=council.owner, at=NOON)


def test_same_request_twice_is_one(council: Council) -> None:
    officer = make_person()
    ask_for(council, officer)

    with pytest.raises(AlreadyDone):
        ask_for(council, officer)

    assert ReadingGrant.objects.count() == 1


def test_grantee_gives_a_grant_back_at_once(council: Council) -> None:
    officer = make_person()
    brief(council, officer)
    grant = approve_grant(grant=ask_for(council, officer), by=council.owner, at=NOON)

    end_grant(grant=grant, by=officer, at=NOON)

    assert not standing_of(officer, at=NOON).may_read()
    with pytest.raises(NotYourPost):
        end_grant(grant=grant, by=make_person("stranger"), at=NOON)


def test_each_step_of_a_grant_is_recorded_on_its_register(council: Council) -> None:
    officer = make_person()

    grant = approve_grant(grant=ask_for(council, officer), by=council.owner, at=NOON)
    end_grant(grant=grant, by=council.owner, at=NOON)

    lines = AccessRecord.objects.filter(act=Act.GRANTED, register=council.register).order_by("pk")
    assert [line.user for line in lines] == [officer, council.owner, council.owner]
