"""The four steps in which files are erased; each may be the last before a power cut (L7).

1. One transaction: the files are locked and looked at once more, each gets its certificate with
   the next number, and their keys are destroyed. From here nothing of them opens.
2. The numbers go into the journal outside the database.
3. The objects of the evidence are removed, with all their versions.
4. One transaction: the rows are deleted and counted, and the certificates are signed.

Whatever was done is not undone by doing it again, so an erasure that was cut off goes on from its
certificate, which is not yet signed.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Max

from cautionary_plugin.access.families import Family, family_of
from cautionary_plugin.actions.base import action, write_alias
from cautionary_plugin.models import (
    CaseFile,
    DeletionCertificate,
    Entry,
    Evidence,
    IncidentReport,
    ReferenceSequence,
)
from cautionary_plugin.rules.errors import NotStored
from cautionary_plugin.rules.prefixes import Prefix
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.sealing import objects
from cautionary_plugin.sealing.journal import Line, get_journal

from .rows import remove_rows

logger = logging.getLogger(__name__)

NUMBERS = Prefix.CERTIFICATE
PATIENCE = 3  # failures of the storage


def lock_numbers() -> int:
    """Hold the numbering until the transaction ends; the last number that was given."""
    ReferenceSequence.objects.get_or_create(prefix=NUMBERS, year=0)
    ReferenceSequence.objects.select_for_update().get(prefix=NUMBERS, year=0)
    return last_number()


def last_number() -> int:
    """The greatest number of a certificate."""
    found: int | None = DeletionCertificate.objects.aggregate(last=Max("number"))["last"]
    return found or 0


def lock_files(family: Family) -> None:
    """Hold the files still: first what stands in them, as every act does, then they themselves."""
    for model, path in ((IncidentReport, "case_file"), (Entry, "case_file"), (CaseFile, "pk")):
        rows: Any = model._base_manager.filter(**{f"{path}__in": list(family)}).order_by("pk")
        list(rows.select_for_update().values_list("pk"))


def certify(causes: dict[UUID, Cause], family: Family, *, after: int, at: datetime) -> None:
    """A certificate for each of these files, numbered from the one after, and no more keys.

    The caller has locked files and numbers.
    """
    references = _entry_references(family)
    files = CaseFile.objects.filter(pk__in=causes).order_by("pk").values_list("pk", "reference")
    DeletionCertificate.objects.bulk_create(
        DeletionCertificate(
            number=number,
            file_id=file,
            file_reference=reference,
            entry_references=sorted(references.get(file, ())),
            cause=causes[file],
            started_at=at,
        )
        for number, (file, reference) in enumerate(files, start=after + 1)
    )
    destroy_keys(family)


def destroy_keys(family: Family) -> None:
    """Overwrite the files' keys: from now on nothing sealed under them opens."""
    _leave_no_trace()
    CaseFile.objects.filter(pk__in=list(family)).update(wrapped_key=b"", wrapping_key="")


def journal_is_missing() -> bool:
    """Whether there are certificates and no journal at all."""
    return get_journal().last() is None and bool(last_number())


def write_journal() -> int:
    """Bring the journal up to the certificates; return how many lines were missing."""
    journal = get_journal()
    last = journal.last()
    missing = DeletionCertificate.objects.filter(number__gt=last.number if last else 0)
    rows = missing.order_by("number").values_list(
        "number", "file_id", "file_reference", "started_at"
    )
    return journal.append(Line(*row) for row in rows.iterator())


def remove_objects(certificates: Iterable[DeletionCertificate]) -> Iterator[DeletionCertificate]:
    """Remove the evidence of each file from the storage; yield the certificates that it is true of.

    A storage that does not answer is asked again the next time, and not five hundred times now.
    """
    found = list(certificates)
    family = family_of(each.file_id for each in found)
    names: dict[UUID, list[str]] = {}
    for file, name in Evidence.objects.filter(case_file__in=list(family)).values_list(
        "case_file", "object_name"
    ):
        names.setdefault(family[file], []).append(name)
    failures = 0
    for certificate in found:
        mine = names.get(certificate.file_id, [])
        if mine and failures >= PATIENCE:
            continue
        try:
            versions = sum(objects.remove(name) for name in mine)
        except NotStored:
            logger.error("Certificate %s waits for the storage.", certificate.number)
            failures += 1
            continue
        if versions:
            _note_versions(certificate, versions)
        yield certificate


def _note_versions(certificate: DeletionCertificate, versions: int) -> None:
    before = certificate.removed.get("versions", 0)
    certificate.removed = {**certificate.removed, "versions": before + versions}
    certificate.save(update_fields=["removed"])


@action
def finish(certificates: list[DeletionCertificate], *, at: datetime) -> None:
    """Delete the rows, and sign; what another run has signed meanwhile stays as it is."""
    _leave_no_trace()
    mine = [each.pk for each in certificates]
    unsigned = DeletionCertificate.objects.filter(pk__in=mine, erased_at=None).order_by("number")
    certificates = list(unsigned.select_for_update())
    family = family_of(each.file_id for each in certificates)
    counts = remove_rows(family)
    alike: dict[str, list[DeletionCertificate]] = {}
    for each in certificates:
        each.removed = {**each.removed, "rows": dict(sorted(counts.get(each.file_id, {}).items()))}
        each.erased_at = max(at, each.started_at)
        alike.setdefault(f"{each.removed} {each.erased_at}", []).append(each)
    for group in alike.values():
        DeletionCertificate.objects.filter(pk__in=[each.pk for each in group]).update(
            removed=group[0].removed, erased_at=group[0].erased_at
        )


def _entry_references(family: Family) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = Entry.objects.filter(case_file__in=list(family)).order_by()
    for file, reference in rows.values_list("case_file", "reference"):
        found.setdefault(family[file], set()).add(reference)
    return found


def _leave_no_trace() -> None:
    """SQLite leaves what it deletes in free pages, unless told to overwrite it."""
    connection = connections[write_alias()]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def settle_database() -> None:
    """Let go of what SQLite's write-ahead log still holds, unless somebody is reading."""
    connection = connections[write_alias()]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
