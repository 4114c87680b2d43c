"""Which facts of an entry can be put right, and how they read (L3).

The codes are names of attributes: of the identity, of the person's row, or of the entry. How
long an entry lasts and how high its risk is are decisions; a review or an appeal changes those.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from .additions import needs_senior
from .ages import ADULT
from .errors import BadInput
from .identity import PersonIdentity, PostalAddress, PremisesIdentity
from .second_identifier import on_file
from .vocabulary import (
    ControlMeasure,
    LegalCondition,
    Marker,
    Restriction,
    Route,
    SubjectKind,
    Vocabulary,
)

POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}", re.IGNORECASE)
UPRN = re.compile(r"uprn\s*(\d{1,12})", re.IGNORECASE)


class Correctable(Vocabulary):
    """A fact that can be put right."""

    NAMES = "names", "Names, the main one first"
    BORN_ON = "born_on", "Date of birth"
    BIRTH_YEAR = "approximate_birth_year", "Approximate year of birth"
    ADDRESSES = "addresses", "Addresses"
    PHONES = "phones", "Phone numbers"
    EMAILS = "emails", "E-mail addresses"
    IDENTIFIERS = "identifiers", "Other numbers that the council knows the person by"
    ADDRESS = "address", "Address of the premises"
    HAZARD = "hazard", "Animal or hazard"
    HANDLING = "handling", "Handling instructions"
    MARKERS = "markers", "What it is about"
    CONTROL_MEASURES = "control_measures", "Control measures"
    RESTRICTIONS = "restrictions", "Service restrictions"
    PERMITTED_CONTACT = "permitted_contact", "Permitted contact"
    SPOC = "spoc", "Single point of contact"
    BASIS = "basis", "Basis"
    FACT_ON = "fact_on", "Date of the incident or concern"
    LEGAL_CONDITION = "legal_condition", "Legal condition"


OF_A_PERSON = (
    Correctable.NAMES,
    Correctable.BORN_ON,
    Correctable.BIRTH_YEAR,
    Correctable.ADDRESSES,
    Correctable.PHONES,
    Correctable.EMAILS,
    Correctable.IDENTIFIERS,
)
OF_PREMISES = (Correctable.ADDRESS, Correctable.HAZARD)
OF_THE_ENTRY = tuple(fact for fact in Correctable if fact not in (*OF_A_PERSON, *OF_PREMISES))
COMPULSORY = {
    Correctable.NAMES,
    Correctable.ADDRESS,
    Correctable.HAZARD,
    Correctable.HANDLING,
    Correctable.MARKERS,
    Correctable.CONTROL_MEASURES,
    Correctable.BASIS,
    Correctable.FACT_ON,
    Correctable.LEGAL_CONDITION,
}
VOCABULARIES: dict[Correctable, type[Vocabulary]] = {
    Correctable.MARKERS: Marker,
    Correctable.CONTROL_MEASURES: ControlMeasure,
    Correctable.RESTRICTIONS: Restriction,
    Correctable.LEGAL_CONDITION: LegalCondition,
}


def correctable(kind: str, *, route: str = Route.DIRECTOR) -> tuple[Correctable, ...]:
    """The facts of an entry on a person, or on premises, that can be put right.

    :param route: who decides on the register: the terms of a panel's entry change through a
        decision of the panel alone (B3), so that only who it is and the date can be put right.
    """
    subject = OF_A_PERSON if kind == SubjectKind.PERSON else OF_PREMISES
    if route == Route.PANEL:
        return (*subject, Correctable.FACT_ON)
    return (*subject, *OF_THE_ENTRY)


def check_value(fact: Correctable, value: Any, *, before: Any, on: date) -> None:
    """The new value says something, and something else than stands there.

    :raises BadInput: under ``value``.
    """
    if value == before:
        raise BadInput({"value": ["This is what stands there already."]})
    empty = value == PostalAddress(()) or not value
    if empty and fact in COMPULSORY:
        raise BadInput({"value": ["This may not be empty."]})
    if fact is Correctable.FACT_ON and value > on:
        raise BadInput({"value": ["The date is in the future."]})


def check_identity(
    identity: PersonIdentity | PremisesIdentity, *, born_on: date | None, senior: bool, on: date
) -> None:
    """After the correction the person can still be told from another, and may be listed.

    :param senior: whether a senior post has signed the entry, or will.
    :raises BadInput: under ``value``.
    """
    if isinstance(identity, PremisesIdentity):
        return
    if not on_file(identity, born_on=born_on):
        raise BadInput({"value": ["Without it only a name would be left, which marks strangers."]})
    try:
        child = needs_senior(identity, born_on=born_on, on=on)
    except BadInput as problem:
        sentences = [each for found in problem.problems.values() for each in found]
        raise BadInput({"value": [*sentences, "Withdraw the entry."]}) from problem
    if child and not senior:
        sentence = (
            f"That makes the person under {ADULT}, and no senior post has signed for a child. "
            "Withdraw the entry; a new decision is needed."
        )
        raise BadInput({"value": [sentence]})


def in_words(fact: Correctable, value: Any) -> str:
    """A value as people read it, one line each."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, PostalAddress):
        return _address_in_words(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(in_words(fact, each) for each in value)
    if value and fact in VOCABULARIES:
        return VOCABULARIES[fact](value).label
    return "" if value is None else str(value)


def read_address(line: str) -> PostalAddress:
    """An address out of one line: parts between commas, of which one may be the postcode and one
    the UPRN ("UPRN 100012345678")."""
    lines, postcode, uprn = [], "", ""
    for part in filter(None, (each.strip() for each in line.split(","))):
        if POSTCODE.fullmatch(part):
            postcode = part
        elif number := UPRN.fullmatch(part):
            uprn = number[1]
        else:
            lines.append(part)
    return PostalAddress(tuple(lines), postcode, uprn)


def _address_in_words(address: PostalAddress) -> str:
    uprn = f"UPRN {address.uprn}" if address.uprn else ""
    return ", ".join(filter(None, [address.in_one_line, uprn]))
