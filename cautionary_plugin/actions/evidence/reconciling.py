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
class Reconciled:
    """What was found.

    :ivar removed: objects without a row that were removed.
    :ivar strays: objects without a row that stay, because there are too many of them.
    :ivar missing: rows whose object is not in the storage.
    """

    removed: int
    strays: int
    missing: int


def reconcile_evidence(*, at: datetime) -> Reconciled:
    """Remove what a failed upload left behind; count what is missing.

    :raises NotStored: the storage does not answer.
    """
    there = objects.written_at()
    known = set(Evidence.objects.values_list("object_name", flat=True))
    known |= set(SharingAgreement.objects.values_list("object_name", flat=True))
    strays = [name for name, written in there.items() if name not in known and written <= at - REST]
    missing = len(known - there.keys())
    if len(strays) > MOST_STRAYS:
        return Reconciled(0, len(strays), missing)
    for name in strays:
        objects.remove(name)
    return Reconciled(len(strays), 0, missing)
