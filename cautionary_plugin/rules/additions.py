"""What must be found before somebody or a place is added to the register (part 3, L1, L3, L12)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .ages import check_birth_date, check_birth_year, needs_senior_sign_off
from .errors import BadInput
from .grants import check_reason
from .identity import PersonIdentity, PremisesIdentity


@dataclass(frozen=True, repr=False)
class Finding:
    """What each decision says, whichever way it goes.

    :ivar factors: code of each factor → the answer (A14–A19).
    :ivar second_identifier: how it was checked that this is the person (L3).
    :ivar another_person: why the entry that looks the same is about another (L3).
    """

    reasons: str
    factors: Mapping[str, str]
    second_identifier: str = ""
    another_person: str = ""


@dataclass(frozen=True, repr=False)
class Addition:
    """The entry that a decision to add makes.

    :ivar credible: whether there is a credible risk of violence or injury to staff (A13).
    :ivar expires_on: the first day on which the entry counts no more.
    :ivar basis: what happened, in the decider's own words; no colleague is named.
    :ivar audience: the services that the entry is for, at least one, and why (L1).
    """

    credible: bool
    credible_risk: str
    risk: str
    legal_condition: str
    expires_on: date
    handling: str
    basis: str
    audience: Collection[Any]
    audience_reasons: str
    markers: list[str]
    control_measures: list[str]
    term_reasons: str = ""
    restrictions: list[str] = field(default_factory=list)
    permitted_contact: str = ""
    spoc: str = ""


def check_credible(*, credible: bool, reasons: str) -> None:
    """There is an explicit, reasoned finding of a credible risk (A13).

    :raises BadInput: under ``credible`` or ``credible_risk``.
    """
    if not credible:
        sentence = "Without a credible risk of violence or injury nobody is added to the register."
        raise BadInput({"credible": [sentence]})
    check_reason(reasons, field="credible_risk")


def check_complete(addition: Addition) -> None:
    """The entry says what it is about, how to stay safe, whom it is for, and why.

    :raises BadInput: under the name of each part that is missing.
    """
    parts: dict[str, tuple[Any, str]] = {
        "markers": (addition.markers, "Say what the entry is about."),
        "control_measures": (addition.control_measures, "Choose at least one control measure."),
        "handling": (addition.handling.strip(), "Say how staff stay safe."),
        "basis": (addition.basis.strip(), "Say what happened, in your own words."),
        "audience": (addition.audience, "Choose at least one service that the entry is for."),
        "legal_condition": (addition.legal_condition, "Choose the legal condition."),
    }
    if problems := {name: [sentence] for name, (part, sentence) in parts.items() if not part}:
        raise BadInput(problems)
    check_reason(addition.audience_reasons, field="audience_reasons")


def check_names_no_colleague(basis: str, *, names: Collection[str]) -> None:
    """The basis names none of the colleagues concerned: it is read by those who review.

    :param names: full names; what is a single word is not looked for.
    :raises BadInput: under ``basis``.
    """
    told = " ".join(basis.casefold().split())
    if any(len(name.split()) > 1 and " ".join(name.casefold().split()) in told for name in names):
        raise BadInput({"basis": ["A colleague is named here. Say “an employee” instead."]})


def check_told_apart(*, looks_the_same: bool, why_another: str) -> None:
    """Where the register has an entry that looks the same, the decider says why it is another.

    :raises BadInput: under ``another_person``.
    """
    if not looks_the_same:
        return
    try:
        check_reason(why_another, field="another_person")
    except BadInput:
        sentence = (
            "There is an entry that looks the same. Add the report to its file instead, or say "
            "how you know that this is another person or place."
        )
        raise BadInput({"another_person": [sentence]}) from None


def needs_senior(
    identity: PersonIdentity | PremisesIdentity, *, born_on: date | None, on: date
) -> bool:
    """Whether a senior post must sign before the entry is live: the person is a child (L2).

    :raises BadInput: nobody of this age may be listed.
    """
    if isinstance(identity, PremisesIdentity):
        return False
    year = identity.approximate_birth_year
    if born_on:
        check_birth_date(born_on, on=on)
    elif year:
        check_birth_year(year, on=on)
        born_on = date(year, 12, 31)
    return born_on is not None and needs_senior_sign_off(born_on, on=on)
