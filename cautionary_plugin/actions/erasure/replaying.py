"""After a backup was restored: erase again what the journal says was erased (L7)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from cautionary_plugin.access.families import Family, family_of
from cautionary_plugin.actions.base import durable_action
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.sharing.withdrawing import withdraw_entries
from cautionary_plugin.actions.tallies import count_removed
from cautionary_plugin.models import DeletionCertificate, Entry
from cautionary_plugin.rules.errors import ErasuresUnknown
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.states import THE_CLOCK, EntryState, check_move
from cautionary_plugin.rules.vocabulary import WhyEnded
from cautionary_plugin.sealing.journal import Line, get_journal

from .erasing import BATCH, finish_all
from .steps import destroy_keys, last_number, lock_files, lock_numbers, settle_database


def replay(*, at: datetime) -> int:
    """Erase each file that the journal knows of and the database does not; return how many.

    Neither a legal hold nor a live entry stops it: the file was erased before, lawfully. The
    numbering goes on after the journal's last. Cut off, it goes on where it stopped.

    :raises ErasuresUnknown: the journal is another database's, or cannot be read.
    """
    check_same_numbers()
    replayed = 0
    lines = get_journal().lines(after=last_number())
    while batch := list(islice(lines, BATCH)):
        _certify_again(batch, at=at)
        replayed += len(batch)
        finish_all(at=at)
    finish_all(at=at)
    settle_database()
    return replayed


def check_same_numbers() -> None:
    """What both know of, journal and database know alike.

    :raises ErasuresUnknown: the journal is another database's.
    """
    certified: Iterator[tuple[int, UUID]] = (
        DeletionCertificate.objects.order_by("number").values_list("number", "file_id").iterator()
    )
    for line, (number, file) in zip(get_journal().lines(), certified, strict=False):
        if (line.number, line.file) != (number, file):
            raise ErasuresUnknown(
                f"Line {line.number} of the journal is not certificate {number} of the database: "
                "they do not belong together. Nothing was erased."
            )


@durable_action
def _certify_again(lines: list[Line], *, at: datetime) -> None:
    family = family_of(line.file for line in lines)
    lock_files(family)
    lock_numbers()
    references: dict[UUID, list[str]] = {}
    entries = Entry.objects.filter(case_file__in=list(family)).order_by("reference")
    for file, reference in entries.values_list("case_file", "reference"):
        references.setdefault(family[file], []).append(reference)
    DeletionCertificate.objects.bulk_create(
        DeletionCertificate(
            number=line.number,
            file_id=line.file,
            file_reference=line.reference,
            entry_references=references.get(line.file, []),
            cause=Cause.REPLAYED,
            started_at=line.at,
        )
        for line in lines
    )
    _end_entries(family, at)
    destroy_keys(family)


def _end_entries(family: Family, at: datetime) -> None:
    """What a backup brought back as live is found by no check from now on.

    The backup knows neither that partners were told to delete it, nor that it was counted as
    removed: they are told again, and it is counted in the month of the restoring.
    """
    back = Entry.objects.filter(case_file__in=list(family)).exclude(state=EntryState.ENDED)
    rows = list(back.order_by("pk").values_list("pk", "state", "register_id", "starts_at"))
    if not rows:
        return
    keys, states, registers, since = zip(*rows, strict=True)
    for state in set(states):
        check_move(EntryState, state, EntryState.ENDED, by=THE_CLOCK)
    withdraw_entries(keys, by=None, at=at)
    back.update(
        state=EntryState.ENDED,
        why_ended=WhyEnded.EXPIRED,
        ended_at=at,
        changed=advance(added=-states.count(EntryState.LIVE)),
    )
    why = [WhyEnded.EXPIRED] * len(rows)
    count_removed(zip(registers, since, why, strict=True), at=at)
