"""A legal hold has a reason and an end, and it is a short one (L13)."""

from datetime import date

from .errors import BadInput
from .terms import months_after

LONGEST_MONTHS = 24


def check_hold(*, reason: str, ends_on: date, on: date) -> None:
    """There is a reason, and the end is to come and within two years; a hold can be placed again.

    :raises BadInput: under ``reason`` or ``ends_on``.
    """
    problems: dict[str, list[str]] = {}
    if not reason.strip():
        problems["reason"] = ["Say which proceedings the file is kept for."]
    if ends_on <= on:
        problems["ends_on"] = ["The end is not after today."]
    elif ends_on > months_after(on, LONGEST_MONTHS):
        problems["ends_on"] = ["A hold lasts two years at most. Place it again when it ends."]
    if problems:
        raise BadInput(problems)
