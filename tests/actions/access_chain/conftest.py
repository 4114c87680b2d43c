"""The record without its guard."""

from collections.abc import Iterator

import pytest
from django.db import connection

from cautionary_plugin.migrations import _access_guard as access_guard


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Somebody who may change tables has taken the triggers away."""
    access_guard.remove(connection)
    yield
    access_guard.install(connection)
