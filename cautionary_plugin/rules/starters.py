"""What a new member of staff is told about the register (A48), and when all are reminded (A47)."""

from datetime import date

from .errors import BadInput
from .terms import months_after

TOLD = {
    "purpose": "what the register is for, and where the policy stands",
    "reporting": "their duty to report each incident, threat or concern",
}


def check_told(told: set[str], *, told_on: date, on: date) -> None:
    """They were told both things, and it has happened.

    :raises BadInput: under ``told`` or ``told_on``.
    """
    problems: dict[str, list[str]] = {}
    if left_out := [words for code, words in TOLD.items() if code not in told]:
        problems["told"] = [f"They must be told {' and '.join(left_out)}."]
    if told_on > on:
        problems["told_on"] = ["This day is still to come."]
    if problems:
        raise BadInput(problems)


def reminder_due_on(last: date | None, *, months: int | None) -> date | None:
    """The day on which all staff are to be reminded again.

    None where the schedule has not begun, or there is none.
    """
    return months_after(last, months) if last is not None and months else None
