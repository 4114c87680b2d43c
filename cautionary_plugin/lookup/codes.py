"""What tells an entry by itself: phone, e-mail, UPRN, identifiers, each under its letter."""

from __future__ import annotations

import re
from typing import NamedTuple

from cautionary_plugin.lookup import normalise
from cautionary_plugin.lookup.facts import Facts

_BETWEEN_PHONES = re.compile(r"[,;/&\n]|\bor\b|\band\b", re.IGNORECASE)
LETTERS = {"phone": "P", "uprn": "U", "email": "E", "identifier": "I"}


class Code(NamedTuple):
    """One thing that the entry may have, and what it means if it has."""

    text: str
    kind: str
    level: str = "exact"


Group = tuple[Code, ...]
"""What one typed fact may be: the whole phone number or half of it, or a UPRN."""


def of(facts: Facts) -> frozenset[str]:
    """Give every code of an entry."""
    groups = [
        *(phone(number) for number in facts.phones),
        *(uprn(address.uprn) for address in facts.addresses),
        *(email(address) for address in facts.emails),
        *(identifier(reference) for reference in facts.identifiers),
    ]
    return frozenset(code.text for group in groups for code in group)


def phones(typed: str) -> Group:
    """Give the codes of several phone numbers in one box: any of them tells."""
    several = _BETWEEN_PHONES.split(typed[: normalise.LONGEST_TEXT])
    return tuple(code for one in several for code in phone(one))


def phone(typed: str) -> Group:
    """Give the codes of a phone number; of its halves one survives a wrong figure."""
    number = normalise.phone(typed)
    if not number:
        return ()
    return (
        Code(f"P{number}", "phone"),
        Code(f"<{number[:-5]}", "phone", "near"),
        Code(f">{number[-5:]}", "phone", "near"),
    )


def uprn(typed: str) -> Group:
    """Give the code of a Unique Property Reference Number."""
    number = normalise.uprn(typed)
    return (Code(f"U{number}", "uprn"),) if number else ()


def email(typed: str) -> Group:
    """Give the code of an e-mail address."""
    address = normalise.email(typed)
    return (Code(f"E{address}", "email"),) if address else ()


def identifier(typed: str) -> Group:
    """Give the code of a reference from another system."""
    reference = normalise.code(typed)
    return (Code(f"I{reference}", "identifier"),) if reference else ()


def figures(typed: str) -> Group:
    """Give what a long figure in the one box may be: a phone number, a UPRN, an identifier."""
    return (*phone(typed), *uprn(typed), *identifier(typed))
