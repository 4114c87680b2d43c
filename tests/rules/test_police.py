"""If a crime has been committed, the Police must be informed (A12)."""

from datetime import date

import pytest

from cautionary_plugin.rules.errors import BadInput, NotReady
from cautionary_plugin.rules.police import (
    PoliceFacts,
    check_police_facts,
    check_police_settled,
    missing_of_police,
)

pytestmark = pytest.mark.clause("A12")

DAY = date(2026, 12, 2)
KNOWN = PoliceFacts("yes", DAY, "A team leader", "44/771")


def test_no_crime_and_a_crime_that_is_fully_told_are_settled() -> None:
    check_police_settled(PoliceFacts("no"))
    check_police_settled(KNOWN)


@pytest.mark.parametrize("crime", ["", "unknown"])
def test_what_nobody_has_said_blocks(crime: str) -> None:
    with pytest.raises(NotReady, match="whether a crime was committed"):
        check_police_settled(PoliceFacts(crime))


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (PoliceFacts("yes", None, "A team leader", "44/771"), "when"),
        (PoliceFacts("yes", DAY, " ", "44/771"), "who"),
        (PoliceFacts("yes", DAY, "A team leader", ""), "reference"),
    ],
)
def test_each_part_that_is_missing_blocks_and_is_named(facts: PoliceFacts, word: str) -> None:
    (sentence,) = missing_of_police(facts)

    assert word in sentence
    with pytest.raises(NotReady):
        check_police_settled(facts)


def test_facts_survive_the_sealed_row() -> None:
    assert PoliceFacts.from_json(KNOWN.to_json()) == KNOWN
    assert PoliceFacts.from_json({}) == PoliceFacts()


def test_without_a_crime_nothing_else_is_kept() -> None:
    facts = PoliceFacts("no", DAY, "A team leader", "44/771")

    assert check_police_facts(facts, on=DAY, occurred_on=DAY) == PoliceFacts("no")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PoliceFacts(""), "crime"),
        (PoliceFacts("perhaps"), "crime"),
        (PoliceFacts("yes", date(2026, 12, 3)), "informed_on"),
        (PoliceFacts("yes", date(2026, 11, 29)), "informed_on"),
    ],
)
def test_what_cannot_be_is_refused(facts: PoliceFacts, field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        check_police_facts(facts, on=DAY, occurred_on=date(2026, 11, 30))

    assert list(refusal.value.problems) == [field]
