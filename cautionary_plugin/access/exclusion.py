"""Who is shut out of a case before the panel (B9–B11).

From the instant of a declaration until somebody decides that they may take part: that reaches
papers, evidence, votes, mail, lists and counts, whatever was read or cast before.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cautionary_plugin.access.families import whole_family
from cautionary_plugin.models import CaseFile, ConflictDeclaration, Entry, PanelCase
from cautionary_plugin.rules.errors import Excluded
from cautionary_plugin.rules.vocabulary import Route


def shut_out(case: PanelCase) -> frozenset[Any]:
    """Keys of the accounts that are shut out of a case now."""
    return shut_out_of_each([case.pk])[case.pk]


def shut_out_of_each(cases: Iterable[Any]) -> defaultdict[Any, frozenset[Any]]:
    """Key of each case → keys of the accounts that are shut out of it, in one query."""
    found: defaultdict[Any, frozenset[Any]] = defaultdict(frozenset)
    declared = _in_force().filter(case__in=list(cases), user__isnull=False)
    for case, person in declared.values_list("case", "user"):
        found[case] |= {person}
    return found


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


def shut_out_of_file(case_file: CaseFile) -> frozenset[Any]:
    """Keys of the accounts that are shut out of a case about this file now.

    Or about one that goes with it: a renewal stays on the file on which it was referred, and is
    about the entry on the file which that one was joined to.
    """
    files = list(whole_family([case_file.pk]))
    about = Q(case__case_file__in=files) | Q(case__entry__case_file__in=files)
    declared = _in_force().filter(about, user__isnull=False)
    return frozenset(declared.values_list("user", flat=True))


def check_file_not_shut_out(case_file: CaseFile, person: Any) -> None:
    """The person is shut out of no case about this file, or about one that goes with it.

    For what lies on the file and has doors of its own, such as evidence (B11).

    :raises Excluded: they are shut out of one.
    """
    if person.pk in shut_out_of_file(case_file):
        raise Excluded("You are excluded from a case about this, or it is being decided.")


def file_not_shut_out(person: Any, *, case_file: str = "case_file") -> Q:
    """The filter that leaves out what lies on a file about which somebody is shut out of a case.

    As :func:`shut_out_of_file`; a few queries before the list's own, however long that is.

    :param case_file: how the rows that are filtered reach their file.
    """
    cases = _in_force().filter(user=person).values_list("case__case_file", "case__entry__case_file")
    concerned = {file for files in cases for file in files if file is not None}
    return ~Q(**{f"{case_file}__in": list(whole_family(concerned))})


def check_entry_not_shut_out(entry: Entry, person: Any) -> None:
    """Of an entry on the schedule: the person is shut out of no case about its file.

    For whoever keeps or reviews it; the check itself warns everybody. What stands on a director's
    register is not the panel's to shut anybody out of.

    :raises Excluded: they are shut out of one.
    """
    if entry.register.route == Route.PANEL:
        check_file_not_shut_out(entry.case_file, person)


def schedule_not_shut_out(person: Any, *, of: str = "", case_file: str = "case_file") -> Q:
    """As :func:`check_entry_not_shut_out`, as a filter of what hangs on a register and a file.

    :param of: how the rows reach what has the register, such as ``entry__``.
    """
    directors = Q(**{f"{of}register__route": Route.DIRECTOR})
    return directors | file_not_shut_out(person, case_file=case_file)


def _in_force() -> Any:
    return ConflictDeclaration.objects.exclude(excluded=False)
