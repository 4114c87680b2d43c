"""Whether a single point of contact can be as it is proposed (B24–B26)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cautionary_plugin.access.people import active_people
from cautionary_plugin.models import PanelCase
from cautionary_plugin.rules.errors import BadInput, gather
from cautionary_plugin.rules.grants import check_reason
from cautionary_plugin.rules.panel_terms import SpocTerms
from cautionary_plugin.rules.spoc import check_allocation, check_contact

from .suggesting import suggested_for


def check_spoc_terms(*, case: PanelCase, terms: SpocTerms) -> Any:
    """The terms can be carried out: for a motion before it is put, and again when it is carried.

    :returns: the officer's account.
    :raises BadInput: with all that is missing or cannot be, under the names of the terms.
    """
    found: list[Any] = []
    gather(
        lambda: found.append(_officer(terms.officer)),
        partial(check_contact, terms.contact),
        partial(check_email, terms.email, field="email"),
        partial(check_reason, terms.reasons, field="reasons"),
        partial(
            check_allocation,
            terms.allocation,
            suggested=suggested_for(case),
            override=terms.override,
        ),
    )
    return found[0]


def check_email(address: str, *, field: str) -> str:
    """One e-mail address, and nothing that could become a second.

    :raises BadInput: under ``field``.
    """
    return each_email([address], field=field)[0]


def each_email(addresses: list[str], *, field: str) -> list[str]:
    """E-mail addresses, each checked.

    :raises BadInput: under ``field``; what was typed is not repeated in the message.
    """
    typed = [address.strip() for address in addresses]
    check: Callable[[str], None] = validate_email
    for address in typed:
        try:
            check(address)
        except ValidationError as problem:
            raise BadInput({field: list(problem.messages)}) from None
    return typed


def _officer(key: str) -> Any:
    found = active_people([key])
    if not found:
        raise BadInput({"officer": ["Name an officer who has an active account."]})
    return found[0]
