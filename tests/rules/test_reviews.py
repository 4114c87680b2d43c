"""Quarters, fresh answers, newer evidence, a new end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.factors import factors_for
from cautionary_plugin.rules.reviews import (
    Quarter,
    check_evidence_in_words,
    check_fresh,
    check_new_end,
    check_report_is_new,
    missed,
    quarter_of,
    window,
)
from cautionary_plugin.rules.vocabulary import SubjectKind

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PERSON = SubjectKind.PERSON
BEFORE = {factor.value: f"Said before of {factor.value}." for factor in factors_for(PERSON)}
TODAY = {factor.value: f"Found today of {factor.value}." for factor in factors_for(PERSON)}


@pytest.mark.clause("A31")
@pytest.mark.parametrize(
    ("signed_on", "first", "last"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 1, 1), date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 5, 15), date(2027, 7, 1), date(2027, 9, 30)),
        (date(2027, 9, 30), date(2027, 10, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), date(2028, 4, 1), date(2028, 6, 30)),
    ],
)
def test_window_is_the_next_quarter_of_the_calendar(
    signed_on: date, first: date, last: date
) -> None:
    quarter = window(signed_on)

    assert first in quarter
    assert last in quarter
    assert first - timedelta(days=1) not in quarter
    assert last + timedelta(days=1) not in quarter


@given(day=DAYS)
def test_each_day_lies_in_one_quarter(day: date) -> None:
    quarter = quarter_of(day)

    assert day in quarter
    assert day not in quarter.next
    assert quarter.starts_on.month in (1, 4, 7, 10)
    assert quarter.next == quarter_of(quarter.next.starts_on)


@pytest.mark.clause("A31")
@given(day=DAYS)
def test_quarterly_checks_see_each_lapse_before_it_comes(day: date) -> None:
    quarter_before = quarter_of(quarter_of(day).starts_on - timedelta(days=1))

    assert day in window(quarter_before.starts_on)
    assert day in window(quarter_before.next.starts_on - timedelta(days=1))


def test_quarter_in_words() -> None:
    assert quarter_of(date(2026, 12, 2)).in_words == "October to December 2026"


@pytest.mark.clause("A30")
def test_missed_quarters_are_those_that_went_by_unsigned() -> None:
    first, second, third, fourth = (Quarter(date(2026, month, 1)) for month in (1, 4, 7, 10))

    found = missed(first=first, signed={second}, today=date(2026, 12, 2))

    assert found == [first, third]
    assert fourth not in found  # owed until its last day, and not missed yet


@pytest.mark.clause("A30")
@given(first=DAYS, later=st.integers(0, 3000))
def test_signing_every_quarter_misses_none(first: date, later: int) -> None:
    today = first + timedelta(days=later)
    signed, quarter = set(), quarter_of(first)
    while quarter <= quarter_of(today):
        signed.add(quarter)
        quarter = quarter.next

    assert missed(first=quarter_of(first), signed=signed, today=today) == []
    assert len(missed(first=quarter_of(first), signed=set(), today=today)) == len(signed) - 1


@pytest.mark.clause("A35")
def test_answers_of_today_are_kept_and_nothing_else() -> None:
    assert check_fresh(TODAY | {"state": "closed"}, kind=PERSON, before=BEFORE) == TODAY


@pytest.mark.clause("A35")
@pytest.mark.parametrize("factor", factors_for(PERSON))
@pytest.mark.parametrize(
    "copied", [str, str.upper, lambda words: f"  {words} !"], ids=["same", "louder", "spaced"]
)
def test_answer_of_the_last_decision_does_not_count(factor: str, copied) -> None:
    with pytest.raises(BadInput) as refused:
        check_fresh(TODAY | {factor: copied(BEFORE[factor])}, kind=PERSON, before=BEFORE)

    assert set(refused.value.problems) == {factor}


@pytest.mark.clause("A35")
@pytest.mark.parametrize("kind", list(SubjectKind))
def test_each_blank_factor_blocks(kind: SubjectKind) -> None:
    with pytest.raises(BadInput) as refused:
        check_fresh({}, kind=kind, before={})

    assert set(refused.value.problems) == {factor.value for factor in factors_for(kind)}


@pytest.mark.clause("A36")
@pytest.mark.parametrize("new_end", [None, date(2027, 1, 1), date(2027, 3, 31)])
def test_new_end_is_compulsory_and_later(new_end: date | None) -> None:
    with pytest.raises(BadInput) as refused:
        check_new_end(new_end, last_day=date(2027, 3, 31))

    assert set(refused.value.problems) == {"new_end_on"}
    assert check_new_end(date(2027, 4, 1), last_day=date(2027, 3, 31)) == date(2027, 4, 1)


@pytest.mark.clause("A33")
@pytest.mark.parametrize(
    ("words", "dated", "field"),
    [
        ("", date(2026, 11, 1), "new_evidence"),
        ("Seen.", date(2026, 11, 1), "new_evidence"),
        ("The Police called again.", None, "new_evidence_on"),
        ("The Police called again.", date(2026, 3, 1), "new_evidence_on"),  # the day itself
        ("The Police called again.", date(2026, 2, 1), "new_evidence_on"),
        ("The Police called again.", date(2026, 12, 3), "new_evidence_on"),
    ],
)
def test_evidence_says_what_it_is_and_is_newer_than_the_last_decision(
    words: str, dated: date | None, field: str
) -> None:
    facts = {"decided_on": date(2026, 3, 1), "today": date(2026, 12, 2)}
    with pytest.raises(BadInput) as refused:
        check_evidence_in_words(words, dated=dated, **facts)

    assert set(refused.value.problems) == {field}
    check_evidence_in_words("The Police called again.", dated=date(2026, 3, 2), **facts)


@pytest.mark.clause("A33")
@pytest.mark.parametrize("occurred_on", [None, date(2026, 3, 1), date(2020, 1, 1)])
def test_report_of_what_was_weighed_before_is_no_new_evidence(occurred_on: date | None) -> None:
    with pytest.raises(BadInput) as refused:
        check_report_is_new(occurred_on, decided_on=date(2026, 3, 1))

    assert set(refused.value.problems) == {"evidence"}
    check_report_is_new(date(2026, 3, 2), decided_on=date(2026, 3, 1))
