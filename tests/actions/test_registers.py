"""Registers and services as the console makes them."""

from typing import Any

import pytest

from cautionary_plugin.actions.registers import name_service, open_register
from cautionary_plugin.models import AccessRecord, Register, Service
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.vocabulary import Act
from tests.factors import NOON

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {"slug": "cpr", "name": "Register", "prefix": "CPR", "route": "director"}


def test_register_is_opened_and_recorded() -> None:
    register = open_register(by=None, at=NOON, **FACTS)

    assert Register.objects.get() == register
    assert AccessRecord.objects.get().act == Act.SET_UP


@pytest.mark.parametrize(
    "fault",
    [
        {"slug": "Not a slug"},
        {"route": "a committee"},
        {"route": "panel"},  # no quorum
        {"nation": "FRA"},
        {"term_months": 0},
        {"term_months": 48},  # longer than the longest
        {"prefix": "MUCH-TOO-LONG"},
        {"name": ""},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_register_that_cannot_be_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        open_register(by=None, at=NOON, **(FACTS | fault))

    assert not Register.objects.exists()


def test_second_register_with_the_same_prefix_is_refused() -> None:
    open_register(by=None, at=NOON, **FACTS)

    with pytest.raises(BadInput) as refusal:
        open_register(by=None, at=NOON, **(FACTS | {"slug": "other"}))

    assert list(refusal.value.problems) == ["prefix"]


def test_service_is_made_when_first_named_and_kept() -> None:
    first = name_service(slug="housing", name="Housing")

    assert name_service(slug="housing", name="Another name") == first
    assert Service.objects.get().name == "Housing"


@pytest.mark.parametrize(("slug", "name"), [("", "Housing"), ("a b", "Housing"), ("housing", "")])
def test_service_without_a_short_name_or_a_name_is_refused(slug: str, name: str) -> None:
    with pytest.raises(BadInput):
        name_service(slug=slug, name=name)

    assert not Service.objects.exists()
