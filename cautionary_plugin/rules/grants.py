"""Reading grants, appointments and emergency access: who may give what to whom (A5, A40)."""

from datetime import date
from typing import Any

from .errors import BadInput, SamePerson
from .terms import months_after


def check_second_person(*, first: Any, second: Any) -> None:
    """Granting takes two people.

    :raises SamePerson: they are one.
    """
    if first == second:
        raise SamePerson("This takes a second person.")


def check_grant_period(*, starts_on: date, ends_on: date, longest_months: int) -> None:
    """A grant ends, after it starts, within the council's longest term (A40).

    :raises BadInput: under the field ``ends_on``.
    """
    if ends_on <= starts_on:
        raise BadInput({"ends_on": ["The end date is not after the start date."]})
    if ends_on > months_after(starts_on, longest_months):
        raise BadInput({"ends_on": [f"A grant lasts {longest_months} months at most."]})


def check_appointment_period(*, starts_on: date, ends_on: date | None) -> None:
    """An appointment may be open-ended; one that ends, ends after it starts.

    :raises BadInput: under the field ``ends_on``.
    """
    if ends_on is not None and ends_on <= starts_on:
        raise BadInput({"ends_on": ["The end date is not after the start date."]})


def check_reason(text: str, *, field: str, told: str = "Say why, in a sentence.") -> None:
    """A reason that says something; or other words that do.

    :param told: what the box asks, where it does not ask why.
    :raises BadInput: under ``field``: fewer than ten letters and figures.
    """
    if sum(sign.isalnum() for sign in text) < 10:
        raise BadInput({field: [told]})
