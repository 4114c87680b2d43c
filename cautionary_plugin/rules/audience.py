"""Which facts of an entry a reader gets to see (L1; *Clift v Slough BC* [2010] EWCA Civ 1484).

Indiscriminate disclosure is disproportionate, and a silent miss is dangerous. So everybody
with a live grant sees what keeps them safe; the services that need more see more; the
account of what happened is for those who decide and review.
"""

from enum import IntEnum


class View(IntEnum):
    """How much of an entry is shown; each level includes the ones before it."""

    SAFETY = 1
    SERVICE = 2
    BASIS = 3


SHOWN_FROM: dict[str, View] = {
    "provisional": View.SAFETY,
    "subject": View.SAFETY,
    "risk": View.SAFETY,
    "handling": View.SAFETY,
    "control_measures": View.SAFETY,
    "spoc": View.SAFETY,
    "expires_on": View.SAFETY,
    "markers": View.SERVICE,
    "restrictions": View.SERVICE,
    "permitted_contact": View.SERVICE,
    "legal_condition": View.BASIS,
    "fact_on": View.BASIS,
    "basis": View.BASIS,
    "audience": View.BASIS,
}


def view_for(*, services: set[str], audience: set[str], reads_basis: bool) -> View:
    """How much of an entry somebody sees.

    :param services: slugs of the services that the reader's grants are for.
    :param audience: slugs of the services that the entry is for.
    :param reads_basis: whether the reader's post decides or reviews.
    """
    if reads_basis:
        return View.BASIS
    return View.SERVICE if services & audience else View.SAFETY


def shown(view: View) -> frozenset[str]:
    """The names of the facts that are shown at this level."""
    return frozenset(name for name, level in SHOWN_FROM.items() if level <= view)
