"""The cells of a list that somebody uploads: text in any usual encoding, or a workbook."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl.reader.excel import ExcelReader

from cautionary_plugin.rules.errors import BadInput

ALL_COLUMNS = 18_278  # ZZZ: a cell after it cannot be named
OPENED = 3  # times that a part may be unpacked: its size, its cells, and one to spare
EMPTY_ROWS = 1_000  # of a sheet, before it counts as one that has cells
MOST_SHEETS = 60  # weeks of a year, and some; each empty one takes a few hundredths of a second

# How files begin that are no list, and what they are to whoever sends one.
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file, or one with a password"),
    (b"BEGIN:VCALENDAR", "a calendar file"),
    (b"BEGIN:VCARD", "a file of contacts"),
    (b"{\\rtf", "a Word document"),
    *((sign, "a web page") for sign in (b"<html", b"<!doctype", b"<table", b"<head", b"<meta")),
    (b"<?xml", "an XML file"),
)
_PICTURES = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif")
_AS_LIST = "Save the list as an Excel workbook (.xlsx) or CSV."
_TOO_MANY_SHEETS = "The workbook has too many sheets: keep the one that is meant."


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook, whatever it is called."""
    return content[:2] == b"PK"


def unreadable(sentence: str) -> BadInput:
    """The file as a whole cannot be read."""
    return BadInput({"file": [sentence]})


def check_is_list(content: bytes, name: str = "") -> None:
    """Refuse what is no list at all, in words of whoever chose the file.

    :param name: of the file, where it is known.
    :raises BadInput: it is a picture, a document, a calendar, or called a workbook and is none.
    """
    begins = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    what = next((what for sign, what in _OTHERS if begins.lower().startswith(sign.lower())), "")
    if content[4:8] == b"ftyp":
        what = "a picture" if content[8:12] in _PICTURES else "a film"
    if content[:4] == b"RIFF":
        what = "a picture" if content[8:12] == b"WEBP" else "a recording"
    if what:
        raise unreadable(f"This is {what}. {_AS_LIST}")
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")) and not is_workbook(content):
        raise unreadable(f"The file is called a workbook and is none. {_AS_LIST}")


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252.

    :raises BadInput: it is none of these, or holds NUL.
    """
    text = _decode(content)
    if "\x00" in text:
        raise unreadable("The file holds NUL characters: it is not a CSV file, or it is broken.")
    return text


def cells_of_workbook(
    content: bytes, *, largest_unpacked: int, is_whole: bool = False
) -> Iterator[list[Any]]:
    """The rows of the first sheet; a formula comes as it is written.

    The size that a sheet says of itself is not believed: rows and columns beyond it are read.

    :param largest_unpacked: in bytes, a multiple of a million.
    :param is_whole: the first sheet is to be all there is, and every row has all columns there
        can be, in whatever order its cells are stored.
    :raises BadInput: it is no workbook, unpacks to more, or another sheet has cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > largest_unpacked:
                size = largest_unpacked // (1024 * 1024)
                raise unreadable(f"The workbook unpacks to more than {size} MB.")
        workbook = _workbook(content, most=OPENED * largest_unpacked)
        first, *others = workbook.worksheets
        if is_whole and len(others) >= MOST_SHEETS:
            raise unreadable(_TOO_MANY_SHEETS)
        if is_whole and any(map(_has_cells, others)):
            raise unreadable(
                "Only the first sheet is read, and another one has cells as well. Keep one sheet, "
                "or save the one that is meant as CSV."
            )
        first.reset_dimensions()
        for line in first.iter_rows(values_only=True, max_col=ALL_COLUMNS if is_whole else None):
            yield list(line)
    except BadInput:
        raise
    except Exception:  # openpyxl promises nothing about what it raises for a broken file
        raise unreadable(f"The workbook is broken, or is none at all. {_AS_LIST}") from None


class _Parts(zipfile.ZipFile):
    """The parts of a workbook. It may name one of them as many sheets: what is opened counts."""

    def __init__(self, content: io.BytesIO, *, most: int) -> None:
        super().__init__(content)
        self._left = most

    def open(self, name: Any, *args: Any, **kwargs: Any) -> Any:
        self._left -= self.getinfo(str(getattr(name, "filename", name))).file_size
        if self._left < 0:
            raise unreadable(_TOO_MANY_SHEETS)
        return super().open(name, *args, **kwargs)


def _workbook(content: bytes, *, most: int) -> Any:
    """As ``load_workbook`` reads it, from parts that are counted."""
    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.archive = _Parts(io.BytesIO(content), most=most)
    reader.read()
    return reader.wb


def _has_cells(sheet: Any) -> bool:
    """Whether anything stands in a sheet. Where that takes long to say, something does."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True, max_col=ALL_COLUMNS)
    return any(
        number == EMPTY_ROWS or row.count(None) < len(row) for number, row in enumerate(rows)
    )


def text_of_cell(cell: Any) -> str:
    """What a cell of a workbook says; a day is written as ``2026-12-31``."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


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
        raise unreadable(f"The file is not {words} text: see line {line}.") from None
