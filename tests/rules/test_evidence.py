"""Names of files made harmless, and room for one more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.evidence import (
    KINDS,
    LONGEST_NAME,
    check_room,
    handed_out_as,
    harmless_name,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("IMG_2041.jpg", "IMG_2041.jpg"),
        ("C:\\Users\\me\\Desktop\\door.png", "door.png"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("zero\u200bwidth\u2066.pdf", "zerowidth.pdf"),
        ("line\r\nContent-Type: text/html", "html"),
        ("two  spaces\tand tab.txt", "two spaces and tab.txt"),
        ("nul\0byte", "nulbyte"),
        ("...", "file"),
        ("", "file"),
        ("\u202e/", "file"),
    ],
)
def test_name_is_made_harmless(typed: str, kept: str) -> None:
    assert harmless_name(typed) == kept


@given(st.text())
def test_name_is_never_long_empty_or_a_path(typed: str) -> None:
    kept = harmless_name(typed)

    assert 0 < len(kept) <= LONGEST_NAME
    assert not set("/\\\r\n\0\u202e") & set(kept)
    assert harmless_name(kept) == kept


def test_download_is_named_by_the_reference() -> None:
    assert handed_out_as("INC-2026-0001", 2, "image/jpeg") == "INC-2026-0001-2.jpg"
    assert handed_out_as("INC-2026-0001", 2, "text/html") == "INC-2026-0001-2.bin"


def test_nothing_that_a_browser_runs_is_taken() -> None:
    assert not {kind for kind in KINDS if "html" in kind or "svg" in kind or "script" in kind}


@pytest.mark.parametrize(
    ("size", "there", "sentence"),
    [
        (0, 0, "The file is empty."),
        (25_000_001, 0, "The file is larger than 25 MB."),
        (1, 20, "There are 20 files already, and that is the most. Remove one first."),
    ],
)
def test_no_room(size: int, there: int, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        check_room(size=size, largest=25_000_000, there=there, most=20)

    assert refusal.value.problems == {"file": [sentence]}


def test_room_up_to_the_limits() -> None:
    check_room(size=25_000_000, largest=25_000_000, there=19, most=20)
