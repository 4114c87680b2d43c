"""When a briefing counts, and until when (A49)."""

from datetime import date

from .errors import BadInput, BriefingLapsed
from .terms import months_after

SUBJECTS = ("policy", "review_procedures", "data_security")


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
