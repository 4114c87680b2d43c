"""Reviews: the quarters, what lapses in them, fresh answers and newer evidence (A30–A36)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .due import day_in_words
from .errors import BadInput
from .factors import check_answered
from .grants import check_reason
from .terms import months_after

MONTHS = 3


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the calendar year.

    :ivar starts_on: its first day: in January, April, July or October.
    """

    starts_on: date

    @property
    def next(self) -> "Quarter":
        return Quarter(months_after(self.starts_on, MONTHS))

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.next.starts_on

    @property
    def last_day(self) -> date:
        return self.next.starts_on - timedelta(days=1)

    @property
    def in_words(self) -> str:
        """January to March 2027."""
        last = months_after(self.starts_on, MONTHS - 1)
        return f"{self.starts_on:%B} to {last:%B %Y}"


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(date(day.year, day.month - (day.month - 1) % MONTHS, 1))


def window(signed_on: date) -> Quarter:
    """The quarter whose lapsing entries are reviewed when the register is checked (A31)."""
    return quarter_of(signed_on).next


def missed(*, first: Quarter, signed: Collection[Quarter], today: date) -> list[Quarter]:
    """The quarters that went by without a signature, oldest first (A30).

    A quarter is owed until its last day; a missed one stays missed, for all to see.

    :param first: the first quarter in which there was something to check.
    """
    current, quarter, found = quarter_of(today), first, []
    while quarter < current:
        if quarter not in signed:
            found.append(quarter)
        quarter = quarter.next
    return found


def check_fresh(
    answers: Mapping[str, str], *, kind: str, before: Mapping[str, str]
) -> dict[str, str]:
    """Each factor is answered anew; an answer copied from the last decision does not count (A35).

    :param before: the answers of the last decision or review.
    :returns: the answers to the factors that are asked.
    :raises BadInput: under the code of each factor that is blank, too short, or copied.
    """
    given = check_answered(answers, kind=kind)
    copied = {
        code: ["This is the answer of the last decision. Say what holds today."]
        for code, answer in given.items()
        if _plain(answer) == _plain(before.get(code, ""))
    }
    if copied:
        raise BadInput(copied)
    return given


def check_new_end(new_end_on: date | None, *, last_day: date) -> date:
    """An entry that is kept gets a new end, later than the one it has (A36).

    :param last_day: the last day on which the entry counts as it is.
    :raises BadInput: under ``new_end_on``.
    """
    if new_end_on is None:
        raise BadInput({"new_end_on": ["Give the last day of the further period."]})
    if new_end_on <= last_day:
        told = f"The entry lasts until {day_in_words(last_day)} as it is. Give a later day."
        raise BadInput({"new_end_on": [told]})
    return new_end_on


def check_evidence_in_words(
    text: str, *, dated: date | None, decided_on: date, today: date
) -> None:
    """Evidence in words says what it is and from which day, after the last decision (A33).

    :param decided_on: the day of the last decision on the entry.
    :raises BadInput: under ``new_evidence`` or ``new_evidence_on``.
    """
    check_reason(text, field="new_evidence")
    if dated is None:
        raise BadInput({"new_evidence_on": ["Give the date of the new evidence."]})
    if dated > today:
        raise BadInput({"new_evidence_on": ["This day is still to come."]})
    if not is_new(dated, decided_on=decided_on):
        raise BadInput({"new_evidence_on": [_too_old(decided_on)]})


def check_report_is_new(occurred_on: date | None, *, decided_on: date) -> None:
    """A report is new evidence where what it tells happened after the last decision (A33).

    :raises BadInput: under ``evidence``.
    """
    if occurred_on is None or not is_new(occurred_on, decided_on=decided_on):
        raise BadInput({"evidence": [_too_old(decided_on)]})


def is_new(dated: date, *, decided_on: date) -> bool:
    """Whether evidence of this day could not have been weighed at the last decision."""
    return dated > decided_on


def _too_old(decided_on: date) -> str:
    named = day_in_words(decided_on)
    return f"Evidence must be newer than the last decision, of {named}. An older one was weighed."


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())
