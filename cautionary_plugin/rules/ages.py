"""Whom age keeps off the register, or holds for a senior decision (L2).

Three-year-olds have been listed for their household's conduct, and a man of 106 for ten years.
"""

from datetime import date

from .errors import BadInput

YOUNGEST = 10
ADULT = 18
CREDIBLE = 110


def age_on(day: date, *, born_on: date) -> int:
    """Completed years of age on a day.

    Whoever was born on 29 February is a year older on 1 March: the doubt counts for the child.
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def check_birth_date(born_on: date, *, on: date) -> None:
    """A birth date that can be true, of somebody old enough to be listed at all.

    :raises BadInput: under the field ``born_on``.
    """
    if born_on > on:
        raise BadInput({"born_on": ["The date of birth is in the future."]})
    age = age_on(on, born_on=born_on)
    if age < YOUNGEST:
        raise BadInput({"born_on": [f"Nobody under {YOUNGEST} may be listed."]})
    if age > CREDIBLE:
        raise BadInput({"born_on": [f"The date of birth would make the person {age} years old."]})


def needs_senior_sign_off(born_on: date, *, on: date) -> bool:
    """Whether the person is a child, so that a senior post signs before the entry is live."""
    return age_on(on, born_on=born_on) < ADULT


def check_birth_year(year: int, *, on: date) -> None:
    """The same for an approximate year of birth; the doubt counts for the person.

    :raises BadInput: under the field ``approximate_birth_year``.
    """
    try:
        check_birth_date(date(year, 12, 31), on=on)
    except (BadInput, ValueError) as problem:
        raise BadInput(
            {"approximate_birth_year": ["The approximate age cannot be that of a listed person."]}
        ) from problem
