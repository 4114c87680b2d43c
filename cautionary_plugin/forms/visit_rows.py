"""A day's list of visits as it comes out of a calendar or a spreadsheet: what each line asks.

Nothing that stands in the list is passed over: a line becomes a question, or says why it cannot.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from cautionary_plugin.actions.cells import (
    cells_of_workbook,
    check_is_list,
    decode,
    is_workbook,
    text_of_cell,
    unreadable,
)

from .visit_columns import Columns
from .visit_dates import is_only_when, plain_words
from .visit_headings import boxes_of

MOST_VISITS = 200  # the rounds of a team on one day, and no register
LONGEST_LINE = 500  # signs, as the box for one check
LARGEST_FILE = 1024 * 1024
LARGEST_UNPACKED = 4 * 1024 * 1024
MOST_LINES = 2_000  # of any file, empty ones included; nobody visits so many
MOST_COLUMNS = 40
SHOWN = 120
TITLES = 5  # lines that may stand above the headings
PLAIN = (int, float, date, time, timedelta)  # what is anything else is some kind of formula

_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, repr=False)
class Line:
    """One visit of the list.

    :ivar typed: what of the list is asked, to be recognised by; all of it where it cannot be.
    :ivar apart: what the list says besides, which nobody is checked for.
    :ivar boxes: what the check is asked, by the boxes of its form.
    :ivar fault: why it cannot be asked; empty where it can.
    """

    typed: str
    boxes: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    apart: str = ""


@dataclass(frozen=True, repr=False)
class Lines:
    """A whole list.

    :ivar count: how many visits it has. Where that is more than :data:`MOST_VISITS`, they are too
        many: no more are counted, and ``visits`` is empty.
    :ivar headings: its first line, where that was taken for headings and is no visit.
    :ivar unread: headings of columns that are not looked at, and say nobody who is met.
    :ivar unchecked: those of columns that are not looked at either, and may say who is met.
    :ivar left_out: headings of free text that is left out of some visits.
    :ivar is_nameless: it has headings, and none of a column of names.
    """

    count: int
    visits: list[Line] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    is_nameless: bool = False


def lines_of_text(text: str, *, today: date) -> Lines:
    """The visits of a text: one a line, its cells between tabs, semicolons or commas.

    :raises BadInput: under ``file``: it has too many columns, or is a calendar as it is stored.
    """
    check_is_list(text[:64].encode(errors="replace"))
    return _lines(_cells(with_line_ends(text)), today)


def with_line_ends(text: str) -> str:
    """The same with a plain end after each line: phones and word processors know others."""
    return _LINE_ENDS.sub("\n", text)


def lines_of_file(content: bytes, *, today: date, name: str = "") -> Lines:
    """The visits of a CSV file or of the first sheet of a workbook.

    :param name: of the file.
    :raises BadInput: under ``file``: it cannot be read as a whole.
    """
    if not content.strip():
        raise unreadable("The file is empty.")
    check_is_list(content, name)
    if not is_workbook(content):
        return lines_of_text(decode(content), today=today)
    rows = cells_of_workbook(content, largest_unpacked=LARGEST_UNPACKED, is_whole=True)
    return _lines((map(_text, _narrow(row)) for row in _first(rows)), today)


def _first(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    for number, row in enumerate(rows):
        if number == MOST_LINES:
            raise unreadable(f"The sheet has more than {MOST_LINES:,} lines.")
        yield row


def _narrow(row: list[Any]) -> list[Any]:
    """The columns there is room for, and one more where anything stands after them."""
    after = row[MOST_COLUMNS:]
    return row[:MOST_COLUMNS] + ["…"] * (after.count(None) < len(after))


def _text(cell: Any) -> str:
    """No more of it than shows that it is too long: thousands of cells may share one long text."""
    if isinstance(cell, str):
        return cell[: LONGEST_LINE + 1]
    return text_of_cell(cell) if cell is None or isinstance(cell, PLAIN) else "=…"


def _cells(text: str) -> list[list[str]]:
    """The lines in cells. Where the quotation marks do not pair, they are marks like any other."""
    between = next((each for each in "\t;" if each in text), ",")
    try:
        quoted = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
        return list(quoted)
    except csv.Error:
        return [line.split(between) for line in text.splitlines()]


def _lines(rows: Iterable[Iterable[str]], today: date) -> Lines:
    """The visits, and no more of them than show that they are too many."""
    filled = list(islice(filter(None, map(_tidy, rows)), MOST_VISITS + 2))
    titles, columns, visits = _parted(filled)
    if not columns:
        return _counted([], filled, [_line(row, None, today) for row in filled[:MOST_VISITS]])
    visits = [person for row in visits for person in columns.each_person(row)]
    unchecked = columns.unchecked(visits)
    return replace(
        _counted(titles, visits, [_line(row, columns, today) for row in visits[:MOST_VISITS]]),
        headings=list(filter(None, columns.headings)),
        unread=[heading for heading in columns.unread() if heading not in unchecked],
        unchecked=unchecked,
        left_out=columns.left_out(visits),
        is_nameless=not columns.has_names,
    )


def _parted(filled: list[list[str]]) -> tuple[list[list[str]], Columns | None, list[list[str]]]:
    """What stands above the headings, these, and the visits below them."""
    for place, row in enumerate(filled[: TITLES + 1]):
        is_last = place == len(filled) - 1
        boxes = boxes_of(row[:MOST_COLUMNS], is_alone=place > 0 or is_last)
        if boxes and row[MOST_COLUMNS:]:
            raise unreadable(f"The list has more than {MOST_COLUMNS} columns.")
        if boxes:
            return filled[:place], Columns(row, boxes), filled[place + 1 :]
    return [], None, filled


def _counted(titles: list[list[str]], rows: Sequence[Any], lines: list[Line]) -> Lines:
    fault = _("It stands above the headings: if it is a visit, put it below them.")
    above = [Line(_shown(", ".join(filter(None, row))), fault=fault) for row in titles]
    count = len(above) + len(rows)
    return Lines(count, [*above, *lines] if count <= MOST_VISITS else [])


def _tidy(row: Iterable[str]) -> list[str]:
    """The cells up to the last one that says something, each on one line."""
    cells = [_one_line(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _one_line(cell: str) -> str:
    """What is too long stays too long, and only its beginning is looked at."""
    if len(cell) <= LONGEST_LINE:
        return " ".join(cell.split())
    return " ".join(cell[:SHOWN].split()).ljust(LONGEST_LINE + 1, "…")


def _line(row: Sequence[str], columns: Columns | None, today: date) -> Line:
    typed = ", ".join(filter(None, row))
    if len(typed) > LONGEST_LINE:  # before anything is read: it takes time by its length
        said = _("It is longer than %(most)s characters: put each visit on a line of its own.")
        return Line(_shown(typed), fault=said % {"most": LONGEST_LINE})
    if len(row) > (len(columns.boxes) if columns else MOST_COLUMNS):
        fault = _("It has more columns than there are headings or room for.")
        return Line(_shown(typed), fault=fault)
    if any(cell.startswith("=") for cell in row):
        return Line(_shown(typed), fault=_("A cell is a formula: put its value there instead."))
    if is_only_when(typed, today) or (columns and row == columns.headings):
        return Line(_shown(typed), fault=_("This is too little to check, so nobody was checked."))
    if not columns:
        return Line(_shown(typed), {"anything": plain_words(typed, today)})
    boxes, asked = columns.read(row, today)
    if not asked:
        return Line(_shown(typed), boxes)
    apart = ", ".join(cell for place, cell in enumerate(row) if cell and place not in asked)
    said = ", ".join(row[place] for place in sorted(asked))
    return Line(_shown(said), boxes, apart=_shown(apart))


def _shown(typed: str) -> str:
    return typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
