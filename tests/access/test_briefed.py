"""Who reads, and how each stands with their briefing: the trainer's lists (A49)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.access.briefed import readers_at
from cautionary_plugin.actions.training import remind_of_briefings
from cautionary_plugin.models import Briefing, MailKind, OutboxMessage
from cautionary_plugin.rules.briefings import Briefed, standing_on
from cautionary_plugin.rules.posts import PostKind
from tests.council import Council, brief, found_council, grant, hold_post
from tests.factors import NOON, make_person
from tests.queries import fewest_queries

pytestmark = pytest.mark.clause("A49")

TODAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("briefed_on", "standing"),
    [
        (None, Briefed.NEVER),
        (date(2024, 12, 2), Briefed.LAPSED),
        (date(2024, 12, 3), Briefed.DUE),
        (date(2025, 1, 31), Briefed.DUE),
        (date(2025, 2, 1), Briefed.GOOD),
        (TODAY, Briefed.GOOD),
    ],
)
def test_briefing_is_due_sixty_days_before_it_lapses(
    briefed_on: date | None, standing: Briefed
) -> None:
    assert standing_on(briefed_on, on=TODAY, months=24) is standing


@pytest.fixture
def council(db: None, time_machine: Any) -> Council:
    time_machine.move_to(NOON, tick=False)
    return found_council()


def briefed(user: Any, on: date | None) -> Any:
    Briefing.objects.filter(user=user).delete()
    if on:
        Briefing.objects.create(
            user=user,
            briefed_on=on,
            recorded_at=NOON,
            policy=True,
            review_procedures=True,
            data_security=True,
        )
    return user


def reader(council: Council, name: str, on: date | None) -> Any:
    person = make_person(name)
    grant(council, person)
    return briefed(person, on)


def test_list_has_everybody_with_access_and_nobody_else(council: Council) -> None:
    lapsed = reader(council, "lapsed", date(2024, 1, 1))
    due = reader(council, "due", date(2024, 12, 9))
    never = make_person("never")
    hold_post(council, never, PostKind.HEALTH_AND_SAFETY)
    hold_post(council, make_person("clerk"), PostKind.DATA_PROTECTION)
    brief(council, make_person("bystander"))
    gone = reader(council, "gone", None)
    gone.is_active = False
    gone.save()

    found = [(each.user.username, each.standing, each.until) for each in readers_at(NOON)]

    assert found == [
        ("never", Briefed.NEVER, None),
        (lapsed.username, Briefed.LAPSED, date(2026, 1, 1)),
        (due.username, Briefed.DUE, date(2026, 12, 9)),
        (council.owner.username, Briefed.GOOD, date(2028, 12, 2)),
    ]


def test_list_takes_one_query_however_many_read(council: Council) -> None:
    before = fewest_queries(lambda: readers_at(NOON))
    for number in range(5):
        reader(council, f"reader{number}", TODAY)

    assert fewest_queries(lambda: readers_at(NOON)) == before == 1


def test_readers_are_told_before_and_after_and_not_every_day(council: Council) -> None:
    people = {
        reader(council, "lapsed", date(2024, 1, 1)),
        reader(council, "due", date(2024, 12, 9)),
        reader(council, "never", None),
    }
    reader(council, "good", TODAY)

    assert remind_of_briefings(at=NOON) == 3
    assert remind_of_briefings(at=NOON + timedelta(days=27)) == 0
    assert remind_of_briefings(at=NOON + timedelta(days=29)) == 3

    mail = OutboxMessage.objects.filter(kind=MailKind.BRIEFING_DUE)
    assert {each.to for each in mail} == people


def test_briefing_of_the_future_counts_for_nothing_yet(council: Council) -> None:
    person = reader(council, "early", timezone.localdate(NOON) + timedelta(days=1))

    found = {each.user: each.standing for each in readers_at(NOON)}

    assert found[person] is Briefed.NEVER
