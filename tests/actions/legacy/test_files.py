"""Reading a legacy list, whatever the spreadsheet program did to it (A39)."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cautionary_plugin.actions.legacy.files import read_list
from cautionary_plugin.rules.errors import BadInput

HEADING = "name,risk,markers,handling,incident date,basis,services,end date"
LINE = "Zoë Ångström,High,Violence,Take care,01/06/2026,Seen by two,housing,01/06/2027"
CSV = f"{HEADING}\n{LINE}\n"


def complaint(content: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        read_list(content)
    return " ".join(refused.value.problems["file"])


def workbook(*rows: list[Any]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_the_encodings_of_offices(encoding: str):
    (row,) = read_list(CSV.encode(encoding))

    assert (row.number, row.values["name"]) == (2, "Zoë Ångström")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_delimiters_of_offices(delimiter: str):
    (row,) = read_list(CSV.replace(",", delimiter).encode())

    assert row.values["end_date"] == "01/06/2027"


def test_quoted_cells_keep_commas_and_line_breaks():
    (row,) = read_list(CSV.replace("Seen by two", '"Seen by two,\nboth sober"').encode())

    assert row.values["basis"] == "Seen by two,\nboth sober"


def test_empty_lines_are_passed_over_and_counted():
    (row,) = read_list(f"{HEADING}\n,,,,,,,\n\n{LINE}\n".encode())

    assert row.number == 4


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|1"])
def test_formula_is_pointed_out(cell: str):
    (row,) = read_list(CSV.replace("Take care", cell).encode())

    assert row.formulas == ("handling",)


@pytest.mark.parametrize("cell", ["+44 1632 960001", "-", "(01632) 960001", "a = b"])
def test_phone_number_or_dash_is_no_formula(cell: str):
    (row,) = read_list(CSV.replace("Take care", cell).encode())

    assert row.formulas == ()


def test_row_with_more_cells_than_headings_is_pointed_out():
    (row,) = read_list(CSV.replace("01/06/2027", "01/06/2027,stray").encode())

    assert row.overlong


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (HEADING.encode(), "no rows"),
        (b"\x81\x8d\x8f" + CSV.encode(), "see line 1"),
        (CSV.replace("Take care", "Take\0care").encode(), "NUL"),
        (CSV.replace("Seen by two", '"Seen by two').encode(), "breaks at line"),
        (CSV.replace("end date", "ends sometime").encode(), "“ends sometime” is not known"),
        (CSV.replace("end date", "ends sometime").encode(), "“end_date” is missing"),
        (CSV.replace("name", "risk level").encode(), "“risk” is there twice"),
        (b"PK\x03\x04 this is no workbook", "workbook is broken"),
        (workbook(["name"])[:-200], "workbook is broken"),
        (b"\xff\xfe" + b"a", "UTF-16"),
    ],
    ids=range(12),
)
def test_file_that_cannot_be_used_is_refused_in_plain_words(content: bytes, words: str):
    assert words in complaint(content)


def test_file_over_the_size_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cautionary_plugin.actions.legacy.files.LARGEST_FILE", 100)

    assert "larger than 50 MB" in complaint(CSV.encode())


def test_workbook_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cautionary_plugin.actions.legacy.files.LARGEST_UNPACKED", 100)

    assert "unpacks to more" in complaint(workbook(HEADING.split(","), LINE.split(",")))


def test_file_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cautionary_plugin.actions.legacy.files.MOST_ROWS", 2)

    assert "more than 2 rows" in complaint(f"{HEADING}\n{LINE}\n{LINE}\n{LINE}\n".encode())


def test_workbook_gives_dates_and_numbers_as_they_look():
    cells: list[Any] = LINE.split(",")
    cells[4], cells[7] = datetime(2026, 6, 1, 9, 30), date(2027, 6, 1)
    heading = [*HEADING.split(","), "uprn"]

    (row,) = read_list(workbook(heading, [*cells, 100050000001]))

    assert row.values["incident_date"] == "2026-06-01"
    assert row.values["end_date"] == "2027-06-01"
    assert row.values["uprn"] == "100050000001"


def test_formula_of_a_workbook_is_pointed_out():
    cells = LINE.split(",")
    cells[3] = "=1+1"

    (row,) = read_list(workbook(HEADING.split(","), cells))

    assert row.formulas == ("handling",)


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_clear_refusal(content: bytes):
    for whole in (content, f"{HEADING}\n".encode() + content):
        assert _rows_or_words(whole)


def _rows_or_words(content: bytes) -> list[Any]:
    try:
        return list(read_list(content))
    except BadInput as refused:
        return refused.problems["file"]
