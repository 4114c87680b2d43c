"""A council with an entry, and an officer who may read the register."""

from typing import Any

import pytest

from cautionary_plugin.models import Entry
from tests.council import Council, list_entries, make_reader


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Any:
    return make_reader(council)
