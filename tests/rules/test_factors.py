"""Each factor of part 3 is answered on its own (A14–A19)."""

import pytest

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.factors import (
    OF_A_PERSON,
    OF_PREMISES,
    Factor,
    TimeSince,
    check_answered,
)
from cautionary_plugin.rules.vocabulary import SubjectKind

ANSWER = "He threw a chair at the counter."


@pytest.mark.clause("A14")
@pytest.mark.clause("A15")
@pytest.mark.clause("A16")
@pytest.mark.clause("A17")
@pytest.mark.clause("A18")
@pytest.mark.parametrize("left_out", OF_A_PERSON)
@pytest.mark.parametrize("blank", ["", "  \n ", "yes", "considered"[:9]])
def test_factor_about_a_person_that_says_nothing_blocks(left_out: Factor, blank: str) -> None:
    answers = {factor.value: ANSWER for factor in OF_A_PERSON} | {left_out.value: blank}

    with pytest.raises(BadInput) as refusal:
        check_answered(answers, kind=SubjectKind.PERSON)

    assert set(refusal.value.problems) == {left_out.value}


@pytest.mark.clause("A14")
@pytest.mark.clause("A19")
@pytest.mark.parametrize("left_out", OF_PREMISES)
def test_factor_about_an_animal_that_is_blank_blocks(left_out: Factor) -> None:
    answers = {factor.value: ANSWER for factor in OF_PREMISES if factor != left_out}

    with pytest.raises(BadInput) as refusal:
        check_answered(answers, kind=SubjectKind.PREMISES)

    assert set(refusal.value.problems) == {left_out.value}


def test_answers_to_what_was_not_asked_are_left_out() -> None:
    answers = {factor.value: f" {ANSWER} " for factor in Factor} | {"status": "live"}

    kept = check_answered(answers, kind=SubjectKind.PREMISES)

    assert kept == {factor.value: ANSWER for factor in OF_PREMISES}


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "1 day"), (43, "43 days")])
def test_time_since_is_told_in_days(days: int, words: str) -> None:
    assert TimeSince(days).in_words == words
