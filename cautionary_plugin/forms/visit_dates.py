"""Clocks and dates in the loose text of a visit that are nobody's date of birth.

A wrong date of birth speaks against whoever is meant; without it the rest of the line still finds.
"""

import re
from datetime import date, timedelta

from cautionary_plugin.lookup.dates import Born, take
from cautionary_plugin.lookup.normalise import fold

from .visit_words import SCHEDULE

YOUNGEST = timedelta(days=3653)  # ten years: younger children are not on the register
MOST_FIGURES = 7  # a phone has more
SOON = timedelta(days=731)  # and later than that, two figures of a year mean another century

_BULLET = re.compile(r"^\s*(?:[-–•*·]+|\d{1,3}[.)])\s+")
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:visit|visited|tenancy|from|since|until|last|next|due|start|started|(?<!born )on)"
    r"[\s:,.-]*$"
)
_TWO = re.compile(r"(?<!\d)(\d\d?[./-]\d\d?[./-]\d{2,4})[\s,]{1,3}(?=\d\d?[./-]\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_NTH = r"\d\d?(?:st|nd|rd|th)?"
_DAY_OF_MONTH = re.compile(rf"\b(?:{_NTH}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_NTH})\b")
_PLACE = " ; "  # where a date stood or ends: what follows does not belong to what went before


def plain_words(text: str, today: date) -> str:
    """The text without clocks, numbers of a list and dates that are nobody's birth."""
    return without_days(_CLOCK.sub(" ", _BULLET.sub("", text)), today)


def is_only_when(text: str, today: date) -> bool:
    """Whether a line says a time or a title and nobody: ``Lunch``, ``Visits Monday 23 November``.

    A date of birth, or as many figures as a phone has, is somebody.
    """
    rest = fold(plain_words(text, today))
    words = re.findall(r"[^\W\d_]+", _DAY_OF_MONTH.sub(" ", fold(text)))
    figures = sum(sign.isdigit() for sign in rest)
    return set(words) <= SCHEDULE and bool(words) and figures < MOST_FIGURES and not take(rest)[0]


def without_days(text: str, today: date) -> str:
    """The text without them. Dates of birth stay; where others went, they stand at the end."""
    apart = _TWO.sub(rf"\1{_PLACE}", text)
    rest = fold(apart)
    born: list[str] = []
    is_changed = False
    while True:
        readings, following = take(rest)
        if not readings:
            break
        start = _parting(rest, following)
        end = len(rest) - (len(following) - start - 1)
        found, place = rest[start:end], _PLACE
        if "," in found and not re.search("[a-z]", found):  # Flat 10, 12-26 High Street
            place, is_changed = found.replace(",", _PLACE), True
        elif _is_another(readings, today) or _OTHER.search(rest[:start]):
            is_changed = True
        else:
            born.append(found)
        rest = f"{rest[:start]}{place}{rest[end:]}"
    return _PLACE.join([rest, *born]) if is_changed else apart


def _parting(one: str, other: str) -> int:
    return next(n for n, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1)


def _is_another(readings: tuple[Born, ...], today: date) -> bool:
    days = [day for day in map(_day, readings) if day]
    youngest = today - YOUNGEST
    return bool(days) and (
        min(days) > youngest or any(youngest < day < today + SOON for day in days)
    )


def _day(born: Born) -> date | None:
    try:
        return date(*born)
    except ValueError:
        return None
