"""What the tests of the headless face share."""

import pytest
import wagtail
from django.core.cache import cache
from django.test import Client

from cautionary_plugin.models import Entry
from tests.council import Council, found_council, list_entries, make_reader, through_the_door

# Wagtail's API v3 is there since Wagtail 8.
collect_ignore = [] if wagtail.VERSION >= (8,) else ["test_wagtail_v3.py"]


@pytest.fixture(autouse=True)
def no_calls_yet() -> None:
    """How often somebody has called is counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def council(db: None) -> Council:
    return found_council()


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Client:
    return through_the_door(make_reader(council))
