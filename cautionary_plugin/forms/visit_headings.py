"""The line of headings of a list of visits: what each of its columns is.

A visit that is taken for headings is a visit that nobody is checked for: in doubt it is a visit.
"""

import re
from collections.abc import Sequence

from .visit_words import (
    DWELLINGS,
    NUMBER,
    OURS,
    STREETS,
    box_of,
    is_contact,
    is_plain_place,
    without_place,
    words_of,
)

_LABEL = re.compile(r"[^\W\d_][^\d;,@:]{0,79}")
_NUMBERED = re.compile(r"(?<=\D)\d$")


def boxes_of(row: Sequence[str], *, is_alone: bool) -> list[str]:
    """The box of each column, "" where it has none; nothing at all where the line is a visit.

    :param is_alone: no line follows.
    """
    if not all(_is_label(cell) for cell in row if cell):
        return []
    boxes = [box_of(cell) for cell in row]
    known = {cell.casefold(): box for cell, box in zip(row, boxes, strict=True) if box}
    told = {cell for cell, box in known.items() if box != OURS and not is_plain_place(cell)}
    if (told and len(known) > 1) or (len(row) == len(told) == 1 and not is_alone):
        read = ["" if box == OURS else box for box in boxes]
        return _contacts_apart(row, _with_doors(row, read))
    return []


def _with_doors(row: Sequence[str], boxes: Sequence[str]) -> list[str]:
    """A number by itself is that of the house, where the street comes next."""
    after = [*row[1:], ""]
    return [
        "address" if words_of(cell) & NUMBER and not box and _is_street(follows) else box
        for cell, box, follows in zip(row, boxes, after, strict=True)
    ]


def _is_street(heading: str) -> bool:
    return bool(words_of(heading) & {"street", "road"})


def _contacts_apart(row: Sequence[str], boxes: list[str]) -> list[str]:
    """A contact is the person, where no other column says who: else whoever, as in a note."""
    is_apart = [box == "name" and is_contact(cell) for cell, box in zip(row, boxes, strict=True)]
    pairs = list(zip(boxes, is_apart, strict=True))
    if not any(box == "name" and not contact for box, contact in pairs):
        return boxes
    return ["notes" if contact else box for box, contact in pairs]


def _is_label(cell: str) -> bool:
    """A few words, and no figure: but ``Address line 1`` is one."""
    is_numbered = box_of(cell) and not words_of(cell) & (STREETS | DWELLINGS)
    words = _NUMBERED.sub("", without_place(cell)) if is_numbered else cell
    return bool(_LABEL.fullmatch(words.strip(" :")))
