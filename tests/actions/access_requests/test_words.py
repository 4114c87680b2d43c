"""What is held reads as words, whatever it is stored as (L8)."""

from datetime import date
from typing import Any

import pytest

from cautionary_plugin.actions.access_requests.assembling import _value


@pytest.mark.clause("L8")
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ([], ""),
        (False, "no"),
        (date(2026, 12, 2), "2 December 2026"),
        (["a", "", "b"], "a\nb"),
        ({"told_by": "x", "empty": ""}, "Told by: x"),
        ({"lines": ["1 Row", "Town"]}, "Lines:\n1 Row\nTown"),
        ([{"a": 1}, {"a": 2}], "A: 1\n\nA: 2"),
    ],
)
def test_value_in_words(value: Any, words: str) -> None:
    assert _value(value) == words
