"""Codes that people copy."""

import pytest

from cautionary_plugin.rules.codes import ALPHABET, draw, grouped, six_digits, tidied


def test_draw_gives_groups_of_signs_that_cannot_be_confused() -> None:
    code = draw(16)

    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set("01IO") & set(ALPHABET)
    assert set(code) <= {*ALPHABET, "-"}


def test_draw_gives_another_code_each_time() -> None:
    assert len({draw(12) for _ in range(50)}) == 50


def test_grouped_keeps_a_short_last_group() -> None:
    assert grouped("ABCDEF") == "ABCD EF"


@pytest.mark.parametrize("typed", ["K7QW-2MXB", "k7qw2mxb", " k7qw 2mxb "])
def test_tidied_takes_a_code_however_it_is_spaced(typed: str) -> None:
    assert tidied(typed, 8) == "K7QW2MXB"


@pytest.mark.parametrize("typed", ["", "K7QW-2MX", "K7QW-2MXBB", "K7QW-2MX0", "Ｋ7QW-2MXB"])
def test_tidied_refuses_what_cannot_be_a_code(typed: str) -> None:
    assert tidied(typed, 8) is None


@pytest.mark.parametrize("typed", ["012345", "012 345", " 012345 "])
def test_six_digits_takes_spaces_only(typed: str) -> None:
    assert six_digits(typed) == "012345"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "0012345",
        "+12345",
        "-12345",
        "12_345",
        "1e5000",
        "01234\n5",
        "０１２３４５",
        "٠١٢٣٤٥",
    ],
)
def test_six_digits_refuses_anything_else(typed: str) -> None:
    assert six_digits(typed) is None
