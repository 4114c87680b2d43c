"""Which values a setting of the package can have; a wrong one is told before it costs a page."""

import re
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

MAY_BE_NONE = {"REMIND_STAFF_MONTHS"}
BOUNDS = {"FIGURES_YEAR_STARTS": (1, 12), "API_PROXIES": (0, 9)}
FROM_ONE = (1, 1_000_000_000)
RATE = re.compile(r"[1-9]\d*/(s|sec|second|m|min|minute|h|hour|d|day)")


def fault(name: str, value: Any, *, default: Any) -> str:
    """What is wrong with the value of a setting, as the end of a sentence; empty where nothing is.

    :param default: what it is unless it is set, which tells its type.
    """
    if default is None or callable(default) or (value is None and name in MAY_BE_NONE):
        return ""
    if name == "OFFICE_HOURS":
        return "" if _are_hours(value) else "is two hours, such as (7, 20)"
    if name == "API_RATE":
        return "" if isinstance(value, str) and RATE.fullmatch(value) else "is such as '60/min'"
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "is True or False"
    if isinstance(default, int):
        first, last = BOUNDS.get(name, FROM_ONE)
        fits = isinstance(value, int) and not isinstance(value, bool) and first <= value <= last
        return "" if fits else f"is a whole number from {first} to {last:,}"
    if isinstance(default, timedelta):
        fits = isinstance(value, timedelta) and value >= timedelta(0)
        return "" if fits else "is a timedelta, and not below nothing"
    if isinstance(default, list):
        return "" if isinstance(value, list | tuple) else "is a list"
    return "" if isinstance(value, str) else "is text"


def meant(name: str, *, known: list[str]) -> str:
    """The setting that a misspelt name comes closest to, or the empty string."""
    return next(iter(get_close_matches(name, known, n=1)), "")


def _are_hours(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    first, last = value
    return isinstance(first, int) and isinstance(last, int) and 0 <= first < last <= 24
