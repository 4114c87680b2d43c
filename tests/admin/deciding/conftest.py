"""A council, its owner's browser, and the Head of Service's."""

import pytest
from django.test import Client

from tests.council import Council, let_into_wagtail, through_the_door
from tests.life import head_of_service


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)


@pytest.fixture
def head(council: Council) -> Client:
    person = head_of_service(council)
    let_into_wagtail(person)
    return through_the_door(person)
