"""Workbooks that say less than they hold, or hold far more than anybody visits."""

import io
import re
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from cautionary_plugin.actions.cells import MOST_SHEETS
from cautionary_plugin.forms import visit_rows
from cautionary_plugin.forms.visit_rows import (
    LONGEST_LINE,
    MOST_COLUMNS,
    MOST_VISITS,
)
from cautionary_plugin.rules.errors import BadInput
from tests.forms.test_visit_rows import book, of_file

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
RELATIONS = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def parts_of(content: bytes) -> dict[str, bytes]:
    whole = zipfile.ZipFile(io.BytesIO(content))
    return {name: whole.read(name) for name in whole.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return kept.getvalue()


def saved(workbook: Workbook) -> bytes:
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def shared(text: bytes, *, rows: int) -> bytes:
    """One text, in every cell of many rows."""
    parts = parts_of(book())
    cells = b"<row>%s</row>" % (b'<c t="s"><v>0</v></c>' * MOST_COLUMNS) * rows
    parts[SHEET] = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (SPACE, cells)
    parts[STRINGS] = b"<sst %s><si><t>%s</t></si></sst>" % (SPACE, text)
    named = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (STRINGS.encode(), KIND)
    parts[TYPES] = parts[TYPES].replace(b"</Types>", named)
    return packed(parts)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many signs each cell had that was looked at."""
    sizes: list[int] = []
    one_line = visit_rows._one_line

    def counted(cell: str) -> str:
        sizes.append(len(cell))
        return one_line(cell)

    monkeypatch.setattr(visit_rows, "_one_line", counted)
    return sizes


def test_long_text_that_all_cells_share_is_cut_before_it_is_read(handled: list[int]) -> None:
    lines = of_file(shared(b"ab " * 100_000, rows=3))

    assert ["longer than 500" in each.fault for each in lines.visits] == [True] * 3
    assert max(handled) == LONGEST_LINE + 1


def test_no_more_rows_are_read_than_show_that_they_are_too_many(handled: list[int]) -> None:
    lines = of_file(shared(b"Jo", rows=MOST_VISITS * 5))

    assert lines.count > MOST_VISITS
    assert lines.visits == []
    assert len(handled) < (MOST_VISITS + 3) * (MOST_COLUMNS + 2)


def test_part_that_is_named_as_many_sheets_is_not_read_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    open_part = zipfile.ZipFile.open

    def counted(self: zipfile.ZipFile, name: Any, *args: Any, **more: Any) -> Any:
        opened.append(str(name))
        return open_part(self, name, *args, **more)

    parts = parts_of(book())
    parts[SHEET] = b"<worksheet %s>%s<sheetData/></worksheet>" % (SPACE, b"<x/>" * 20_000)
    sheets = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId1" %s/>' % (n, n, RELATIONS)
        for n in range(1, 200)
    )
    parts[BOOK] = re.sub(rb"<sheets>.*</sheets>", b"<sheets>%s</sheets>" % sheets, parts[BOOK])
    content = packed(parts)
    monkeypatch.setattr(visit_rows, "LARGEST_UNPACKED", 200_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", counted)

    assert "too many sheets" in refused(content)
    assert opened.count(SHEET) > 1
    assert opened.count(SHEET) * len(parts[SHEET]) <= 3 * 200_000


@pytest.mark.parametrize("text", ["Jo" + " " * LONGEST_LINE + "Underhay", " " * 600 + "Underhay"])
def test_what_stands_behind_many_spaces_is_not_cut_off(text: str) -> None:
    [visit] = of_file(book([text])).visits

    assert "longer than 500" in visit.fault


def refused(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        of_file(content)
    [sentence] = caught.value.problems["file"]
    return sentence


@pytest.mark.parametrize("said", [b"A1:A1", b"A1:B2", b"B2:B3"])
def test_size_that_a_sheet_says_of_itself_is_not_believed(said: bytes) -> None:
    parts = parts_of(book(*[["Basil Underhay", "3 Tansy Row"] for _row in range(6)]))
    parts[SHEET] = re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"%s"' % said, parts[SHEET])

    visits = of_file(packed(parts)).visits

    assert [each.typed for each in visits] == ["Basil Underhay, 3 Tansy Row"] * 6


@pytest.mark.parametrize("place", ["A1", "C7", "XFD500", "A5000"])
@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_second_sheet_with_cells_is_not_passed_over(place: str, state: str) -> None:
    workbook = Workbook()
    workbook.active["A1"] = "Basil Underhay"
    workbook.create_sheet("Tuesday")
    assert of_file(saved(workbook)).count == 1
    workbook["Tuesday"][place] = "Jo Bloggs"
    workbook["Tuesday"].sheet_state = state

    assert "Only the first sheet is read" in refused(saved(workbook))


def test_sheets_that_are_empty_for_hundreds_of_rows_are_not_all_walked() -> None:
    """Each takes its time, and a small file has room for thousands of them."""
    workbook = Workbook()
    workbook.active["A1"] = "Basil Underhay"
    for _sheet in range(MOST_SHEETS - 1):
        workbook.create_sheet()
    assert of_file(saved(workbook)).count == 1
    workbook.create_sheet()

    assert "too many sheets" in refused(saved(workbook))


def test_headings_of_more_columns_than_are_read_are_refused() -> None:
    room = ["Name", "Phone", *["Column"] * (MOST_COLUMNS - 2)]
    more = [*room, "Date of birth"]

    assert of_file(book(room, ["Jo Bloggs"])).count == 1
    assert "more than 40 columns" in refused(book(more, ["Jo Bloggs"]))
    assert "more than 40 columns" in refused((",".join(more) + "\nJo Bloggs").encode())


@pytest.mark.parametrize("column", [MOST_COLUMNS + 1, 300, 16_384])
@pytest.mark.parametrize("headings", [["Name", "Phone"], []])
def test_cell_far_to_the_right_is_not_passed_over(column: int, headings: list[str]) -> None:
    workbook = Workbook()
    workbook.active.append(headings)
    workbook.active.append(["Basil Underhay"])
    workbook.active.cell(row=2, column=column, value="Jo Bloggs")

    [visit] = of_file(saved(workbook)).visits

    assert "more columns than" in visit.fault


def test_formula_of_any_kind_is_one() -> None:
    workbook = Workbook()
    workbook.active.append(["x", "Basil Underhay"])
    workbook.active["A1"] = ArrayFormula("A1:A1", "=CONCAT(B1,C1)")

    [visit] = of_file(saved(workbook)).visits

    assert visit.typed == "=…, Basil Underhay"
    assert "formula" in visit.fault
