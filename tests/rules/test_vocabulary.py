"""Closed lists: codes for the database, words for people."""

import pytest

from cautionary_plugin.rules import posts, states, vocabulary
from cautionary_plugin.rules.vocabulary import Marker, Outcome, Restriction, Vocabulary

LISTS = [
    each
    for module in (vocabulary, posts, states)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Vocabulary) and each is not Vocabulary
]
PROTECTED = ("emergency", "safeguarding", "election", "vot", "complaint", "subject access")


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_every_code_has_a_label_of_its_own(words: type[Vocabulary]) -> None:
    labels = [label for _code, label in words.choices()]

    assert all(labels)
    assert len(set(labels)) == len(labels) == len(words)


@pytest.mark.parametrize(
    "typed",
    ["threats", "Threats of violence", "  THREATS  of   Violence ", "threats-of-violence"],
)
def test_member_is_found_by_its_code_or_its_label(typed: str) -> None:
    assert Marker.from_words(typed) is Marker.THREATS


@pytest.mark.parametrize("typed", ["", "threat", "of violence"])
def test_words_that_are_no_member_find_none(typed: str) -> None:
    assert Marker.from_words(typed) is None


@pytest.mark.clause("L4")
def test_check_has_three_outcomes() -> None:
    assert {each.value for each in Outcome} == {"found", "none", "failed"}


@pytest.mark.clause("L11")
def test_services_that_may_never_be_restricted_are_not_in_the_list() -> None:
    labels = " ".join(label.casefold() for _code, label in Restriction.choices())

    assert not [each for each in PROTECTED if each in labels]
