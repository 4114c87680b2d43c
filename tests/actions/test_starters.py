"""Starters are confirmed by their manager, one by one, with what it means for their job (A48)."""

from datetime import date, timedelta
from typing import Any

import pytest

from cautionary_plugin.actions.starters import confirm_starter
from cautionary_plugin.models import StarterConfirmation
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, SamePerson
from cautionary_plugin.rules.vocabulary import Relevance
from tests.factors import NOON, make_person
from tests.races import race

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A48")]

TODAY = date(2026, 12, 2)


@pytest.fixture
def manager() -> Any:
    return make_person("manager")


def confirmed(manager: Any, starter: Any, **facts: Any) -> StarterConfirmation:
    told: dict[str, Any] = {
        "told_on": TODAY,
        "told": {"purpose", "reporting"},
        "relevance": Relevance.VISITS,
        "about_job": "Visits tenants, so checks before each visit.",
        "at": NOON,
    }
    return confirm_starter(starter=starter, by=manager, **(told | facts))


def test_manager_confirms_with_relevance(manager: Any) -> None:
    starter = make_person("starter")

    made = confirmed(manager, starter)

    assert (made.starter, made.manager, made.relevance) == (starter, manager, Relevance.VISITS)
    assert made.about_job == "Visits tenants, so checks before each visit."


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"told": {"purpose"}}, "told"),
        ({"told": {"reporting"}}, "told"),
        ({"told_on": TODAY + timedelta(days=1)}, "told_on"),
        ({"relevance": ""}, "relevance"),
        ({"about_job": "visits"}, "about_job"),
    ],
)
def test_nothing_less_is_a_confirmation(manager: Any, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        confirmed(manager, make_person("starter"), **facts)

    assert list(refusal.value.problems) == [field]
    assert not StarterConfirmation.objects.exists()


def test_nobody_confirms_their_own(manager: Any) -> None:
    with pytest.raises(SamePerson):
        confirmed(manager, manager)


def test_starter_is_confirmed_once(manager: Any) -> None:
    starter = make_person("starter")
    confirmed(manager, starter)

    with pytest.raises(AlreadyDone):
        confirmed(make_person("second"), starter)


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_confirm_once(manager: Any) -> None:
    starter, second = make_person("starter"), make_person("second")

    results = race(lambda: confirmed(manager, starter), lambda: confirmed(second, starter))

    assert sorted(type(each).__name__ for each in results) == ["AlreadyDone", "StarterConfirmation"]
