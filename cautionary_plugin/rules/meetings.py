"""When and how the panel meets: what a plan must say, and gaps between meetings (B6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from .errors import BadInput, NotReady
from .vocabulary import MeetingMode

LONGEST = timedelta(hours=12)
FURTHEST = timedelta(days=731)
OPENS_BEFORE = timedelta(hours=2)
WITH_PLACE = (MeetingMode.IN_PERSON, MeetingMode.BOTH)
WITH_LINK = (MeetingMode.ONLINE, MeetingMode.BOTH)


@dataclass(frozen=True)
class Gap:
    """A time without a meeting that is longer than the register's setting.

    :ivar since: the day of the meeting before it; None where the panel has never met.
    :ivar until: the day of the meeting that ends it; None where none is planned.
    :ivar is_over: whether the meeting that ended it was held.
    """

    since: date | None
    until: date | None
    is_over: bool = False


def check_plan(
    *, starts_at: datetime, ends_at: datetime, mode: str, place: str, link: str, at: datetime
) -> None:
    """The meeting lies ahead, ends after it begins, and people can find it.

    :raises BadInput: under each field that cannot be.
    """
    problems: dict[str, list[str]] = {}
    if starts_at <= at:
        problems["starts_at"] = ["The meeting must lie in the future."]
    elif starts_at - at > FURTHEST:
        problems["starts_at"] = ["Plan no further ahead than two years."]
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        problems["ends_at"] = ["The meeting ends after it begins, and on the same day."]
    if mode in WITH_PLACE and not place:
        problems["place"] = ["Say where the panel meets."]
    if mode in WITH_LINK and not link:
        problems["link"] = ["Give the link to the meeting."]
    if problems:
        raise BadInput(problems)


def opens_from(starts_at: datetime) -> datetime:
    """From when a meeting may be opened: two hours before its time."""
    return starts_at - OPENS_BEFORE


def check_may_open(starts_at: datetime, *, at: datetime) -> None:
    """Nobody opens a meeting long before the members were told to come.

    :raises NotReady: its time is more than two hours away.
    """
    if at < opens_from(starts_at):
        sentence = "A meeting is opened two hours before its time at the earliest."
        raise NotReady(sentence, missing=[sentence])


def gaps(*, held: Collection[date], planned: Collection[date], today: date, most: int) -> list[Gap]:
    """The times without a meeting that were, are or will be longer than ``most`` days.

    :param held: days of the meetings that took place.
    :param planned: days of those that are to come.
    """
    past = sorted(held)
    ahead = sorted(day for day in planned if day >= today)
    found = [
        Gap(before, after, is_over=True)
        for before, after in pairwise(past)
        if (after - before).days > most
    ]
    last, upcoming = (past[-1] if past else None), (ahead[0] if ahead else None)
    if last is None:
        return found if upcoming else [*found, Gap(None, None)]
    if ((upcoming or today) - last).days > most:
        found.append(Gap(last, upcoming))
    return found
