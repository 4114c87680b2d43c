"""What is counted for whoever asks under the Freedom of Information Act, year by year (L6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .ages import age_on
from .figures import Measure
from .small_numbers import Cell, Flow, Hidden, may_be_broken_down, protect
from .terms import months_after
from .vocabulary import Risk, Vocabulary, WhyEnded


class Subject(Vocabulary):
    """Whom or what an entry is about; of people, how old they were when it was made."""

    PREMISES = "premises", "Premises"
    CHILD = "child", "People under 18"
    YOUNG = "18", "People of 18 to 29"
    THIRTIES = "30", "People of 30 to 44"
    MIDDLE = "45", "People of 45 to 59"
    OLDER = "60", "People of 60 and over"
    UNKNOWN = "unknown", "People of an age not known"


class Lasted(Vocabulary):
    """How long an entry was on the register."""

    MONTHS = "months", "Under 6 months"
    HALF = "half", "6 to 12 months"
    YEAR = "year", "1 to 2 years"
    YEARS = "years", "Over 2 years"


class People(Vocabulary):
    """Staff, as they are counted when a year is over."""

    ACCESS = "access", "People with access at the end of the year"
    USED = "used", "People who used it in the year"


UNDER = ((18, Subject.CHILD), (30, Subject.YOUNG), (45, Subject.THIRTIES), (60, Subject.MIDDLE))


def subject_of(born_on: date | None, *, on: date) -> Subject:
    """The group of a person of this date of birth on a day."""
    if born_on is None:
        return Subject.UNKNOWN
    age = age_on(on, born_on=born_on)
    return next((group for limit, group in UNDER if age < limit), Subject.OLDER)


def lasted(since: date, until: date) -> Lasted:
    """The span between two days."""
    if until < months_after(since, 6):
        return Lasted.MONTHS
    if until < months_after(since, 12):
        return Lasted.HALF
    return Lasted.YEAR if until <= months_after(since, 24) else Lasted.YEARS


@dataclass(frozen=True)
class Year:
    """Twelve months.

    :ivar first: its first day, the first of a month.
    """

    first: date

    @property
    def after(self) -> date:
        """The first day after it."""
        return months_after(self.first, 12)

    @property
    def words(self) -> str:
        last = self.after - timedelta(days=1)
        if self.first.month == 1:
            return f"{self.first.year}"
        return f"{self.first:%B %Y} to {last:%B %Y}"


def year_of(day: date, *, starts: int) -> Year:
    """The year that a day is in.

    :param starts: the month with which years start: 1 of the calendar, 4 of the budget.
    """
    return Year(date(day.year - (day.month < starts), starts, 1))


def years_over(*, since: date, on: date, starts: int) -> list[Year]:
    """The years that are over on a day, the latest first, back to the one of ``since``."""
    found = []
    year = year_of(since, starts=starts)
    while year.after <= on:
        found.append(year)
        year = Year(year.after)
    return found[::-1]


@dataclass(frozen=True)
class Breakdown:
    """How a total is broken down: finely, or, where it is too small for that, in two."""

    measure: Measure
    of_added: bool
    rows: tuple[tuple[str, frozenset[str]], ...]
    coarse: tuple[tuple[str, frozenset[str]], ...] = ()


def _each(parts: type[Vocabulary]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((part.label, frozenset({part.value})) for part in parts)


BREAKDOWNS = (
    Breakdown(
        Measure.ENTERED,
        True,
        _each(Subject),
        (
            ("People", frozenset(Subject) - {Subject.PREMISES}),
            ("Premises", frozenset({Subject.PREMISES})),
        ),
    ),
    Breakdown(Measure.GRADED, True, _each(Risk)),
    Breakdown(
        Measure.LEFT,
        False,
        _each(WhyEnded),
        (
            ("Their term was over", frozenset({WhyEnded.EXPIRED})),
            ("Removed before", frozenset(WhyEnded) - {WhyEnded.EXPIRED}),
        ),
    ),
    Breakdown(
        Measure.LASTED,
        False,
        _each(Lasted),
        (
            ("Under a year", frozenset({Lasted.MONTHS, Lasted.HALF})),
            ("A year or more", frozenset({Lasted.YEAR, Lasted.YEARS})),
        ),
    ),
)


@dataclass(frozen=True)
class Told:
    """One table, as it may be told.

    :ivar rows: heading and cell; none where nothing may be told, and ``why`` says so.
    """

    title: str
    rows: tuple[tuple[str, Cell], ...]
    why: str = ""


TOO_FEW = "Not broken down: the numbers are small, and might point at somebody."


def break_down(breakdown: Breakdown, counts: Mapping[str, int], flow: Flow) -> Told:
    """A table of what was added or removed in a year, as far as the numbers allow it.

    :param counts: part → how many.
    """
    title, total = breakdown.measure.label, flow.added if breakdown.of_added else flow.removed
    if isinstance(total, Hidden):
        return Told(title, (), TOO_FEW)
    for rows in filter(None, (breakdown.rows, breakdown.coarse)):
        if may_be_broken_down(total, len(rows)):
            cells = protect([sum(counts.get(part, 0) for part in parts) for _words, parts in rows])
            if cells is None:
                break
            words = [words for words, _parts in rows]
            return Told(title, tuple(zip(words, cells, strict=True)))
    return Told(title, (), TOO_FEW if total else "There were none.")


def in_words(cell: Cell) -> str:
    """A cell as every face shows it: screen, CSV and spreadsheet."""
    return cell.value if isinstance(cell, Hidden) else f"{cell:,}"
