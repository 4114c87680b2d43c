"""How what people write is brought into comparable form."""

import pytest

from cautionary_plugin.lookup import normalise


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Siân Łukasz", "sian lukasz"),
        ("Straße Ærø", "strasse aero"),
        ("Ｊｏｈｎ", "john"),
        ("Иванов", "ivanov"),
        ("Smіth", "smith"),  # a Ukrainian і among Latin letters
        ("Jo\u200bhn\u202e", "john"),
        ("Jo\0hn", "john"),
    ],
)
def test_fold_gives_plain_lower_case(written: str, folded: str) -> None:
    assert normalise.fold(written) == folded


def test_fold_of_a_very_long_text_is_cut() -> None:
    assert len(normalise.fold("é" * 50_000)) <= normalise.LONGEST_TEXT


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Mr. John SMITH", ["john", "smith"]),
        ("O'Brien", ["obrien"]),
        ("O Brien", ["obrien"]),
        ("D’Souza", ["dsouza"]),
        ("Mc Donald", ["mcdonald"]),
        ("Anne-Marie Fairley-Coldwell", ["anne", "marie", "fairley", "coldwell"]),
        ("Mr & Mrs J. Smith", ["j", "smith"]),
        ("Lord Peter Wimsey", ["peter", "wimsey"]),
        ("Jayne Lord", ["jayne", "lord"]),
        ("Robert Downey Jr", ["robert", "downey"]),
        ("Mrs", ["mrs"]),
    ],
)
def test_name_words_drop_what_is_no_name(written: str, words: list[str]) -> None:
    assert normalise.name_words(written) == words


@pytest.mark.parametrize(
    "written",
    ["01134 960001", "+44 1134 960 001", "0044 (0)1134-960001", "+44(0)1134960001"],
)
def test_phone_is_the_same_however_it_is_written(written: str) -> None:
    assert normalise.phone(written) == "1134960001"


@pytest.mark.parametrize("written", ["", "12345", "no phone", "٠١٢"])
def test_phone_too_short_to_tell_is_none(written: str) -> None:
    assert normalise.phone(written) == ""


def test_code_survives_letters_for_figures() -> None:
    assert normalise.code("HB-7OO2I") == normalise.code("hb 70021")


@pytest.mark.parametrize(
    ("written", "number"),
    [("000100012345678"[3:], "100012345678"), ("0012", "12"), ("1234567890123", ""), ("n/a", "")],
)
def test_uprn_has_at_most_twelve_figures(written: str, number: str) -> None:
    assert normalise.uprn(written) == number


@pytest.mark.parametrize(
    ("written", "address"),
    [(" A.B@Example.ORG ", "a.b@example.org"), ("a@b@c", ""), ("nobody", "")],
)
def test_email_is_lower_case_or_none(written: str, address: str) -> None:
    assert normalise.email(written) == address
