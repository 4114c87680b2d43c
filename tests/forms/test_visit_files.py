"""Files that are no list: refused in words of an officer, and never read as visits."""

import pytest

from cautionary_plugin.actions.legacy.files import read_list
from cautionary_plugin.forms.visit_rows import lines_of_file, lines_of_text
from cautionary_plugin.rules.errors import BadInput
from tests.forms.test_visit_rows import TODAY, of_file

NEXT = "Save the list as an Excel workbook (.xlsx) or CSV."


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "This is a PDF."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture."),
        (b"\xff\xd8\xff\xe0..JFIF", "This is a picture."),
        (b"\0\0\0\x18ftypheic\0\0", "This is a picture."),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "This is a picture."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Excel or Word file, or one with a password."),
        (b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nVERSION:2.0", "This is a calendar file."),
        (b"\n <HTML><table><tr><td>Jo Bloggs", "This is a web page."),
    ],
)
def test_file_that_is_no_list_is_called_what_it_is(content: bytes, what: str) -> None:
    for read in (of_file, read_list):
        with pytest.raises(BadInput) as refused:
            read(content)
        assert refused.value.problems["file"] == [f"{what} {NEXT}"]


def test_calendar_that_is_pasted_is_no_list_either() -> None:
    with pytest.raises(BadInput) as refused:
        lines_of_text("BEGIN:VCALENDAR\nSUMMARY:Jo Bloggs\n", today=TODAY)

    assert refused.value.problems["file"] == [f"This is a calendar file. {NEXT}"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("visits.xlsx", b"Name,Postcode\nJo Bloggs,WX9 9ZZ"), ("Visits.XLS", b"Jo Bloggs")],
)
def test_file_that_is_called_a_workbook_and_is_none_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        lines_of_file(content, today=TODAY, name=name)

    assert refused.value.problems["file"] == [f"The file is called a workbook and is none. {NEXT}"]


def test_text_is_read_whatever_its_name() -> None:
    assert lines_of_file(b"Jo Bloggs", today=TODAY, name="visits.list").count == 1
