"""Appeals: when they are in time, who hears them, what an outcome waits for (A24–A26)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .due import day_in_words
from .errors import BadInput, Excluded, NotReady
from .posts import Power
from .vocabulary import HeardBy, Risk, Route
from .working_days import WorkingCalendar

ACKNOWLEDGE_WITHIN = timedelta(days=30)


def last_day_to_lodge(*, told_on: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day on which an appeal is in time.

    :param told_on: when the letter about the entry was sent, or when the entry began.
    :param days: working days.
    """
    return calendar.after(told_on, days)


def check_lodged_in_time(
    *, lodged_on: date, begun_on: date, last_day: date, today: date, late_reasons: str
) -> None:
    """An appeal comes after what it is against, and in time or with reasons why it is heard late.

    :param begun_on: the first day of the entry.
    :raises BadInput: under ``lodged_on`` or ``late_reasons``.
    """
    if lodged_on > today:
        raise BadInput({"lodged_on": ["This day is still to come."]})
    if lodged_on < begun_on:
        raise BadInput({"lodged_on": [f"There was no entry before {day_in_words(begun_on)}."]})
    if lodged_on > last_day and not late_reasons.strip():
        told = f"The last day was {day_in_words(last_day)}. Say why it is heard all the same."
        raise BadInput({"late_reasons": [told]})


@dataclass(frozen=True)
class TookPart:
    """Who took part in what an appeal is against: primary keys of accounts, by their part."""

    deciders: Collection[Any] = ()
    countersigners: Collection[Any] = ()
    reporters: Collection[Any] = ()
    employees: Collection[Any] = ()
    reviewers: Collection[Any] = ()
    owners: Collection[Any] = ()
    voters: Collection[Any] = ()
    seated: Collection[Any] = ()
    urgent: Collection[Any] = ()
    referrers: Collection[Any] = ()
    conflicted: Collection[Any] = ()

    def parts(self) -> Mapping[str, Collection[Any]]:
        """Each part in words, as the sentence "who …" ends, with those who had it."""
        return {
            "decided on the entry": self.deciders,
            "countersigned a report about it": self.countersigners,
            "reported or typed a report about it": self.reporters,
            "is one of the employees concerned": self.employees,
            "signed a review of it": self.reviewers,
            "holds the post of the register's owner": self.owners,
            "voted on it": self.voters,
            "had a seat when the panel dealt with it": self.seated,
            "added it ahead of the panel": self.urgent,
            "referred or presented the case": self.referrers,
            "is excluded from the case": self.conflicted,
        }


def why_excluded(person: Any, took_part: TookPart) -> str | None:
    """What keeps somebody from hearing the appeal, as the end of the sentence "who …"; or None."""
    return next((part for part, people in took_part.parts().items() if person in people), None)


def check_may_hear(person: Any, took_part: TookPart) -> None:
    """A hearer took no part in what the appeal is against (A25).

    :param person: primary key of the account.
    :raises Excluded: they did.
    """
    if part := why_excluded(person, took_part):
        raise Excluded(f"This appeal cannot be heard by somebody who {part}.")


def heard_first_by(route: str, risk: str) -> HeardBy:
    """Who hears what the individual says against an entry, as far as that can be known at once.

    Against the register, members of CMT (A25). Against the schedule, a director where the risk is
    high (B50), else panel members who took no part (B37).
    """
    if route == Route.DIRECTOR:
        return HeardBy.CMT
    return HeardBy.DIRECTOR if risk == Risk.HIGH else HeardBy.PANEL


def heard_in_the_end_by(first: HeardBy, *, fit: int, needed: int) -> HeardBy:
    """As :func:`heard_first_by`; where too few panel members took no part, the Monitoring Officer.

    :param fit: how many panel members are free to hear it.
    :param needed: how many are needed.
    """
    if first == HeardBy.PANEL and fit < needed:
        return HeardBy.MONITORING_OFFICER
    return first


HEARING_POWER: Mapping[HeardBy, Power] = {
    HeardBy.CMT: Power.HEAR_APPEALS,
    HeardBy.DIRECTOR: Power.HEAR_SCHEDULE_APPEALS,
    HeardBy.PANEL: Power.HEAR_SCHEDULE_REVIEWS,
    HeardBy.MONITORING_OFFICER: Power.HEAR_SCHEDULE_REVIEWS,
}
# Two posts hear reviews; another power of theirs tells them apart.
AND_ALSO: Mapping[HeardBy, Power] = {
    HeardBy.PANEL: Power.SIT_ON_PANEL,
    HeardBy.MONITORING_OFFICER: Power.DECIDE_CONFLICTS_FOR_CHAIR,
}
HEARS = frozenset(HEARING_POWER.values())
WHO: Mapping[HeardBy, str] = {
    HeardBy.CMT: "members of CMT",
    HeardBy.DIRECTOR: "director who did not decide",
    HeardBy.PANEL: "panel members who took no part",
    HeardBy.MONITORING_OFFICER: "Monitoring Officer",
}


def hears(powers: Collection[Power], heard_by: HeardBy) -> bool:
    """Whether somebody with these powers on the register is one of those who hear it."""
    return HEARING_POWER[heard_by] in powers and AND_ALSO.get(heard_by, None) in {*powers, None}


def hearers_needed(heard_by: HeardBy, *, several: int) -> int:
    """How many hear it: one director, the Monitoring Officer alone, or several.

    :param several: the register's number of hearers.
    """
    alone = heard_by in (HeardBy.DIRECTOR, HeardBy.MONITORING_OFFICER)
    return 1 if alone else several


def is_review(heard_by: str) -> bool:
    """Whether the procedure calls it a review (low and medium risk), and not an appeal (B37)."""
    return heard_by in (HeardBy.PANEL, HeardBy.MONITORING_OFFICER)


def check_enough_hearers(count: int, *, needed: int, heard_by: HeardBy = HeardBy.CMT) -> None:
    """So many of those who hear it are named.

    :raises BadInput: under ``users``.
    """
    if count < needed:
        who = WHO[heard_by]
        told = f"Name the {who}." if needed == 1 else f"Name at least {needed} {who}."
        raise BadInput({"users": [told]})


@dataclass(frozen=True)
class Comment:
    """Whether an employee's comment is settled, and until when it is waited for."""

    settled: bool
    due_on: date = field(default=date.max)


def check_ready_to_propose(
    comments: Iterable[Comment], *, hearers: int, hearers_needed: int
) -> None:
    """An outcome waits for its hearers, and for each employee's comment (A26).

    :raises NotReady: with what is missing; no name is told.
    """
    missing = [
        f"A comment of an employee is waited for until {day_in_words(comment.due_on)}."
        for comment in comments
        if not comment.settled
    ]
    if hearers < hearers_needed:
        missing.append(f"{hearers_needed} hearers are needed, and {hearers} are named.")
    if missing:
        raise NotReady("An outcome cannot be proposed yet. " + " ".join(missing), missing=missing)


def acknowledge_by(received_on: date) -> date:
    """The last day to acknowledge a complaint (L10): the 30th after it came, of the calendar."""
    return received_on + ACKNOWLEDGE_WITHIN


def check_day_of_complaint(day: date, *, field: str, not_before: date, today: date) -> None:
    """What is recorded has happened, and in its order.

    :raises BadInput: under ``field``.
    """
    if day > today:
        raise BadInput({field: ["This day is still to come."]})
    if day < not_before:
        raise BadInput({field: [f"This is before {day_in_words(not_before)}."]})
