"""Posts and who holds them: two people, between dates, by register (A5, B5, B8)."""

from datetime import date, timedelta
from typing import Any

import pytest

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.posts import (
    accept_appointment,
    create_post,
    end_appointment,
    name_first_owner,
    propose_appointment,
)
from cautionary_plugin.models import AccessRecord, Appointment, Post
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, LastOwner, NotYourPost, SamePerson
from cautionary_plugin.rules.posts import PostKind, Power, powers_of
from cautionary_plugin.rules.vocabulary import Act
from tests.council import Council, found_council, hold_post
from tests.factors import NOON, make_person

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def safety(council: Council) -> Post:
    return create_post(
        kind=PostKind.HEALTH_AND_SAFETY,
        title="Health and Safety Manager",
        register=council.register,
        by=council.owner,
        at=NOON,
    )


def propose(post: Post, user: Any, by: Any, **options: Any) -> Appointment:
    terms = {"starts_on": TODAY, "at": NOON} | options
    return propose_appointment(post=post, user=user, by=by, **terms)


@pytest.mark.clause("A5")
@pytest.mark.clause("B5")
def test_proposal_gives_no_power_until_it_is_accepted(council: Council, safety: Post) -> None:
    colleague = make_person()

    proposed = propose(safety, colleague, council.owner)
    before = standing_of(colleague, at=NOON).powers()
    accept_appointment(appointment=proposed, by=colleague, at=NOON)

    assert before == frozenset()
    assert Power.SIGN_OFF_CHILDREN in standing_of(colleague, at=NOON).powers(council.register)


@pytest.mark.clause("A5")
def test_nobody_proposes_themselves(council: Council, safety: Post) -> None:
    with pytest.raises(SamePerson):
        propose(safety, council.owner, council.owner)

    assert not safety.appointments.exists()


@pytest.mark.clause("A5")
def test_nobody_accepts_for_another(council: Council, safety: Post) -> None:
    proposed = propose(safety, make_person(), council.owner)

    with pytest.raises(NotYourPost):
        accept_appointment(appointment=proposed, by=council.owner, at=NOON)

    proposed.refresh_from_db()
    assert proposed.accepted_at is None


@pytest.mark.clause("A5")
def test_host_superuser_appoints_nobody(safety: Post) -> None:
    root = make_person("root")
    root.is_superuser = root.is_staff = True
    root.save()

    with pytest.raises(NotYourPost):
        propose(safety, make_person(), root)


def test_same_proposal_twice_is_one(council: Council, safety: Post) -> None:
    colleague = make_person()
    propose(safety, colleague, council.owner)

    with pytest.raises(AlreadyDone):
        propose(safety, colleague, council.owner)

    assert safety.appointments.count() == 1


def test_appointment_that_ends_before_it_starts_is_refused(council: Council, safety: Post) -> None:
    with pytest.raises(BadInput) as refusal:
        propose(safety, make_person(), council.owner, ends_on=TODAY)

    assert list(refusal.value.problems) == ["ends_on"]


@pytest.mark.clause("B5")
@pytest.mark.parametrize(
    ("offset", "holds"), [(-1, False), (0, True), (29, True), (30, False), (31, False)]
)
def test_post_counts_from_its_first_day_to_the_day_before_its_end(
    council: Council, safety: Post, offset: int, holds: bool
) -> None:
    colleague = make_person()
    proposed = propose(safety, colleague, council.owner, ends_on=TODAY + 30 * DAY)
    accept_appointment(appointment=proposed, by=colleague, at=NOON)

    standing = standing_of(colleague, at=NOON + offset * DAY)

    assert bool(standing.powers(council.register)) == holds


@pytest.mark.clause("A5")
@pytest.mark.clause("B8")
def test_deputy_has_the_powers_of_the_post(council: Council) -> None:
    deputy = make_person("deputy")

    hold_post(council, deputy, PostKind.OWNER, as_deputy=True)

    assert standing_of(deputy, at=NOON).powers(council.register) == powers_of(PostKind.OWNER)


