"""A council, somebody who reports, and their browser after a password alone."""

from typing import Any

import pytest
from django.test import Client

from tests.factors import make_person
from tests.staff.report.pages import signed_in


@pytest.fixture
def reporter() -> Any:
    return make_person("reporter")


@pytest.fixture
def browser(reporter: Any) -> Client:
    return signed_in(reporter)
