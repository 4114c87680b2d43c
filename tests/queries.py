"""What a screen costs the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def fewest_queries(act: Callable[[], Any]) -> int:
    """How many queries it takes as a rule: every few seconds the gate looks at the keys as well."""
    counts = []
    for _time in range(3):
        with CaptureQueriesContext(connection) as queries:
            act()
        counts.append(len(queries))
    return min(counts)
