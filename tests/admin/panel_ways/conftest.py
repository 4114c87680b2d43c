"""A panel with its seats, and its clerk's browser."""

import pytest
from django.test import Client

from tests.council import browser_of
from tests.panel import Panel


@pytest.fixture
def clerk(panel: Panel) -> Client:
    return browser_of(panel.clerk)
