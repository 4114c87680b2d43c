"""Erase what is due, finish what was cut off, and erase again what a backup brought back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef

from cautionary_plugin.access.erasures import check_erasures_now
from cautionary_plugin.access.families import family_of
from cautionary_plugin.actions.base import durable_action
from cautionary_plugin.models import CaseFile, DeletionCertificate, Entry
from cautionary_plugin.rules.errors import NotNow
from cautionary_plugin.rules.retention import Cause, due, is_kept, is_to_be_erased
from cautionary_plugin.rules.states import EntryState

from .facts import facts_of, terms
from .steps import (
    certify,
    finish,
    last_number,
    lock_files,
    lock_numbers,
    remove_objects,
    settle_database,
    write_journal,
)

BATCH = 500


@dataclass(frozen=True)
class Erased:
    """What came of a run.

    :ivar files: how many were erased.
    :ivar waiting: how many certificates are unsigned, because the storage did not answer.
    :ivar held: how many files are due and stay, because of a legal hold or a request.
    """

    files: int
    waiting: int
    held: int


def erase_due(*, at: datetime) -> Erased:
    """Erase every file whose time has come, whatever was left half done first.

    In batches, each a few statements however many files there are; memory does not grow with them.

    :raises ErasuresUnknown: a backup was restored; nothing is erased before it is replayed.
    """
    check_erasures_now()
    files, held = finish_all(at=at), 0
    for batch in _batches(_candidates()):
        to_erase, kept = _sorted_out(batch, at)
        held += kept
        before = last_number()
        if to_erase and _begin(to_erase, at=at):
            files += finish_all(at=at, after=before)
    settle_database()
    return Erased(files, DeletionCertificate.objects.filter(erased_at=None).count(), held)


def erase_file(case_file: CaseFile, *, at: datetime) -> DeletionCertificate:
    """Erase one file now, if it is due.

    :raises NotNow: an entry of it is live or held, it is not due yet, or a legal hold is in force.
    :raises ErasuresUnknown: as :func:`erase_due`.
    """
    check_erasures_now()
    before = last_number()
    if not _begin([case_file.pk], at=at):
        raise NotNow("This file is not to be erased now.")
    finish_all(at=at, after=before)
    settle_database()
    return DeletionCertificate.objects.get(file_id=case_file.pk)


def when_due(case_file: CaseFile, *, at: datetime) -> tuple[datetime, Cause] | None:
    """When a file is to be erased, and why, legal holds aside; None while an entry counts."""
    facts = facts_of(family_of([case_file.pk]), at=at).get(case_file.pk)
    return due(facts, terms()) if facts else None


def finish_all(*, at: datetime, after: int = 0) -> int:
    """Take every certificate that is not signed through the steps that it lacks.

    :param after: only those with greater numbers.
    :returns: how many were signed.
    """
    write_journal()
    signed, last = 0, after
    while batch := list(
        DeletionCertificate.objects.filter(erased_at=None, number__gt=last).order_by("number")[
            :BATCH
        ]
    ):
        last = batch[-1].number
        if done := list(remove_objects(batch)):
            finish(done, at=at)
            signed += len(done)
    return signed


@durable_action
def _begin(files: list[UUID], *, at: datetime) -> int:
    """The first step, for those of these files that are to be erased; return how many."""
    family = family_of(files)
    lock_files(family)
    after = lock_numbers()
    check_erasures_now()
    facts, keep = facts_of(family, at=at), terms()
    causes: dict[UUID, Cause] = {}
    for file in files:
        cause = is_to_be_erased(facts[file], keep, at=at) if file in facts else None
        if cause:
            causes[file] = cause
    certified = set(
        DeletionCertificate.objects.filter(file_id__in=causes).values_list("file_id", flat=True)
    )
    causes = {file: cause for file, cause in causes.items() if file not in certified}
    certify(
        causes,
        {file: root for file, root in family.items() if root in causes},
        after=after,
        at=at,
    )
    return len(causes)


def _candidates() -> Iterator[UUID]:
    """Files that go with no other and have no entry that is live or held, in their order."""
    in_use = Entry.objects.filter(
        case_file=OuterRef("pk"), state__in=(EntryState.LIVE, EntryState.HELD)
    )
    files = CaseFile.objects.filter(~Exists(in_use), joined_to=None).order_by("pk")
    last: UUID | None = None
    while True:
        rows = files.filter(pk__gt=last) if last else files
        found = list(rows.values_list("pk", flat=True)[:BATCH])
        yield from found
        if len(found) < BATCH:
            return
        last = found[-1]


def _sorted_out(files: list[UUID], at: datetime) -> tuple[list[UUID], int]:
    """Those that are to be erased, and how many more are due and stay."""
    facts, keep = facts_of(family_of(files), at=at), terms()
    to_erase = [file for file, told in facts.items() if is_to_be_erased(told, keep, at=at)]
    held = 0
    for told in facts.values():
        when = due(told, keep)
        held += bool(when and when[0] <= at and is_kept(told, when[0], at=at))
    return to_erase, held


def _batches(files: Iterator[UUID]) -> Iterator[list[UUID]]:
    while batch := list(islice(files, BATCH)):
        yield batch
