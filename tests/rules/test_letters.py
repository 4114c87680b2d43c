"""What a letter must say, and the formatter that knows names and nothing else (A23, B31–B50)."""

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.letter_wording import DEFAULT_WORDING, HEADINGS
from cautionary_plugin.rules.letters import (
    ITEMS,
    PLACEHOLDERS,
    LetterBody,
    Section,
    check_wording,
    fill,
    missing_items,
    placeholders_in,
)
from cautionary_plugin.rules.vocabulary import LetterKind
from tests.hostile import ODD

WHOLE = dict.fromkeys(PLACEHOLDERS, "Something that says enough.")
REQUIRED = [(kind, item) for kind in LetterKind for item in ITEMS[kind] if item.required]
LIVE = [(kind, item, name) for kind, item in REQUIRED for name in item.live]
FIVE = ["why", "marker", "recipients", "until", "appeal"]


def label(value: object) -> str:
    return getattr(value, "code", None) or str(value)


@pytest.mark.parametrize("kind", LetterKind)
def test_default_wording_is_whole(kind: LetterKind) -> None:
    assert missing_items(kind, DEFAULT_WORDING[kind], WHOLE) == {}
    assert check_wording(kind, DEFAULT_WORDING[kind]) == DEFAULT_WORDING[kind]
    assert set(placeholders_in(HEADINGS[kind])) <= set(PLACEHOLDERS)


@pytest.mark.clause("A23")
@pytest.mark.parametrize("kind", [LetterKind.ADDITION, LetterKind.RETENTION])
def test_letter_that_tells_of_an_entry_has_the_five_items(kind: LetterKind) -> None:
    assert [item.code for item in ITEMS[kind] if item.required] == FIVE


SCHEDULE = {
    LetterKind.SCHEDULE: [
        "decided",
        "incident",
        "why",
        "contact",
        "services",
        "breach",
        "logged",
        "review",
        "questionnaire",
    ],
    LetterKind.SCHEDULE_HIGH: [
        "decided",
        "incident",
        "why",
        "cease",
        "contact",
        "services",
        "breach",
        "logged",
        "appeal",
    ],
}


@pytest.mark.clause("B31", "B38", "B43", "B45", "B50")
@pytest.mark.parametrize("kind", SCHEDULE)
def test_letter_about_the_schedule_has_the_items_of_its_level(kind: LetterKind) -> None:
    assert [item.code for item in ITEMS[kind] if item.required] == SCHEDULE[kind]


@pytest.mark.clause("B45")
def test_only_the_letter_at_high_risk_requires_to_cease_and_desist() -> None:
    words = DEFAULT_WORDING[LetterKind.SCHEDULE_HIGH]["cease"]

    assert "cease" in words
    assert "desist" in words
    for kind in set(LetterKind) - {LetterKind.SCHEDULE_HIGH}:
        assert "desist" not in " ".join(DEFAULT_WORDING[kind].values())


@pytest.mark.clause("A23", "B32", "B33", "B34", "B35", "B36", "B37")
@pytest.mark.clause("B44", "B46", "B47", "B48", "B49", "B50")
@pytest.mark.parametrize(("kind", "item"), REQUIRED, ids=label)
def test_each_item_without_words_is_missing(kind: LetterKind, item) -> None:
    words = DEFAULT_WORDING[kind] | {item.code: " \n"}

    assert list(missing_items(kind, words, WHOLE)) == [item.code]
    with pytest.raises(BadInput) as refusal:
        check_wording(kind, words)
    assert list(refusal.value.problems) == [item.code]


@pytest.mark.clause("A23")
@pytest.mark.parametrize(("kind", "item", "name"), LIVE, ids=label)
def test_each_item_without_its_live_placeholder_is_missing(kind, item, name) -> None:
    words = DEFAULT_WORDING[kind] | {item.code: "We will let you know some day."}

    assert list(missing_items(kind, words, WHOLE)) == [item.code]
    with pytest.raises(BadInput) as refusal:
        check_wording(kind, words)
    assert any(f"{{{name}}}" in told for told in refusal.value.problems[item.code])


@pytest.mark.clause("A23")
@pytest.mark.parametrize(("kind", "item", "name"), LIVE, ids=label)
@pytest.mark.parametrize("nothing", ["", " \n"])
def test_each_item_without_its_live_data_is_missing(kind, item, name, nothing: str) -> None:
    found = missing_items(kind, DEFAULT_WORDING[kind], WHOLE | {name: nothing})

    assert item.code in found


@pytest.mark.parametrize("why", ["", "Violence.", "–" * 40])
def test_own_words_that_say_too_little_are_missing(why: str) -> None:
    words = DEFAULT_WORDING[LetterKind.ADDITION]

    assert list(missing_items(LetterKind.ADDITION, words, WHOLE | {"why": why})) == ["why"]


def test_unknown_placeholder_is_told() -> None:
    words = DEFAULT_WORDING[LetterKind.ADDITION] | {"marker": "A marker for {nobody_knows}."}

    assert missing_items(LetterKind.ADDITION, words, WHOLE) == {
        "marker": ["There is no {nobody_knows}."]
    }


def test_optional_item_may_be_left_out() -> None:
    words = DEFAULT_WORDING[LetterKind.ADDITION] | {"rights": ""}

    assert missing_items(LetterKind.ADDITION, words, WHOLE) == {}
    assert check_wording(LetterKind.ADDITION, words)["rights"] == ""


def test_words_of_no_item_are_not_kept() -> None:
    words = DEFAULT_WORDING[LetterKind.WARNING] | {"status": "live"}

    assert "status" not in check_wording(LetterKind.WARNING, words)


@pytest.mark.parametrize("typed", [*ODD.values(), "{why}", "{recipients}{0}{!r}", "{a.b[0]}"])
def test_what_was_typed_comes_out_as_it_was_typed(typed: str) -> None:
    assert fill("Because: {why}", {"why": typed, "recipients": "everybody"}) == f"Because: {typed}"


@pytest.mark.parametrize(
    "words", ["{why.__class__}", "{0}", "{}", "{why!r}", "{{why}", "%(why)s", "{Why}", "{ why }"]
)
def test_only_plain_names_are_placeholders(words: str) -> None:
    assert fill(words, {"why": "x", "": "y", "0": "z"}) in (words, words.replace("{why}", "x"))


def test_body_survives_being_kept_as_json() -> None:
    body = LetterBody(
        council="C",
        council_address=("A", "B"),
        addressee=("T",),
        reference="CPR-2026-0001",
        dated="2 December 2026",
        salutation="Dear T",
        heading="H",
        sections=(Section("why", "Why", "Because."),),
        closing="Yours sincerely",
        signed_by="D",
        post="Director",
        version=3,
        data={"why": "Because."},
    )

    assert LetterBody.from_json(body.to_json()) == body
    assert "Because" not in repr(body)
