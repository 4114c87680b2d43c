"""Compare the storage of evidence with the rows: what belongs to no row, and what is missing (A9).

An upload that was cut off leaves an object without a row, which nobody can open or erase. It is
removed a day later. Many of them at once are no accident: then the storage is another site's, or
an older backup was restored, and nothing is removed before somebody has looked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cautionary_plugin.models import Evidence, SharingAgreement
from cautionary_plugin.sealing import objects

REST = timedelta(days=1)
MOST_STRAYS = 20


@dataclass(frozen=True)
class Compared:
    """How storage and rows stand to each other.

    :ivar objects: how many lie in the storage.
    :ivar rows: how many there should be.
    :ivar strays: names of objects that have belonged to no row for a day.
    :ivar young: how many belong to no row, and may be uploads on their way.
    :ivar missing: public references of the reports and partners whose file is not there.
    """

    objects: int
    rows: int
    strays: list[str]
    young: int
    missing: list[str]


@dataclass(frozen=True)
class Reconciled:
    """What was found.

    :ivar removed: objects without a row that were removed.
    :ivar strays: objects without a row that stay, because there are too many of them.
    :ivar missing: rows whose object is not in the storage.
    """

    removed: int
    strays: int
    missing: int


def compare_evidence(*, at: datetime) -> Compared:
    """Look, and change nothing.

    The storage is listed first: what is added meanwhile has a row by the time that rows are read.

    :raises NotStored: the storage does not answer.
    """
    there = objects.written()
    known = _known()
    alone = [name for name in there if name not in known]
    strays = [name for name in alone if there[name].at <= at - REST]
    readable = {name for name, found in there.items() if found.readable}
    missing = sorted(reference for name, reference in known.items() if name not in readable)
    return Compared(len(there), len(known), strays, len(alone) - len(strays), missing)


def reconcile_evidence(*, at: datetime, however_many: bool = False) -> Reconciled:
    """Remove what a failed upload left behind; count what is missing.

    :param however_many: somebody has looked, and it is this site's own storage.
    :raises NotStored: the storage does not answer.
    """
    found = compare_evidence(at=at)
    if len(found.strays) > MOST_STRAYS and not however_many:
        return Reconciled(0, len(found.strays), len(found.missing))
    for name in found.strays:
        objects.remove(name)
    return Reconciled(len(found.strays), 0, len(found.missing))


def _known() -> dict[str, str]:
    """The objects that rows belong to, each with the public reference that it hangs on."""
    evidence = Evidence.objects.values_list("object_name", "case_file__report__reference")
    agreements = SharingAgreement.objects.values_list("object_name", "partner__reference")
    return {name: reference or "" for rows in (evidence, agreements) for name, reference in rows}
