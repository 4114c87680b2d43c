"""Dates of birth as they are typed, and how near two of them are."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

Nearness = Literal["exact", "swapped", "near", "part", "about", "differs"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = rf"((?:{'|'.join(month[:3] for month in _MONTHS)})[a-z]{{0,7}})\.?"
_YEAR = r"['’]?((?:18|19|20)\d\d|\d\d)"
_GAP = r"[\s./,-]{1,3}"
_FORMS = (
    ("ymd", re.compile(rf"(?<!\d)((?:18|19|20)\d\d){_GAP}(\d\d?){_GAP}(\d\d?)(?!\d)")),
    ("dmy", re.compile(rf"(?<!\d)(\d\d?){_GAP}(\d\d?){_GAP}((?:18|19|20)\d\d)(?!\d)")),
    # A short year follows the same gap as the month: "2/1, 14 Mill Lane" is the flat 2/1.
    ("d-my", re.compile(r"(?<!\d)(\d\d?)\s?([\s./,-])\s?(\d\d?)\s?\2\s?(\d\d)(?!\d)")),
    ("dmy", re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?[\s./,-]*{_MONTH}{_GAP}{_YEAR}(?!\d)")),
    ("mdy", re.compile(rf"(?<![a-z]){_MONTH}{_GAP}(\d\d?)(?:st|nd|rd|th)?{_GAP}{_YEAR}(?!\d)")),
    ("ymd", re.compile(r"(?<!\d)((?:18|19|20)\d\d)(\d\d)(\d\d)(?!\d)")),
    ("dmy", re.compile(r"(?<!\d)(\d\d)(\d\d)((?:18|19|20)\d\d)(?!\d)")),
    ("dmy", re.compile(r"(?<![a-z])(?:born|dob)[\s:.-]{0,3}(\d\d)(\d\d)(\d\d)(?!\d)")),
)
_BORN_IN = re.compile(
    r"(?<![a-z])(?:(?:born|dob)(?![a-z])[^\d]{0,16}|b\.?\s?)((?:19|20)\d\d)(?!\d)"
)
_YEAR_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


YEARS_ALIKE = 2
"""Years by which an approximate year of birth may be out and still agree."""

YEARS_UNSURE = 5
"""Years up to which it neither agrees nor differs."""


class Born(NamedTuple):
    """A date as typed: it need not exist in the calendar. A year alone has month and day 0."""

    year: int
    month: int
    day: int


def of(day: date) -> Born:
    """Give a calendar date as :class:`Born`."""
    return Born(day.year, day.month, day.day)


def take(text: str) -> tuple[tuple[Born, ...], str]:
    """Take the first full date out of folded text.

    :returns: its readings (two for a two-figure year) and the text without it.
    """
    for order, form in _FORMS:
        for found in form.finditer(text):
            readings = _readings(dict(zip(order, found.groups(), strict=True)))
            if readings:
                return readings, text[: found.start()] + " " + text[found.end() :]
    return (), text


def take_year(text: str) -> tuple[tuple[Born, ...], str]:
    """Take a year that stands alone, for the box that asks for nothing else."""
    return _take_year(_YEAR_ALONE, text)


def take_year_of_birth(text: str) -> tuple[tuple[Born, ...], str]:
    """Take a year that is said to be one of birth: ``born December 1990``."""
    return _take_year(_BORN_IN, text)


def _take_year(shape: re.Pattern[str], text: str) -> tuple[tuple[Born, ...], str]:
    found = shape.search(text)
    if not found:
        return (), text
    return (Born(int(found.group(1)), 0, 0),), text[: found.start()] + " " + text[found.end() :]


def _month(typed: str) -> int:
    """Give the number of a month in words or figures; 0 for Marsden, May Hill and Jane."""
    if typed.isdigit():
        return int(typed)
    for number, month in enumerate(_MONTHS, 1):
        short = typed in (month[:3], month[:4])
        if short or OSA.distance(typed, month) <= (1 if len(month) < 6 else 2):
            return number
    return 0


def _readings(parts: dict[str, str]) -> tuple[Born, ...]:
    month = _month(parts["m"])
    day = int(parts["d"])
    year = int(parts["y"])
    if not (1 <= month <= 99 and 1 <= day <= 99):
        return ()
    years = [year] if len(parts["y"]) == 4 else [1900 + year, 2000 + year]
    return tuple(Born(one, month, day) for one in years)


def swapped(born: Born) -> Born:
    """Give the date with day and month in each other's place."""
    return Born(born.year, born.day, born.month)


def can_be(born: Born, *, today: date) -> bool:
    """Tell whether somebody can be born on a date as typed, either way round.

    A date that is in no calendar is a slip that nobody should get an answer to: it speaks against
    everybody, and would hide whom the name alone would find.
    """
    return _was(born, today) or _was(swapped(born), today)


def _was(born: Born, today: date) -> bool:
    if not born.month:
        return born.year <= today.year
    try:
        return date(*born) <= today
    except ValueError:
        return False


def key(born: Born) -> str:
    """Give the key of exactly this date."""
    return f"D{born.year}-{born.month}-{born.day}"


def keys(born: Born) -> tuple[str, str, str]:
    """Give three keys, of which a date with one part wrong still shares one."""
    return (
        f"ym{born.year}-{born.month}",
        f"yd{born.year}-{born.day}",
        f"md{born.month}-{born.day}",
    )


def year_key(year: int) -> str:
    """Give the key of whoever was born on a known date of the year."""
    return f"y{year}"


def approximate_key(year: int) -> str:
    """Give the key of whoever is known to be born about the year."""
    return f"a{year}"


def slips(born: Born) -> list[Born]:
    """Give the dates that come of swapping the figures on either side of a gap.

    Only these may leave no two parts of a date as they were; see :func:`keys`.
    """
    day_first, year_first = _day_first(born), _year_first(born)
    return [
        *(_read_day_first(_with_swapped(day_first, gap)) for gap in (1, 3)),
        *(_read_year_first(_with_swapped(year_first, gap)) for gap in (3, 5)),
    ]


def _with_swapped(figures: str, i: int) -> str:
    return figures[:i] + figures[i + 1] + figures[i] + figures[i + 2 :]


def compare(typed: Born, known: Born) -> Nearness:
    """Say how near a typed date comes to the recorded one.

    *swapped*: day and month changed places. *near*: the day or the month is wrong, or the year by
    one, or one figure, or two neighbouring figures changed places. *part*: only day and month
    agree. *about*: another date, no more than a year off.
    """
    if typed == known:
        return "exact"
    if typed.year == known.year and (typed.month, typed.day) == (known.day, known.month):
        return "swapped"
    same = (typed[0] == known[0]) + (typed[1] == known[1]) + (typed[2] == known[2])
    close_years = abs(typed.year - known.year) <= 1
    if not same:
        return "about" if close_years else "differs"
    if (same == 2 and close_years) or _one_slip(typed, known):
        return "near"
    if same == 2:
        return "part"
    return "about" if close_years else "differs"


def _one_slip(one: Born, other: Born) -> bool:
    return any(
        OSA.distance(figures(one), figures(other)) == 1 for figures in (_day_first, _year_first)
    )


def _day_first(born: Born) -> str:
    return f"{born.day:02}{born.month:02}{born.year:04}"


def _year_first(born: Born) -> str:
    return f"{born.year:04}{born.month:02}{born.day:02}"


def _read_day_first(figures: str) -> Born:
    return Born(int(figures[4:]), int(figures[2:4]), int(figures[:2]))


def _read_year_first(figures: str) -> Born:
    return Born(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
