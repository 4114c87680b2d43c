"""What comes before an e-mail divert is switched on: answers first, then the letter (B28–B30)."""

from collections.abc import Collection
from datetime import date

from .due import day_in_words
from .errors import BadInput, NotReady

MOST_ADDRESSES = 10


def what_is_missing(
    *, asked: int, answered: int, nobody_to_ask: bool, customer_told: bool
) -> list[str]:
    """What must come before the mail administrator is asked, as sentences for the screen.

    :param asked: how many ward councillors were asked (B29).
    :param nobody_to_ask: there are reasons why no ward councillor is concerned.
    :param customer_told: the letter about the divert was sent (B30).
    """
    missing = []
    if not asked and not nobody_to_ask:
        missing.append(
            "Record which ward councillors were asked, or why no councillor is concerned."
        )
    if waiting := asked - answered:
        who = "The answer of one councillor is" if waiting == 1 else f"{waiting} answers are"
        missing.append(f"{who} still to come.")
    if not customer_told:
        missing.append("The letter that tells the customer of the divert was not sent yet.")
    return missing


def check_ready(missing: list[str]) -> None:
    """Nothing is missing.

    :raises NotReady: with what is.
    """
    if missing:
        told = "The divert cannot be asked for yet. " + " ".join(missing)
        raise NotReady(told, missing=missing)


def check_addresses(addresses: Collection[str], *, target: str) -> None:
    """There is something to divert, and it does not go round in a circle.

    :param target: the address of the single point of contact.
    :raises BadInput: under ``addresses``.
    """
    if not addresses:
        raise BadInput({"addresses": ["Give at least one e-mail address of the customer."]})
    if len(addresses) > MOST_ADDRESSES:
        raise BadInput({"addresses": [f"At most {MOST_ADDRESSES} addresses."]})
    if target.casefold() in {address.casefold() for address in addresses}:
        told = "This is the address of the single point of contact: the mail would go in a circle."
        raise BadInput({"addresses": [told]})


def check_day(day: date, *, field: str, not_before: date | None, today: date) -> None:
    """What is recorded has happened, and in its order.

    :raises BadInput: under ``field``.
    """
    if day > today:
        raise BadInput({field: ["This day is still to come."]})
    if not_before is not None and day < not_before:
        raise BadInput({field: [f"This is before {day_in_words(not_before)}."]})
