"""Read a legacy list from CSV or XLSX, whatever the spreadsheet program did to it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cautionary_plugin.actions.cells import (
    cells_of_workbook,
    check_is_list,
    decode,
    is_workbook,
    text_of_cell,
    unreadable,
)
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.legacy import REQUIRED_COLUMNS, column_named

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 200_000

# Longer than any cell may be; lifts the csv module's own limit of 131,072 to say so ourselves.
csv.field_size_limit(LARGEST_FILE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file.

    :ivar number: as the spreadsheet counts, so that the heading is row 1.
    :ivar values: column → text.
    :ivar formulas: columns whose cell is a formula.
    :ivar overlong: the row has more cells than there are headings.
    """

    number: int
    values: dict[str, str]
    formulas: tuple[str, ...] = ()
    overlong: bool = False


def read_list(content: bytes) -> list[Row]:
    """Every row of the file that is not empty.

    CSV may be UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252, with comma, semicolon or
    tab. Of a workbook the first sheet is read.

    :raises BadInput: the file as a whole cannot be read; the sentence says where it breaks.
    """
    if not content.strip():
        raise unreadable("The file is empty.")
    if len(content) > LARGEST_FILE:
        raise unreadable("The file is larger than 50 MB.")
    check_is_list(content)
    if is_workbook(content):
        return _rows(cells_of_workbook(content, largest_unpacked=LARGEST_UNPACKED))
    return _rows(_cells_of_csv(content))


def _rows(cells: Iterator[list[Any]]) -> list[Row]:
    heading = next(cells, [])
    columns = _columns([str(cell or "") for cell in heading])
    rows: list[Row] = []
    for number, line in enumerate(cells, start=2):
        texts = [text_of_cell(cell) for cell in line]
        if not any(texts):
            continue
        if len(rows) == MOST_ROWS:
            raise unreadable(f"The file has more than {MOST_ROWS:,} rows. Split it.")
        rows.append(_row(number, columns, texts))
    if not rows:
        raise unreadable("The file has a heading but no rows.")
    return rows


def _row(number: int, columns: list[str], texts: list[str]) -> Row:
    values = dict(zip(columns, texts, strict=False))
    return Row(
        number=number,
        values=values,
        formulas=tuple(column for column, text in values.items() if _is_formula(text)),
        overlong=any(texts[len(columns) :]),
    )


def _columns(heading: list[str]) -> list[str]:
    columns = [column_named(cell) or "" for cell in heading]
    unknown = [
        cell.strip()
        for cell, column in zip(heading, columns, strict=True)
        if not column and cell.strip()
    ]
    problems = [f"The column “{cell[:40]}” is not known." for cell in unknown]
    problems += [
        f"The column “{column}” is missing." for column in REQUIRED_COLUMNS if column not in columns
    ]
    known = [column for column in columns if column]
    problems += [
        f"The column “{column}” is there twice."
        for column in sorted(set(known))
        if known.count(column) > 1
    ]
    if problems:
        raise BadInput({"file": problems})
    return [column or f"unnamed {position}" for position, column in enumerate(columns)]


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet program would run the cell; “+44 1632 …” and “-” are no formulas."""
    if text[:1] in ("=", "@"):
        return True
    return text[:1] in ("+", "-") and not all(part in "0123456789 ()+-" for part in text)


def _cells_of_csv(content: bytes) -> Iterator[list[Any]]:
    text = decode(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from lines
    except csv.Error as problem:
        raise unreadable(f"The file breaks at line {lines.line_num}: {problem}.") from None


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)
