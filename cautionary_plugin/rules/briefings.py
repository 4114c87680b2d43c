"""When a briefing counts, and until when (A49)."""

from datetime import date, timedelta
from enum import Enum, auto

from .errors import BadInput, BriefingLapsed
from .terms import months_after

DUE_WITHIN = timedelta(days=60)

NAMES = {
    "policy": "the council’s policy",
    "review_procedures": "review procedures",
    "data_security": "data security",
}
SUBJECTS = tuple(NAMES)


def briefed_until(briefed_on: date, *, months: int) -> date:
    """The first day on which the briefing no longer counts."""
    return months_after(briefed_on, months)


def check_briefed(last_briefed_on: date | None, *, on: date, months: int) -> None:
    """Whoever reads the register was briefed within the term; a lapse suspends access at once.

    :raises BriefingLapsed: never briefed, or too long ago.
    """
    if last_briefed_on is None:
        raise BriefingLapsed("You have not been briefed yet.")
    if on >= briefed_until(last_briefed_on, months=months):
        raise BriefingLapsed("Your briefing has lapsed.")


class Briefed(Enum):
    """How somebody who reads the register stands with their briefing."""

    NEVER = auto()
    LAPSED = auto()
    DUE = auto()
    GOOD = auto()


def standing_on(last_briefed_on: date | None, *, on: date, months: int) -> Briefed:
    """Whether a briefing is missing, has lapsed, lapses within sixty days, or is good."""
    if last_briefed_on is None:
        return Briefed.NEVER
    until = briefed_until(last_briefed_on, months=months)
    if on >= until:
        return Briefed.LAPSED
    return Briefed.DUE if on + DUE_WITHIN >= until else Briefed.GOOD


def check_complete(covered: set[str], *, briefed_on: date, on: date) -> None:
    """A briefing covers the policy, the review procedures and data security, and has happened.

    :raises BadInput: a subject is missing, or the day is in the future.
    """
    problems = {
        subject: ["This subject must be covered for the briefing to count."]
        for subject in SUBJECTS
        if subject not in covered
    }
    if briefed_on > on:
        problems["briefed_on"] = ["The briefing is in the future."]
    if problems:
        raise BadInput(problems)
