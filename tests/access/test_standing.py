"""What somebody may do is derived anew from the facts (A5, A40)."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Register
from cautionary_plugin.rules.errors import NoReadingGrant, NotYourPost
from cautionary_plugin.rules.posts import PostKind, Power
from tests.council import Council, brief, found_council, grant, hold_post, make_reader
from tests.factors import NOON, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def council() -> Council:
    return found_council()


@pytest.mark.clause("A5")
@pytest.mark.clause("A40")
def test_superuser_with_every_permission_has_no_standing(council: Council) -> None:
    root = make_person("root")
    root.is_superuser = root.is_staff = True
    root.save()
    root.user_permissions.set(Permission.objects.all())

    standing = standing_of(root, at=NOON)

    assert standing.powers() == frozenset()
    with pytest.raises(NoReadingGrant):
        standing.check_may_read()
    with pytest.raises(NotYourPost):
        standing.check_power(Power.SEE_PEOPLE)


def test_nobody_and_an_account_that_is_shut_have_no_standing(council: Council) -> None:
    shut = council.owner
    shut.is_active = False

    assert standing_of(AnonymousUser(), at=NOON).powers() == frozenset()
    assert standing_of(shut, at=NOON).powers() == frozenset()


@pytest.mark.clause("A40")
def test_grant_opens_its_own_register_only(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    standing = standing_of(make_reader(council), at=NOON)

    assert standing.may_read(council.register)
    assert standing.may_read()
    assert not standing.may_read(other.register)


@pytest.mark.clause("L1")
def test_services_are_those_of_the_grants_of_one_register(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    officer = make_reader(council)
    grant(other, officer, service=council.revenues)

    standing = standing_of(officer, at=NOON)

    assert standing.services(council.register) == {"housing"}
    assert standing.services(other.register) == {"revenues"}


def test_power_is_over_the_register_of_the_post(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    standing = standing_of(council.owner, at=NOON)

    assert Power.APPOINT in standing.powers()
    assert standing.over(Power.APPOINT) == {council.register}
    with pytest.raises(NotYourPost):
        standing.check_power(Power.APPOINT, other.register)


def test_power_over_every_register_is_also_over_what_counts_for_all(council: Council) -> None:
    dpo = make_person("dpo")
    hold_post(council, dpo, PostKind.DATA_PROTECTION)  # a post of every register
    other = found_council(slug="ub", prefix="UB")

    over = standing_of(dpo, at=NOON).over(Power.SEE_ACCESS_RECORD)

    assert over == {council.register, other.register, None}


def test_without_a_register_nobody_has_power_over_all() -> None:
    assert standing_of(make_person(), at=NOON).over(Power.APPOINT) == set()
    assert not Register.objects.exists()


@pytest.mark.parametrize("holds", [0, 3])
def test_standing_takes_four_queries_whatever_one_holds(
    council: Council, holds: int, django_assert_num_queries: Any
) -> None:
    person = make_person()
    brief(council, person)
    for kind in list(PostKind)[1 : 1 + holds]:
        hold_post(council, person, kind)
        grant(council, person)

    with django_assert_num_queries(4):
        standing = standing_of(person, at=NOON)
        standing.may_read(council.register)
        standing.services(council.register)

    assert len(standing.grants) == holds
