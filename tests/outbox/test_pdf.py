"""The letter as a PDF: tagged, neutral outside, nothing fetched, typed words as text."""

import builtins
import logging
import socket
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from cautionary_plugin.access.rendering import text_of
from cautionary_plugin.outbox import pdf
from cautionary_plugin.outbox.pdf import letter_pdf
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.letters import LetterBody, Section
from tests.hostile import ODD

MM = 72 / 25.4
BODY = LetterBody(
    council="Weldham Borough Council",
    council_address=("Civic Centre", "Weldham"),
    addressee=("Thaddeus Quimberly", "7 Gantry Mews", "Weldham", "WX1 9ZZ"),
    reference="CPR-2026-0001",
    dated="2 December 2026",
    salutation="Dear Thaddeus Quimberly",
    heading="Cautionary Persons Register: our decision",
    sections=(
        Section("opening", "", "We write to you.\n\nSecond paragraph."),
        Section("why", "Why we have done this", "Because of the spade."),
    ),
    closing="Yours sincerely",
    signed_by="Ruth Ashdown",
    post="Director of Neighbourhood Services",
    version=0,
)


def read(body: LetterBody) -> PdfReader:
    return PdfReader(BytesIO(letter_pdf(body)))


def text(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def tags(node: Any) -> list[str]:
    """The kinds of the structure elements, in reading order."""
    node = node.get_object()
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    own = [str(node["/S"])] if "/S" in node else []
    below = [tags(kid) for kid in kids if not isinstance(kid, int) and hasattr(kid, "get_object")]
    return [*own, *(tag for found in below for tag in found)]


def saying(words: str) -> LetterBody:
    return replace(BODY, sections=(Section("why", "Why", words),))


@pytest.mark.clause("A22")
def test_pdf_says_the_whole_letter_in_order() -> None:
    said = text(read(BODY))

    places = [
        said.index(words)
        for words in (
            "Weldham Borough Council",
            "7 Gantry Mews",
            "2 December 2026",
            "Dear Thaddeus",
            "our decision",
            "We write to you",
            "Why we have done this",
            "Because of the spade",
            "Yours sincerely",
            "Ruth Ashdown",
            "Director of Neighbourhood Services",
        )
    ]
    assert places == sorted(places)
    assert "Page 1 of 1" in said


def test_pdf_is_tagged_and_declares_itself_for_screen_readers() -> None:
    reader = read(BODY)
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    found = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P"} <= set(found)


def test_title_and_metadata_are_neutral() -> None:
    reader = read(BODY)

    assert reader.metadata is not None
    assert reader.metadata.title == "Letter from Weldham Borough Council"
    told = f"{dict(reader.metadata)}{reader.trailer['/Root']['/Metadata'].get_data()!r}"
    assert "Quimberly" not in told
    assert "CPR-2026-0001" not in told


def test_address_stands_in_the_window_and_nothing_else_does() -> None:
    """DL and C5 windows show 20 to 100 mm from the left and 53 to 88 mm from the top, at most."""
    page = read(BODY).pages[0]
    height = float(page.mediabox.height)
    inside: list[str] = []

    def note(words: str, _cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        left, down = tm[4] / MM, (height - tm[5]) / MM
        if words.strip() and 10 <= left <= 110 and 46 <= down <= 92:
            inside.append(words.strip())
            assert 20 <= left <= 100, words
            assert 53 <= down <= 86, words

    page.extract_text(visitor_text=_in_points(note))

    assert " ".join(inside) == " ".join(BODY.addressee)


def _in_points(note: Any) -> Any:
    """A visitor that is told where on the sheet a text stands, all transformations applied."""
    from pypdf._text_extraction import mult

    def visit(words: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        note(words, cm, mult(tm, cm), font, size)

    return visit


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
def test_hostile_words_are_text_in_html_and_pdf(typed: str) -> None:
    page = text_of(pdf.TEMPLATE, {"letter": saying(typed)})
    said = " ".join(text(read(saying(typed))).split())

    assert "<script" not in page
    assert "<b>" not in page
    if typed.isascii():
        assert "".join(typed.split()) in said.replace(" ", "")


@pytest.mark.parametrize(
    "lure",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
    ],
)
def test_nothing_is_fetched(lure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", _never)
    real = builtins.open

    def watched(path: Any, *args: Any, **kwargs: Any) -> Any:
        assert "passwd" not in str(path)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", watched)

    assert lure.replace(" ", "") in text(read(saying(lure))).replace(" ", "").replace("\n", "")


def _never(*_given: Any, **_named: Any) -> None:
    raise AssertionError("a letter went to the network")


def test_even_markup_of_our_own_could_fetch_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pdf,
        "text_of",
        lambda *_given: '<html lang="en"><title>t</title><img alt="" src="file:///etc/passwd">ok',
    )

    assert "root:" not in text(read(BODY))


def test_no_file_of_the_letter_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    letter_pdf(BODY)

    assert list(tmp_path.rglob("*")) == []


def test_nothing_personal_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        letter_pdf(BODY)

    assert "Quimberly" not in caplog.text
    assert not [each for each in caplog.records if each.levelno >= logging.WARNING], caplog.text


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)

    with pytest.raises(NotReady) as refusal:
        letter_pdf(BODY)

    assert "cautionary-plugin[pdf]" in refusal.value.missing[0]
