"""A browser in front of the doors, at noon."""

from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.actions.second_factor import Enrolled
from cautionary_plugin.rules.posts import PostKind
from tests.factors import NOON, appoint, enrol, make_person, shown_on_phone

DOOR = "/register/second-factor/"


@pytest.fixture(autouse=True)
def _doors(time_machine: Any, settings: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    settings.ROOT_URLCONF = "tests.staff.second_factor.urls"


@pytest.fixture
def officer(db: None) -> Any:
    return make_person("officer")


@pytest.fixture
def browser(client: Client, officer: Any) -> Client:
    """Signed in with the password only."""
    client.force_login(officer)
    return client


@pytest.fixture
def enrolled(officer: Any) -> Enrolled:
    return enrol(officer)


@pytest.fixture
def verified(browser: Client, enrolled: Enrolled) -> Client:
    """Signed in and through the door."""
    browser.post(DOOR, {"code": shown_on_phone(enrolled.authenticator)})
    return browser


@pytest.fixture
def manager(db: None) -> Client:
    """The browser of a head of service, through the door."""
    person = appoint(make_person("manager"), PostKind.HEAD_OF_SERVICE)
    phone = enrol(person).authenticator
    browser = Client()
    browser.force_login(person)
    browser.post(DOOR, {"code": shown_on_phone(phone)})
    return browser
