"""What must be found before somebody is added (A11, A13, L1–L3, L12)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cautionary_plugin.rules.accounts import check_accounts_settled, missing_accounts
from cautionary_plugin.rules.additions import (
    Addition,
    check_complete,
    check_credible,
    check_names_no_colleague,
    check_told_apart,
    needs_senior,
)
from cautionary_plugin.rules.errors import BadInput, NotReady, SamePerson, gather
from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity
from cautionary_plugin.rules.not_concerned import check_not_concerned
from cautionary_plugin.rules.second_identifier import check_second_identifier

DAY = date(2026, 12, 2)
HOW = "The tenancy file has it too."
COMPLETE = Addition(
    credible=True,
    credible_risk="He has threatened before.",
    risk="high",
    legal_condition="legal_obligation",
    expires_on=date(2027, 12, 2),
    handling="Do not visit alone.",
    basis="Raised a spade.",
    audience=["housing"],
    audience_reasons="They visit the address.",
    markers=["threats"],
    control_measures=["phone_first"],
)


def problems(act: Any) -> dict[str, list[str]]:
    with pytest.raises(BadInput) as refusal:
        act()
    return refusal.value.problems


@pytest.mark.clause("A13")
def test_credible_risk_is_found_in_so_many_words() -> None:
    check_credible(credible=True, reasons="He has threatened before.")

    assert "credible" in problems(lambda: check_credible(credible=False, reasons="x" * 20))
    assert "credible_risk" in problems(lambda: check_credible(credible=True, reasons="Yes."))


@pytest.mark.clause("L1")
@pytest.mark.clause("L9")
@pytest.mark.clause("L12")
@pytest.mark.parametrize(
    "missing",
    ["markers", "control_measures", "handling", "basis", "audience", "legal_condition"],
)
def test_entry_lacks_no_part(missing: str) -> None:
    check_complete(COMPLETE)
    blank: Any = [] if missing in ("markers", "control_measures", "audience") else " " * 3
    blank = "" if missing == "legal_condition" else blank

    found = problems(lambda: check_complete(replace(COMPLETE, **{missing: blank})))

    assert list(found) == [missing]


def test_audience_takes_a_reason() -> None:
    lacking = replace(COMPLETE, audience_reasons="")

    assert list(problems(lambda: check_complete(lacking))) == ["audience_reasons"]


def test_basis_names_no_colleague() -> None:
    names = ["Odette Marlborough", "Cher", ""]
    check_names_no_colleague("Cher shouted at an employee.", names=names)

    found = problems(lambda: check_names_no_colleague("He hit odette\n marlborough.", names=names))

    assert list(found) == ["basis"]


@pytest.mark.clause("L3")
def test_entry_that_looks_the_same_takes_words() -> None:
    check_told_apart(looks_the_same=False, why_another="")
    check_told_apart(looks_the_same=True, why_another="His father, of the same name.")

    found = problems(lambda: check_told_apart(looks_the_same=True, why_another="No."))

    assert list(found) == ["another_person"]


@pytest.mark.clause("L3")
@pytest.mark.parametrize(
    ("facts", "born_on"),
    [
        ({}, date(1961, 11, 5)),
        ({"addresses": (PostalAddress(("1 Low Row",)),)}, None),
        ({"phones": ("01632 960001",)}, None),
        ({"emails": ("someone@example.org",)}, None),
        ({"identifiers": ("T-1",)}, None),
    ],
)
def test_one_fact_besides_the_name_is_enough(facts: dict, born_on: date | None) -> None:
    check_second_identifier(PersonIdentity(("Ada Fen",), **facts), born_on=born_on, checked=HOW)


@pytest.mark.clause("L3")
def test_name_alone_is_not_enough() -> None:
    alone = PersonIdentity(("Ada Fen",), approximate_birth_year=1961)

    with pytest.raises(NotReady, match="nothing on file but a name"):
        check_second_identifier(alone, born_on=None, checked=HOW)


@pytest.mark.clause("L3")
def test_how_it_was_checked_is_said_for_a_person_and_not_for_premises() -> None:
    known = PersonIdentity(("Ada Fen",), phones=("01632 960001",))

    check_second_identifier(PremisesIdentity(), born_on=None, checked="")
    found = problems(lambda: check_second_identifier(known, born_on=None, checked=""))

    assert list(found) == ["second_identifier"]


@pytest.mark.clause("L2")
@pytest.mark.parametrize(
    ("year", "born_on", "held"),
    [
        (None, None, False),
        (1961, None, False),
        (2008, None, True),  # the doubt counts for the child
        (None, date(2008, 12, 3), True),
        (None, date(2008, 12, 2), False),
        (1961, date(2010, 1, 1), True),  # the date goes before the guess
    ],
)
def test_child_is_held(year: int | None, born_on: date | None, held: bool) -> None:
    identity = PersonIdentity(("Ada Fen",), approximate_birth_year=year)

    assert needs_senior(identity, born_on=born_on, on=DAY) is held
    assert needs_senior(PremisesIdentity(), born_on=None, on=DAY) is False


@pytest.mark.clause("L2")
def test_nobody_under_ten_is_added() -> None:
    born_on = date(2016, 12, 3)
    identity = PersonIdentity(("Ada Fen",))

    assert problems(lambda: needs_senior(identity, born_on=born_on, on=DAY))


@pytest.mark.clause("A11")
def test_accounts_that_are_waited_for_are_counted_and_dated() -> None:
    check_accounts_settled([])

    assert missing_accounts([DAY]) == [
        "One employee's account is waited for, until Wednesday 2 December 2026."
    ]
    with pytest.raises(NotReady, match=r"accounts of 2 employees .* Thursday 3 December 2026"):
        check_accounts_settled([date(2026, 12, 3), DAY])


@pytest.mark.clause("A8")
def test_whoever_is_concerned_takes_no_step() -> None:
    check_not_concerned(1, concerned={2, 3})
    with pytest.raises(SamePerson):
        check_not_concerned(2, concerned={2, 3})


def test_all_that_is_wrong_is_said_at_once() -> None:
    def fault(field: str) -> None:
        raise BadInput({field: ["Wrong."]})

    found = problems(lambda: gather(lambda: fault("a"), lambda: None, lambda: fault("b")))

    assert found == {"a": ["Wrong."], "b": ["Wrong."]}
