"""Read a legacy list from CSV or XLSX, whatever the spreadsheet program did to it."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

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
        raise _unreadable("The file is empty.")
    if len(content) > LARGEST_FILE:
        raise _unreadable("The file is larger than 50 MB.")
    cells = _cells_of_workbook(content) if content[:2] == b"PK" else _cells_of_csv(content)
    return _rows(cells)


def _unreadable(sentence: str) -> BadInput:
    return BadInput({"file": [sentence]})


def _rows(cells: Iterator[list[Any]]) -> list[Row]:
    heading = next(cells, [])
    columns = _columns([str(cell or "") for cell in heading])
    rows: list[Row] = []
    for number, line in enumerate(cells, start=2):
        texts = [_text(cell) for cell in line]
        if not any(texts):
            continue
        if len(rows) == MOST_ROWS:
            raise _unreadable(f"The file has more than {MOST_ROWS:,} rows. Split it.")
        rows.append(_row(number, columns, texts))
    if not rows:
        raise _unreadable("The file has a heading but no rows.")
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


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _cells_of_csv(content: bytes) -> Iterator[list[Any]]:
    text = _decode(content)
    if "\x00" in text:
        raise _unreadable("The file holds NUL characters: it is not a CSV file, or it is broken.")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from lines
    except csv.Error as problem:
        raise _unreadable(f"The file breaks at line {lines.line_num}: {problem}.") from None


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(content, "utf-16", "UTF-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252", "UTF-8 or Windows-1252")


def _decoded(content: bytes, encoding: str, words: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise _unreadable(f"The file is not {words} text: see line {line}.") from None


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return max(",;\t", key=heading.count)


def _cells_of_workbook(content: bytes) -> Iterator[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise _unreadable("The workbook unpacks to more than 400 MB.")
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        for line in workbook.worksheets[0].iter_rows(values_only=True):
            yield list(line)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError):
        raise _unreadable("The workbook is broken: save it anew as .xlsx or as CSV.") from None
