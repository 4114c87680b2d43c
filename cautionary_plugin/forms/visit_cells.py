"""Cells of a list that say nothing though something stands in them; days as a sheet counts them.

``Unknown`` under the names is nobody's name: asked for, it would speak against whoever is meant.
"""

import re
from datetime import date, timedelta

# What is written where nothing is known.
_NOTHING = frozenset(
    {
        *("", "n k", "nk", "n a", "unknown", "not known", "don t know", "dont know", "no", "none"),
        *("tbc", "tba", "tbd", "to be confirmed", "to be advised", "nil", "null", "x", "xx", "xxx"),
        *("void", "vacant", "empty", "unoccupied", "not given", "not provided", "not recorded"),
        *("not applicable", "refused", "blank"),
    }
)
_ANYBODY = frozenset(
    {
        *("the", "tenant", "occupier", "occupant", "resident", "householder", "property", "name"),
        *("mr", "mrs", "ms", "miss"),
    }
)
_NO_SIGN = re.compile(r"[0\W_]*")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_DAY_ZERO = date(1899, 12, 30)  # as workbooks count, from March 1900
_OLDEST = timedelta(days=120 * 365)


def is_nothing(cell: str, box: str) -> bool:
    """Whether a cell under a heading says that nothing is known: ``n/k``, ``Void``, ``-``."""
    if _NO_SIGN.fullmatch(cell):
        return True
    if box in {"anything", "notes"} or any(sign.isdigit() for sign in cell):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", cell.casefold()) if word not in _ANYBODY]
    said = " ".join(words)
    return said in _NOTHING or (said == "na" and box != "name")  # Na is a name


def as_day(cell: str, today: date) -> str:
    """A date of birth; where a sheet has only left its number of days, the day it counts."""
    if not _SERIAL.fullmatch(cell):
        return cell
    day = _DAY_ZERO + timedelta(days=int(float(cell)))
    return day.isoformat() if today - _OLDEST < day <= today else cell
