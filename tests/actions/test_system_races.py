"""Two calls at once: the rate is exact, a system's end counts at once, one approves (A40)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.calls import check_for_caller
from cautionary_plugin.actions.systems import approve_system, end_system
from cautionary_plugin.lookup.facts import Question
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act, Outcome, Purpose
from tests.api.systems import approved, named
from tests.council import Council, found_council, make_reader
from tests.races import in_turn, race, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("A40")]


@pytest.fixture
def council(transactional_db: None) -> Council:
    return found_council()


def check(caller: Any) -> Any:
    """One check of a name that nobody has."""
    [answer] = check_for_caller(
        questions=[Question(anything="Ottoline Vasquez-Bream")],
        purpose=Purpose.HOME_VISIT,
        by=caller,
        at=timezone.now(),
    )
    return answer


def test_last_check_of_the_hour_is_had_by_one(council: Council) -> None:
    system = approved(council, rate=1).system

    outcomes = in_turn(lambda: check(system), lambda: check(system))

    assert outcomes[0].outcome is Outcome.NONE_RECORDED
    assert refusals(outcomes) == ["TooManyAttempts"]
    assert AccessRecord.objects.filter(act=Act.CHECKED).count() == 1


def test_last_check_of_a_persons_hour_is_had_by_one(council: Council, settings: Any) -> None:
    settings.CAUTIONARY_API_CHECKS = 1
    officer = make_reader(council)

    outcomes = in_turn(lambda: check(officer), lambda: check(officer))

    assert outcomes[0].outcome is Outcome.NONE_RECORDED
    assert refusals(outcomes) == ["TooManyAttempts"]
    assert AccessRecord.objects.filter(act=Act.CHECKED).count() == 1


def test_end_counts_for_a_call_that_is_past_the_gate(council: Council) -> None:
    system = approved(council).system

    outcomes = in_turn(
        lambda: end_system(system=system, by=council.owner, at=timezone.now()),
        lambda: check(system),
    )

    assert refusals(outcomes) == ["SystemRefused"]
    assert not AccessRecord.objects.filter(act=Act.CHECKED).exists()


def test_button_pressed_twice_approves_once(council: Council) -> None:
    system = named(council).system

    outcomes = race(
        *[lambda: approve_system(system=system, by=council.owner, at=timezone.now())] * 2
    )

    assert refusals(outcomes) == ["AlreadyDone"]
    assert AccessRecord.objects.filter(act=Act.SYSTEM).count() == 2
