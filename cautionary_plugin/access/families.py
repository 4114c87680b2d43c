"""Files that go together: one that holds the entry, and all that were joined to it, however often.

Whoever may not see one of them sees none, and a pack about one is a pack about all.
"""

from collections.abc import Iterable
from uuid import UUID

from cautionary_plugin.models import CaseFile

Family = dict[UUID, UUID]  # a file → the one that it goes with, which may be itself


def roots_of(files: Iterable[UUID]) -> Family:
    """Each file → the one that it goes with in the end, in a query for each step up."""
    wanted = list(files)
    above: dict[UUID, UUID] = {}
    latest: list[UUID] = wanted
    while latest:
        joined = CaseFile.objects.filter(pk__in=latest, joined_to__isnull=False).order_by()
        found = {pk: to for pk, to in joined.values_list("pk", "joined_to") if to}
        above |= found
        latest = [to for to in found.values() if to not in above]
    return {file: _top(file, above) for file in wanted}


def root_of(file: UUID) -> UUID:
    """As :func:`roots_of`, of one file."""
    return roots_of([file])[file]


def family_of(roots: Iterable[UUID]) -> Family:
    """The files, as far as they are there, and all that were joined to them, however often."""
    there = CaseFile.objects.filter(pk__in=list(roots)).order_by().values_list("pk", flat=True)
    family = {root: root for root in there}
    latest = list(family)
    while latest:
        joined = CaseFile.objects.filter(joined_to__in=latest).values_list("pk", "joined_to")
        found = {pk: family[to] for pk, to in joined if to and pk not in family}
        family |= found
        latest = list(found)
    return family


def whole_family(files: Iterable[UUID]) -> Family:
    """As :func:`family_of`, from the files that these go with: so none is left out."""
    return family_of(roots_of(files).values())


def _top(file: UUID, above: dict[UUID, UUID]) -> UUID:
    seen = {file}
    while (to := above.get(file, file)) not in seen:
        seen.add(to)
        file = to
    return file