def test_ended_appointment_gives_nothing_at_the_same_instant(
    council: Council, safety: Post
) -> None:
    colleague = make_person()
    held = accept_appointment(
        appointment=propose(safety, colleague, council.owner), by=colleague, at=NOON
    )

    end_appointment(appointment=held, by=council.owner, at=NOON)

    assert standing_of(colleague, at=NOON).powers() == frozenset()
    with pytest.raises(AlreadyDone):
        end_appointment(appointment=held, by=council.owner, at=NOON)


def test_appointee_may_step_down_and_a_stranger_may_not_end_it(
    council: Council, safety: Post
) -> None:
    colleague = make_person()
    held = accept_appointment(
        appointment=propose(safety, colleague, council.owner), by=colleague, at=NOON
    )

    with pytest.raises(NotYourPost):
        end_appointment(appointment=held, by=make_person("stranger"), at=NOON)
    ended = end_appointment(appointment=held, by=colleague, at=NOON)

    assert (ended.ended_by, ended.ended_at) == (colleague, NOON)


def test_last_owner_cannot_leave_the_register_without_one(council: Council) -> None:
    only = Appointment.objects.get(user=council.owner)

    with pytest.raises(LastOwner):
        end_appointment(appointment=only, by=council.owner, at=NOON)

    only.refresh_from_db()
    assert only.ended_at is None


def test_owner_may_go_once_another_is_in_office(council: Council) -> None:
    only = Appointment.objects.get(user=council.owner)
    successor = make_person("successor")
    hold_post(council, successor, PostKind.OWNER)

    end_appointment(appointment=only, by=successor, at=NOON)

    assert standing_of(council.owner, at=NOON).powers() == frozenset()


def test_owner_whose_account_is_shut_does_not_count_as_another(council: Council) -> None:
    gone = make_person("gone")
    hold_post(council, gone, PostKind.OWNER)
    gone.is_active = False
    gone.save()

    with pytest.raises(LastOwner):
        end_appointment(
            appointment=Appointment.objects.get(user=council.owner), by=council.owner, at=NOON
        )


@pytest.mark.clause("A5")
def test_console_names_one_first_owner_and_no_second(council: Council) -> None:
    other_post = create_post(
        kind=PostKind.OWNER, title="Another", register=council.register, by=None, at=NOON
    )

    for post in (Post.objects.get(title="Director (cpr)"), other_post):
        with pytest.raises(AlreadyDone):
            name_first_owner(post=post, user=make_person(f"usurper-{post.pk}"), at=NOON)

    assert Appointment.objects.get().user == council.owner


@pytest.mark.clause("A5")
def test_owner_of_one_register_fills_no_post_of_another(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    theirs = Post.objects.get(register=other.register)

    with pytest.raises(NotYourPost):
        propose(theirs, make_person(), council.owner)
    with pytest.raises(NotYourPost):
        create_post(
            kind=PostKind.OWNER,
            title="Mine",
            register=other.register,
            by=council.owner,
            at=NOON,
        )


@pytest.mark.clause("A5")
def test_post_of_every_register_is_filled_by_whoever_owns_them_all(council: Council) -> None:
    common = create_post(kind=PostKind.DATA_PROTECTION, title="DPO", by=council.owner, at=NOON)
    other = found_council(slug="ub", prefix="UB")

    with pytest.raises(NotYourPost):
        propose(common, make_person(), council.owner)
    deputy = hold_post(other, council.owner, PostKind.OWNER, as_deputy=True)

    assert deputy.post.register == other.register
    assert propose(common, make_person("dpo"), council.owner).post == common


def test_post_with_a_title_that_is_there_is_refused(council: Council, safety: Post) -> None:
    with pytest.raises(BadInput):
        create_post(
            kind=PostKind.TRAINER,
            title=safety.title,
            register=council.register,
            by=council.owner,
            at=NOON,
        )


def test_every_change_of_a_post_is_recorded(council: Council, safety: Post) -> None:
    colleague = make_person()
    before = AccessRecord.objects.filter(act=Act.APPOINTED).count()

    held = accept_appointment(
        appointment=propose(safety, colleague, council.owner), by=colleague, at=NOON
    )
    end_appointment(appointment=held, by=council.owner, at=NOON)

    lines = AccessRecord.objects.filter(act=Act.APPOINTED).order_by("pk")[before:]
    assert [line.user for line in lines] == [council.owner, colleague, council.owner]
