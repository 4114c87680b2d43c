"""Counts outlast what they were counted from, and only some posts see them (L6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.figures import count, figures
from cautionary_plugin.models import Tally
from cautionary_plugin.rules.errors import NotYourPost
from cautionary_plugin.rules.figures import Measure, Table
from cautionary_plugin.rules.posts import PostKind
from cautionary_plugin.rules.vocabulary import Trigger
from tests.council import Council, found_council, hold_post, list_entries, row
from tests.factors import NOON, make_person
from tests.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    return found_council(at=NOON - timedelta(days=60))


def _report(council: Council, days_ago: int, trigger: Trigger = Trigger.THREAT) -> None:
    at = NOON - timedelta(days=days_ago)
    count(register=council.register, measure=Measure.REPORTED, part=trigger, at=at)


def _reports(council: Council) -> Table:
    return figures(register=council.register, by=council.owner, at=NOON)[0]


def test_reports_are_counted_by_month_and_kind(council: Council) -> None:
    for days_ago in (0, 1, 40):
        _report(council, days_ago)
    _report(council, 0, Trigger.ANIMAL)

    table = _reports(council)

    rows = dict(table.rows)
    assert table.columns[-2:] == ("Nov 2026", "Dec 2026")
    assert rows[Trigger.THREAT.label][-3:] == (1, 0, 2)
    assert rows[Trigger.ANIMAL.label][-3:] == (0, 0, 1)


def test_what_is_older_than_a_year_is_left_out(council: Council) -> None:
    _report(council, 400)

    assert _reports(council).is_empty


def test_another_register_does_not_count(council: Council) -> None:
    other = found_council(slug="ub", prefix="UB")
    _report(other, 0)

    assert _reports(council).is_empty


def test_live_entries_are_counted_by_risk(council: Council) -> None:
    entries = [row(name="Ada Fenwick"), row(name="Jo Marl", risk="low"), row(risk="low")]
    list_entries(council, *entries)

    table = figures(register=council.register, by=council.owner, at=timezone.now())[3]

    assert dict(zip(table.columns, table.rows[0][1], strict=True)) == {
        "Low": 2,
        "Medium": 0,
        "High": 1,
    }


@pytest.mark.parametrize("kind", [PostKind.HEALTH_AND_SAFETY, PostKind.DATA_PROTECTION])
def test_posts_with_the_power_see_figures(council: Council, kind: PostKind) -> None:
    someone = make_person("someone")
    hold_post(council, someone, kind)

    assert figures(register=council.register, by=someone, at=timezone.now())


def test_head_of_service_sees_no_figures(council: Council) -> None:
    head = make_person("head")
    hold_post(council, head, PostKind.HEAD_OF_SERVICE)

    with pytest.raises(NotYourPost):
        figures(register=council.register, by=head, at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_counted_at_once_are_two(council: Council) -> None:
    _report(council, 0)

    outcomes: list[Any] = race(lambda: _report(council, 0), lambda: _report(council, 0))

    assert outcomes == [None, None]
    assert Tally.objects.get().number == 3
