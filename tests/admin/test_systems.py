"""The screens of named systems: the key is shown once; two people (A40)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import NamedSystem
from tests.api.calling import ASKED, call
from tests.api.systems import administrator_of, named
from tests.council import Council, found_council, let_into_wagtail, through_the_door

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A40")]


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


@pytest.fixture
def keeper(council: Council) -> Client:
    person = administrator_of(council)
    let_into_wagtail(person)
    return through_the_door(person)


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


def typed(council: Council, **told: Any) -> dict[str, Any]:
    ends_on = timezone.localdate() + timedelta(days=90)
    return {
        "name": "Diary of the repairs service",
        "slug": "diary",
        "doings": ["check"],
        "registers": [council.register.pk],
        "service": council.housing.pk,
        "purpose": "home_visit",
        "networks": "127.0.0.1",
        "rate": "20",
        "ends_on": f"{ends_on:%d %m %Y}",
    } | told


def at(name: str, *arguments: Any) -> str:
    return reverse(f"cautionary_{name}", args=arguments)


def page(browser: Client) -> str:
    return browser.get(at("systems_modeladmin_inspect", "diary")).content.decode()


def test_key_is_shown_once_and_works_after_a_second_person(
    council: Council, keeper: Client, owner: Client
) -> None:
    shown = keeper.post(at("system_name"), typed(council))
    key = shown.context["key"]
    headers = {"Authorization": f"Cautionary {key}"}

    assert key in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert key not in page(keeper)
    assert call(Client(), "api_check", ASKED, **headers).status_code == 403
    assert at("system_approve", "diary") not in page(keeper)
    assert at("system_approve", "diary") in page(owner)

    owner.post(at("system_approve", "diary"))

    assert call(Client(), "api_check", ASKED, **headers).status_code == 200
    keeper.post(at("system_end", "diary"))
    assert call(Client(), "api_check", ASKED, **headers).status_code == 403


def test_same_form_twice_makes_one_system_and_says_so(council: Council, keeper: Client) -> None:
    keeper.post(at("system_name"), typed(council))

    again = keeper.post(at("system_name"), typed(council))

    assert again.status_code == 400
    assert "There is, or was, a system with this short name." in again.content.decode()
    assert NamedSystem.objects.count() == 1


def test_faults_stand_on_their_fields_and_what_was_typed_stays(
    council: Council, keeper: Client
) -> None:
    answer = keeper.post(at("system_name"), typed(council, networks="everywhere"))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["networks"]
    assert "Diary of the repairs service" in answer.content.decode()


def test_whoever_named_it_is_told_plainly_that_another_approves(
    council: Council, owner: Client
) -> None:
    named(council, by=council.owner)

    answer = owner.post(at("system_approve", "diary"))

    assert answer.status_code == 400
    assert NamedSystem.objects.get().approved_at is None


def test_owner_of_another_register_is_offered_nothing_and_ends_nothing(
    council: Council, owner: Client
) -> None:
    depot = found_council(slug="depot", prefix="DEP")
    let_into_wagtail(depot.owner)
    other = through_the_door(depot.owner)
    named(council)

    answer = other.post(at("system_end", "diary"))

    assert answer.status_code == 400
    assert "whoever answers for one of its registers" in answer.content.decode()
    assert at("system_end", "diary") not in page(other)
    assert at("system_approve", "diary") not in page(other)
    assert at("system_end", "diary") in page(owner)
    assert NamedSystem.objects.get().ended_at is None


def test_list_and_history_tell_what_a_system_is_and_did(council: Council, keeper: Client) -> None:
    empty = keeper.get(at("systems_modeladmin_index")).content.decode()
    keeper.post(at("system_name"), typed(council))

    assert "No system is on file." in empty
    listed = keeper.get(at("systems_modeladmin_index")).content.decode()
    assert "Waits for its approval by a second person" in listed
    history = keeper.get(at("systems_modeladmin_history", "diary")).content.decode()
    assert "Named, approved or ended a system" in history
