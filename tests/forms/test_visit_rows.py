"""What a pasted or uploaded list is read as, and what nobody should put into one."""

import contextlib
import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cautionary_plugin.forms.visit_rows import (
    LARGEST_UNPACKED,
    MOST_LINES,
    MOST_VISITS,
    Lines,
    lines_of_file,
    lines_of_text,
)
from cautionary_plugin.rules.errors import BadInput
from tests.hostile import LONG, ODD

TODAY = date(2026, 12, 2)


def asked(text: str) -> list[dict[str, str]]:
    return [each.boxes for each in lines_of_text(text, today=TODAY).visits]


def loose(text: str) -> str:
    [boxes] = asked(text)
    return boxes["anything"].strip(" ,;")


def book(*rows: list[Any]) -> bytes:
    kept = io.BytesIO()
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(kept)
    return kept.getvalue()


def of_file(content: bytes) -> Lines:
    return lines_of_file(content, today=TODAY)


@pytest.mark.parametrize("between", ["\t", ";", ", "])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_each_line_is_a_visit_whatever_stands_between_its_cells(between: str, ends: str) -> None:
    text = ends.join(["", f"Basil Underhay{between}3 Tansy Row", "  ", "Jo Bloggs", ""])

    lines = lines_of_text(text, today=TODAY)

    assert [each.typed for each in lines.visits] == ["Basil Underhay, 3 Tansy Row", "Jo Bloggs"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("09:30 Basil Underhay", "Basil Underhay"),
        ("9:30am-10:15am Basil Underhay", "-  Basil Underhay"),
        ("1. Basil Underhay", "Basil Underhay"),
        ("- Basil Underhay", "Basil Underhay"),
        ("02/12/2026 Basil Underhay 05/11/1961", "basil underhay  ;  ; 05/11/1961"),
        ("2026-12-02\t09:30:00\tBasil Underhay", "basil underhay"),
        ("Basil Underhay 05/11/1961", "Basil Underhay 05/11/1961"),
        ("14 Mill Lane, WX1 4AB", "14 Mill Lane, WX1 4AB"),
    ],
)
def test_clock_and_day_of_the_visit_are_not_taken_for_a_house_or_a_birth(
    typed: str, read: str
) -> None:
    assert loose(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Jo Bloggs last visit 03/09/2026", "jo bloggs last visit"),
        ("Jo Bloggs 25/12/2027", "jo bloggs"),
        ("Jo Bloggs 1 May 2019", "jo bloggs"),
        ("Jo Bloggs 03/09/26", "jo bloggs"),
        ("Jo Bloggs tenancy from 01/04/2015", "jo bloggs tenancy from"),
        ("Jo Bloggs since: 01/04/1998", "jo bloggs since:"),
        ("visit on 02/12/2026 05/11/1961 Jo Bloggs", "visit on jo bloggs 05/11/1961"),
        ("02/12/2026, 05/11/1961, Jo Bloggs", "jo bloggs 05/11/1961"),
        ("Flat 10, 12-26 High Street, WX1 4AB", "Flat 10 12-26 High Street WX1 4AB"),
        ("Jo Bloggs, March 4, 1970", "Jo Bloggs March 4 1970"),
        ("Jo 05/11/1961 next due 1/2/2015", "jo next due 05/11/1961"),
        ("Jo Bloggs born on 05/11/1961", "Jo Bloggs born on 05/11/1961"),
        ("Jo Bloggs 5.11.61", "Jo Bloggs 5.11.61"),
        ("Jo Mission 05/11/1961", "Jo Mission 05/11/1961"),
        ("Jo Bloggs 31 13 1984", "Jo Bloggs 31 13 1984"),
    ],
)
def test_date_that_is_no_date_of_birth_is_left_out(typed: str, read: str) -> None:
    assert re.sub(r"[\s,;]+", " ", loose(typed)) == read


@pytest.mark.parametrize(
    ("list_", "read", "left"),
    [
        ("Name,Notes\nJo,New boiler", {"name": "Jo"}, ["Notes"]),
        ("Postcode,Details\nWX1 4AB,Boiler", {"postcode": "WX1 4AB"}, ["Details"]),
        ("Tenant,Contact\nJo,Sam Reeves", {"name": "Jo"}, ["Contact"]),
        ("Contact,Address\nJo,3 Elm", {"name": "Jo", "address": "3 Elm"}, []),
        ("Name,Notes\n,Jo Bloggs", {"anything": "Jo Bloggs"}, []),
        ("Phone,Notes\n0113 4960001,Jo", {"phone": "0113 4960001", "anything": "Jo"}, []),
        ("Name,Subject\nJo,Gas safety", {"name": "Jo"}, ["Subject"]),
        ("Subject,Location\nGas - Jo,3 Elm", {"anything": "Gas - Jo", "address": "3 Elm"}, []),
    ],
)
def test_free_text_does_not_hide_whom_the_other_columns_find(
    list_: str, read: dict[str, str], left: list[str]
) -> None:
    lines = lines_of_text(list_, today=TODAY)

    assert [each.boxes for each in lines.visits] == [read]
    assert lines.left_out == left


