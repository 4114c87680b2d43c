"""A council, and its owner's browser."""

import pytest
from django.test import Client

from tests.council import Council, let_into_wagtail, through_the_door


@pytest.fixture
def owner(council: Council) -> Client:
    let_into_wagtail(council.owner)
    return through_the_door(council.owner)
