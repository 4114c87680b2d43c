"""Who names, approves and ends a system, and what is taken as its bounds (A40)."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.system_ends import warn_of_system_ends
from cautionary_plugin.actions.systems import approve_system, end_system
from cautionary_plugin.actions.worklist import what_waits
from cautionary_plugin.models import MailKind, NamedSystem, OutboxMessage
from cautionary_plugin.rules.duties import Duty
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotYourPost, SamePerson
from cautionary_plugin.rules.posts import PostKind
from tests.api.systems import administrator_of, approved, named
from tests.council import Council, found_council, hold_post
from tests.factors import make_person
from tests.races import race

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A40")]


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


def test_whoever_named_it_does_not_approve_it(council: Council) -> None:
    made = named(council, by=council.owner)

    with pytest.raises(SamePerson):
        approve_system(system=made.system, by=council.owner, at=timezone.now())


def test_database_insists_on_two_people(council: Council) -> None:
    made = named(council)

    with pytest.raises(IntegrityError), transaction.atomic():
        NamedSystem.objects.update(approved_by=made.system.made_by)


def test_administrator_names_and_does_not_approve(council: Council) -> None:
    first = administrator_of(council)
    made = named(council, by=first)
    second = make_person("second")
    hold_post(council, second, PostKind.ADMINISTRATOR, as_deputy=True)

    with pytest.raises(NotYourPost):
        approve_system(system=made.system, by=second, at=timezone.now())


def test_owner_of_one_register_does_not_approve_for_another(council: Council) -> None:
    depot = found_council(slug="depot", prefix="DEP")
    made = named(council, registers=[council.register, depot.register], by=_keeper(council))

    with pytest.raises(NotYourPost):
        approve_system(system=made.system, by=depot.owner, at=timezone.now())


def test_whoever_answers_for_another_register_does_not_end_it(council: Council) -> None:
    depot = found_council(slug="depot", prefix="DEP")
    made = approved(council)

    with pytest.raises(NotYourPost):
        end_system(system=made.system, by=depot.owner, at=timezone.now())

    made.system.refresh_from_db()
    assert made.system.ended_at is None


def test_each_of_its_registers_may_stop_a_system(council: Council) -> None:
    depot = found_council(slug="depot", prefix="DEP")
    made = named(council, registers=[council.register, depot.register])

    ended = end_system(system=made.system, by=depot.owner, at=timezone.now())

    assert ended.ended_by == depot.owner


def _keeper(council: Council) -> Any:
    """Somebody who keeps systems where there are several registers."""
    return administrator_of(council)


def test_system_waits_for_the_owner_and_not_for_whoever_named_it(council: Council) -> None:
    named(council)

    waiting = what_waits(standing_of(council.owner, at=timezone.now()))

    assert [task.reference for task in waiting if task.duty is Duty.SYSTEM] == ["diary"]


def test_what_was_approved_or_ended_is_so_once(council: Council) -> None:
    made = approved(council)
    now = timezone.now()

    with pytest.raises(AlreadyDone):
        approve_system(system=made.system, by=council.owner, at=now)
    end_system(system=made.system, by=council.owner, at=now)
    with pytest.raises(AlreadyDone):
        end_system(system=made.system, by=council.owner, at=now)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"networks": ""}, "networks"),
        ({"networks": "anywhere"}, "networks"),
        ({"networks": "0.0.0.0/0"}, "networks"),
        ({"networks": "10.0.0.0/8"}, "networks"),
        ({"networks": "2001:db8::/32"}, "networks"),
        ({"networks": "10.20.30.1/24"}, "networks"),
        ({"ends_on": timezone.localdate()}, "ends_on"),
        ({"ends_on": timezone.localdate() + timedelta(days=367)}, "ends_on"),
        ({"doings": []}, "doings"),
        ({"doings": ["list"]}, "doings"),
        ({"registers": []}, "registers"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"rate": 0}, "rate"),
        ({"rate": 501}, "rate"),
    ],
)
def test_bounds_that_bind_nothing_are_not_taken(
    council: Council, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        named(council, **told)

    assert list(refusal.value.problems) == [field]


def test_short_name_stands_for_one_system_for_ever(council: Council) -> None:
    keeper = administrator_of(council)
    made = named(council, by=keeper)
    end_system(system=made.system, by=keeper, at=timezone.now())

    with pytest.raises(BadInput) as refusal:
        named(council, by=keeper)

    assert list(refusal.value.problems) == ["slug"]


# --- The end of a term ------------------------------------------------------------------------


def days_before(system: NamedSystem, days: int) -> datetime:
    """Noon, so many days before the first day on which it is refused."""
    return timezone.make_aware(datetime.combine(system.ends_on - timedelta(days=days), time(12)))


def test_owner_and_keepers_are_warned_thirty_and_seven_days_before_the_end(
    council: Council,
) -> None:
    """On that day its calls are refused, and nobody would know why."""
    keeper = administrator_of(council)
    system = approved(council, by=keeper).system
    named(council, by=keeper, slug="waits")

    given = [
        warn_of_system_ends(at=days_before(system, left))
        for left in (40, 31, 30, 29, 8, 7, 6, 1, 0, -1)
    ]

    assert given == [0, 0, 1, 0, 0, 1, 0, 0, 0, 0]
    told = OutboxMessage.objects.filter(kind=MailKind.SYSTEM_EXPIRY)
    assert {each.to for each in told} == {keeper, council.owner}
    assert {each.reference for each in told} == {system.slug}
    assert told.count() == 4


def test_system_that_was_ended_is_not_warned_of(council: Council) -> None:
    system = approved(council).system
    end_system(system=system, by=council.owner, at=timezone.now())

    assert warn_of_system_ends(at=days_before(system, 5)) == 0


def test_owner_of_another_register_is_not_warned(council: Council) -> None:
    depot = found_council(slug="depot", prefix="DEP")
    system = approved(council).system

    warn_of_system_ends(at=days_before(system, 5))

    told = OutboxMessage.objects.filter(kind=MailKind.SYSTEM_EXPIRY)
    assert told.exists()
    assert not told.filter(to=depot.owner).exists()


def test_system_whose_term_is_over_soon_waits_on_the_worklist(council: Council) -> None:
    system = approved(council).system

    def waits(days: int) -> list[Any]:
        standing = standing_of(council.owner, at=days_before(system, days))
        tasks = what_waits(standing)
        return [(each.key, each.due_on) for each in tasks if each.duty is Duty.RENEW_SYSTEM]

    assert waits(31) == []
    assert waits(30) == [(system.slug, system.ends_on)]
    assert waits(0) == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_warn_once(council: Council) -> None:
    at = days_before(approved(council).system, 5)

    assert sorted(race(*[lambda: warn_of_system_ends(at=at)] * 2)) == [0, 1]