def test_line_of_headings_says_what_each_column_is() -> None:
    text = (
        "Time;First name;Surname;DOB;Address 1;Address 2;Post code\n"
        "09:30;Basil;Underhay;5.11.1961;Flat 2;3 Tansy Row;WX4 4ZZ\n"
        ";Jo;;;;;\n"
    )

    lines = lines_of_text(text, today=TODAY)

    assert [each.boxes for each in lines.visits] == [
        {
            "name": "Basil Underhay",
            "born_on": "5.11.1961",
            "address": "Flat 2, 3 Tansy Row",
            "postcode": "WX4 4ZZ",
        },
        {"name": "Jo"},
    ]
    assert lines.unread == ["Time"]


@pytest.mark.parametrize(
    "first",
    [
        "Flat 2, 14 Mill Lane, WX1 4AB",
        "Flat 2, Kelly Marsh, Contact",
        "Visit, Kelly Marsh, 9 Elm Road",
        "Visit, Kelly Marsh",
        "Street, Karen",
        "Street",
        "Darren Thornley, DOB 04/03/1970, Address 14 Mill Lane",
        "Name: Darren Thornley, Phone: unknown",
        "Phone 07700 900123, Name",
    ],
)
def test_first_visit_is_not_taken_for_headings(first: str) -> None:
    lines = lines_of_text(f"{first}\nJo Bloggs\n", today=TODAY)

    assert [each.typed for each in lines.visits] == [first, "Jo Bloggs"]
    assert lines.headings == []


@pytest.mark.parametrize(
    "first", ["Name", "Address", "Name, Phone 2", "Time, Tenant, Address line 1", "Name:, Flat:"]
)
def test_headings_are_named_and_are_no_visit(first: str) -> None:
    lines = lines_of_text(f"{first}\nJo Bloggs\n", today=TODAY)

    assert [each.typed for each in lines.visits] == ["Jo Bloggs"]
    assert ", ".join(lines.headings) == first


def test_heading_with_nothing_after_it_is_a_visit() -> None:
    assert lines_of_text("Tenant", today=TODAY).count == 1


def test_cell_without_a_heading_is_not_passed_over() -> None:
    lines = lines_of_text("Name,Postcode\nUnderhay, Basil, WX4 4ZZ\n", today=TODAY)

    [visit] = lines.visits
    assert "more columns than there are headings" in visit.fault


def test_all_phones_of_a_visit_are_asked() -> None:
    text = "Name,Phone,Mobile,Telephone 2\nJo Bloggs,0113 4960001,07700 900123,07700 900124\n"

    assert asked(text)[0]["phone"] == "0113 4960001, 07700 900123, 07700 900124"


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_lines_end_as_phones_and_word_processors_end_them(end: str) -> None:
    text = f"Jo Bloggs{end}Basil Underhay"

    assert [each["anything"] for each in asked(text)] == ["Jo Bloggs", "Basil Underhay"]
    assert of_file(text.encode()).count == 2


def test_quoted_cells_hold_separators_and_line_ends() -> None:
    text = 'Name,Address\n"Underhay, Basil","3 Tansy Row\nWeldham"\n'

    assert asked(text) == [{"name": "Underhay, Basil", "address": "3 Tansy Row Weldham"}]


@pytest.mark.parametrize(
    "text", ['"Basil Underhay\nJo Bloggs', '"Tom, 3 Elm\nx, "Jerry', 'A "B" C\n"x" y']
)
def test_quotation_mark_without_its_pair_swallows_no_visit(text: str) -> None:
    assert len(asked(text)) == 2


def test_workbook_gives_days_numbers_and_texts() -> None:
    content = book(
        ["Date of birth", "Name", "UPRN"],
        [datetime(1961, 11, 5), "Basil Underhay", 100023336956.0],
        [None, None, None],
        [None, "Jo Bloggs", None],
    )

    assert [each.boxes for each in of_file(content).visits] == [
        {"born_on": "1961-11-05", "name": "Basil Underhay", "uprn": "100023336956"},
        {"name": "Jo Bloggs"},
    ]


