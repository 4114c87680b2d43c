"""A visit under its headings: which box each cell is asked in, and what of it is not asked.

What is not asked is told: a name that is only repeated reads as if it had been checked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .visit_cells import as_day, is_nothing
from .visit_dates import plain_words
from .visit_words import DWELLINGS, box_of, is_contact, is_person, words_of

# What stands between two columns of one kind. Of the other kinds the first counts.
JOINED = {"name": " ", "address": ", ", "phone": ", ", "anything": ", "}

# Box of free text → where one of these is filled, the text may only hide whom they find.
HIDES: dict[str, set[str]] = {"anything": {"name"}, "notes": {"name", "address", "postcode"}}

_WORD = re.compile(r"[^\W\d_]{2}")
_DOOR = re.compile(r"\d{1,4}[a-z]?", re.IGNORECASE)
_FLAT = re.compile(rf"{_DOOR.pattern}|[a-z]", re.IGNORECASE)


@dataclass(frozen=True, repr=False)
class Columns:
    """The headings of a list, and the box that each of its columns is asked in, or "" where none.

    :meth:`read` gives the boxes of a visit and the places of the cells that went into them.
    """

    headings: list[str]
    boxes: list[str]

    def each_person(self, row: list[str]) -> Iterator[list[str]]:
        """The visit once for each who is named in it: two tenants are not one long name.

        The date of birth goes with the first; it would speak against the others.
        """
        names = [place for place in self._filled(row) if self.boxes[place] == "name"]
        people = sorted({row[place]: place for place in reversed(names)}.values())
        if len(people) < 2 or not all(is_person(self.headings[place]) for place in names):
            yield row
            return
        born = {place for place, box in enumerate(self.boxes) if box == "born_on"}
        for mine in people:
            apart = {*names} - {mine} | (born if mine != names[0] else set())
            yield ["" if place in apart else cell for place, cell in enumerate(row)]

    def read(self, row: Sequence[str], today: date) -> tuple[dict[str, str], set[int]]:
        """What the check is asked of a visit, and in which of its cells that stands."""
        boxes: dict[str, str] = {}
        asked: set[int] = set()
        hidden = self._hidden(row)
        for place in self._filled(row):
            box = "anything" if self.boxes[place] == "notes" else self.boxes[place]
            if box and place not in hidden and (box in JOINED or box not in boxes):
                cell = as_day(row[place], today) if box == "born_on" else row[place]
                boxes[box] = _joined(boxes.get(box, ""), self._meant(place, cell), box)
                asked.add(place)
        if "anything" in boxes:
            boxes["anything"] = plain_words(boxes["anything"], today)
        return boxes, asked

    def unchecked(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """The columns that are not asked and may name who is met: what they are called.

        One that is known to be about the visit or about us does not, and none that has no words.
        """
        told = {
            place
            for row in rows
            for place in self._filled(row)
            if _WORD.search(row[place]) and self._may_name(place, row)
        }
        return [self.headings[place] or f"({place + 1})" for place in sorted(told)]

    def unread(self) -> list[str]:
        """The headings of columns that are asked for no visit."""
        pairs = zip(self.headings, self.boxes, strict=True)
        return [heading for heading, box in pairs if heading and not box]

    def left_out(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """The headings of free text that some visits are not asked by."""
        places = {place for row in rows for place in self._hidden(row)}
        return [self.headings[place] for place in sorted(places)]

    @property
    def has_names(self) -> bool:
        """Whether a name is looked for in any column."""
        return bool({"name", "anything"} & set(self.boxes))

    def _filled(self, row: Sequence[str]) -> list[int]:
        cells = enumerate(zip(row, self.boxes, strict=False))
        return [place for place, (cell, box) in cells if cell and not is_nothing(cell, box)]

    def _hidden(self, row: Sequence[str]) -> set[int]:
        """Free text that a visit is not asked by, because it says more plainly who."""
        places = self._filled(row)
        said = {self.boxes[place] for place in places}
        return {place for place in places if said & HIDES.get(self.boxes[place], set())}

    def _may_name(self, place: int, row: Sequence[str]) -> bool:
        heading = self.headings[place]
        if place in self._hidden(row):
            is_named = "name" in {self.boxes[other] for other in self._filled(row)}
            return is_contact(heading) or not is_named
        return not self.boxes[place] and not box_of(heading)

    def _meant(self, place: int, cell: str) -> str:
        """The ``2`` under *Flat* is ``Flat 2``."""
        is_flat = DWELLINGS & words_of(self.headings[place]) and _FLAT.fullmatch(cell)
        return f"Flat {cell}" if is_flat else cell


def _joined(before: str, cell: str, box: str) -> str:
    """The number of a house and its street are one."""
    if box == "address" and _DOOR.fullmatch(before.rpartition(", ")[2]):
        return f"{before} {cell}"
    return f"{before}{JOINED[box]}{cell}" if before else cell
