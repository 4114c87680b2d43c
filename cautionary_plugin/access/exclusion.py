"""Who is shut out of a case before the panel (B9–B11).

From the instant of a declaration until somebody decides that they may take part: that reaches
papers, evidence, votes, mail, lists and counts, whatever was read or cast before.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from cautionary_plugin.models import ConflictDeclaration, PanelCase
from cautionary_plugin.rules.errors import Excluded


def shut_out(case: PanelCase) -> frozenset[Any]:
    """Keys of the accounts that are shut out of a case now."""
    return frozenset(_in_force().filter(case=case).values_list("user", flat=True)) - {None}


def check_not_shut_out(case: PanelCase, person: Any) -> None:
    """The person has no conflict in this case, or it was decided that they may take part.

    :raises Excluded: they are shut out.
    """
    if person.pk in shut_out(case):
        raise Excluded("You are excluded from this case, or your declaration is being decided.")


def not_shut_out(person: Any, *, case: str = "pk") -> Q:
    """The filter that leaves out the cases that somebody is shut out of.

    :param case: how the rows that are filtered reach their case; its key, for cases themselves.
    """
    theirs = _in_force().filter(user=person, case=OuterRef(case))
    return ~Q(Exists(theirs))


def _in_force() -> Any:
    return ConflictDeclaration.objects.exclude(excluded=False)