def test_time_of_a_workbook_is_no_house_number() -> None:
    [visit] = of_file(book([time(9, 30), "Basil Underhay"])).visits

    assert visit.boxes["anything"].strip(" ,") == "Basil Underhay"


def test_formula_is_not_read_and_not_run() -> None:
    [sheet] = of_file(book(["=HYPERLINK(A2)", "Basil Underhay"])).visits
    [pasted] = lines_of_text(ODD["formula"], today=TODAY).visits

    assert "formula" in sheet.fault
    assert "formula" in pasted.fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_file_is_read_in_the_usual_encodings(encoding: str) -> None:
    [visit] = of_file("Siobhán Lefèvre;3 Tansy Row".encode(encoding)).visits

    assert visit.typed == "Siobhán Lefèvre, 3 Tansy Row"


def _bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * (LARGEST_UNPACKED + 1))
    return kept.getvalue()


def _entities() -> bytes:
    """A workbook whose sheet would unfold within the parser."""
    ten = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    laughs = '<!ENTITY a0 "ha">' + "".join(ten)
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [{laughs}]><worksheet><x>&a11;</x></worksheet>'
    whole, spoilt = zipfile.ZipFile(io.BytesIO(book(["Basil"]))), io.BytesIO()
    with zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in whole.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            parts.writestr(name, sheet if is_sheet else whole.read(name))
    return spoilt.getvalue()


def _far_away() -> bytes:
    """A sheet of one cell, in the last row and column that there can be."""
    kept = io.BytesIO()
    workbook = Workbook()
    workbook.active.cell(row=1_048_576, column=16_384, value="Basil Underhay")
    workbook.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_bomb(), "unpacks to more than 4 MB"),
        (_entities(), "broken"),
        (_far_away(), f"more than {MOST_LINES:,} lines"),
        (b"PK\x03\x04" + b"\x80" * 5000, "broken"),
        (b"a\0b", "NUL"),
        (b"Jo \x81\x8d", "not UTF-8 or Windows-1252"),
        (b"\xff\xfe\x00\xd8\x00", "not UTF-16"),
        (b"\n \n", "empty"),
    ],
)
def test_hostile_file_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        of_file(content)

    [sentence] = refused.value.problems["file"]
    assert said in sentence


@pytest.mark.parametrize("typed", [LONG, LONG.replace(" ", ","), '"' + LONG, *ODD.values()])
def test_odd_line_leaves_the_others_readable(typed: str) -> None:
    visits = lines_of_text(f"Jo Bloggs\n{typed}\nBasil Underhay", today=TODAY).visits

    assert visits[0].boxes == {"anything": "Jo Bloggs"}
    assert visits[-1].boxes == {"anything": "Basil Underhay"}
    assert all(len(each.typed) <= 121 for each in visits)


@pytest.mark.parametrize("content", [b",,\n,,\n", b"Name;Postcode\n", book([None, None])])
def test_list_without_a_visit_has_none(content: bytes) -> None:
    assert of_file(content).count == 0


def test_line_without_end_is_not_read_at_all() -> None:
    [visit] = lines_of_text("02/12/2026 " * 90_000, today=TODAY).visits

    assert "longer than 500 characters" in visit.fault
    assert not visit.boxes


def test_visits_beyond_all_measure_are_not_read() -> None:
    lines = lines_of_text("Name\n" + "Basil Underhay 02/12/2026\n" * 30_000, today=TODAY)

    assert MOST_VISITS < lines.count < MOST_VISITS + 3
    assert lines.visits == []


@given(st.text())
def test_no_text_raises_and_no_line_is_lost(text: str) -> None:
    lines = lines_of_text(text, today=TODAY)

    assert len(lines.visits) == lines.count or lines.count > MOST_VISITS
    assert all(each.fault or each.boxes or lines.headings for each in lines.visits)


@given(st.binary())
def test_no_file_raises_anything_but_a_sentence(content: bytes) -> None:
    with contextlib.suppress(BadInput):
        of_file(content)


@given(st.lists(st.text("abc \"',;\t", min_size=1).filter(lambda each: each.strip()), max_size=30))
def test_every_line_that_says_something_is_a_visit(cells: list[str]) -> None:
    plain = [cell.replace('"', "") for cell in cells if cell.replace('"', "").strip(" ,;\t")]

    assert lines_of_text("\n".join(plain), today=TODAY).count == len(plain)
