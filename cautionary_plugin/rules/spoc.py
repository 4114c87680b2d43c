"""Where a single point of contact is based, and what is told of one (B24–B27)."""

from .errors import BadInput
from .grants import check_reason
from .vocabulary import Allocation

LONGEST_CONTACT = 500  # characters: as much as an entry shows of it


def suggest(*, health_known: bool, services_concerned: int) -> Allocation:
    """Where the officer would be based, by what is known (B25).

    Health goes first: whoever knows the locality's support serves the customer better than
    whoever knows the services.

    :param services_concerned: how many services the customer's conduct bears upon.
    """
    if health_known:
        return Allocation.LOCALITY
    if services_concerned > 1:
        return Allocation.ASSURANCE
    return Allocation.SERVICE


def check_allocation(allocation: str, *, suggested: Allocation, override: str) -> None:
    """The officer is based where the rules suggest, or there are reasons why not (B25).

    :raises BadInput: under ``allocation`` or ``override``.
    """
    if allocation not in set(Allocation):
        raise BadInput({"allocation": ["Choose where the officer is based."]})
    if allocation == suggested:
        return
    try:
        check_reason(override, field="override")
    except BadInput:
        told = f"The procedure suggests “{suggested.label}”. Say why it is another here."
        raise BadInput({"override": [told]}) from None


def check_contact(contact: str) -> None:
    """The details say how to reach the officer, and fit where staff read them (B26).

    :raises BadInput: under ``contact``.
    """
    told = "Give the officer's name and post, and a telephone number, as the customer reads it."
    check_reason(contact, field="contact", told=told)
    if len(contact) > LONGEST_CONTACT:
        raise BadInput({"contact": [f"At most {LONGEST_CONTACT} characters."]})


def as_told(*, contact: str, email: str) -> str:
    """The single point of contact as staff and the individual are told: details, then e-mail."""
    return contact if email in contact else f"{contact}\n{email}"
