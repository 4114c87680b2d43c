"""Text fields take out what nobody sees, and refuse what no database takes."""

import pytest
from django.core.exceptions import ValidationError

from cautionary_plugin.forms.fields import LineField, ProseField, TypedDateField
from tests.hostile import LONG, NUL, ODD


def test_prose_keeps_its_lines_and_loses_what_turns_or_hides_the_text() -> None:
    assert ProseField().clean("one\r\ntwo\tthree") == "one\ntwo\tthree"
    assert ProseField().clean(ODD["right_to_left"]) == "safe  efas"
    assert ProseField().clean(ODD["zero_width"]) == "Quimberly"


def test_line_stays_one_line() -> None:
    assert LineField().clean(ODD["header"]) == "First Bcc: everybody@example.org"
    assert LineField().clean("a\u2028b\u2029c") == "a b c"


@pytest.mark.parametrize("field", [ProseField(), LineField()])
@pytest.mark.parametrize("typed", [LONG, NUL])
def test_what_is_too_long_or_holds_nul_is_refused_in_words(field: ProseField, typed: str) -> None:
    with pytest.raises(ValidationError):
        field.clean(typed)


@pytest.mark.parametrize("name", ["markup", "template", "formula"])
def test_markup_and_template_syntax_are_text_like_any_other(name: str) -> None:
    assert ProseField().clean(ODD[name]) == ODD[name]


@pytest.mark.parametrize("typed", ["31 12 9999", "1 1 3000", "31 12 1799", "1 1 0001"])
def test_slip_in_the_year_is_told_and_never_reckoned_with(typed: str) -> None:
    with pytest.raises(ValidationError, match="Check the year"):
        TypedDateField().clean(typed)
