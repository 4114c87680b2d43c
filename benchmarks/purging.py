"""Erasing entries whose term is over, beside deleting as many of the same rows and no more.

``python -m benchmarks.purging 100000`` erases 10,000 entries of 100,000; ``make bench`` takes a
fifth of that. Each set of rows is erased once and committed, as the daily run does.
"""

import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

ENTRIES = 20_000
BATCH = 1000
BARE, ORM, TIMED, SMALL, LARGE, LIVE = "BARE", "ORM", "TIMED", "SMALL", "LARGE", "LIVE"


def references(entries: int, over: int) -> Iterator[str]:
    """Which set each entry belongs to is in its reference."""
    sizes = {BARE: over, ORM: over, TIMED: over, SMALL: over // 10, LARGE: over}
    sizes[LIVE] = entries - sum(sizes.values())
    for name, size in sizes.items():
        yield from (f"{name}-{number}" for number in range(size))


def build(entries: int, over: int) -> None:
    """So many live entries, each on a file of its own."""
    from cautionary_plugin.actions.lookup_state import advance

    changed = advance(added=entries)
    rest = references(entries, over)
    while batch := list(islice(rest, BATCH)):
        _write(batch, changed)


def _write(batch: list[str], changed: int) -> None:
    from django.utils import timezone

    from benchmarks.site import council
    from cautionary_plugin.models import AudienceMember, CaseFile, Entry, Person

    now, day = timezone.now(), timedelta(days=1)
    made: dict[Any, list[Any]] = {CaseFile: [], Person: [], Entry: [], AudienceMember: []}
    for reference in batch:
        file = CaseFile(reference=f"FILE-{reference}", kind="person", opened_at=now)
        entry = Entry(
            reference=reference,
            case_file=file,
            register=council().register,
            state="live",
            risk="high",
            legal_condition="public_task",
            fact_on=now.date(),
            starts_at=now - 300 * day,
            expires_at=now + 60 * day,
            made_at=now,
            changed=changed,
            handling="Do not visit alone.",
            basis="Raised a spade against two surveyors, who both saw it.",
        )
        made[CaseFile].append(file)
        made[Person].append(Person(case_file=file, identity_sealed={"names": [reference]}))
        made[Entry].append(entry)
        made[AudienceMember].append(AudienceMember(entry=entry, service=council().housing))
    for model, rows in made.items():
        model.objects.bulk_create(rows)


def lapse(name: str) -> float:
    """The term of a set is over; seconds until its entries have ended."""
    from django.utils import timezone

    from cautionary_plugin.actions.lapsing import lapse_entries
    from cautionary_plugin.models import Entry

    now = timezone.now()
    Entry.objects.filter(reference__startswith=name).update(expires_at=now - timedelta(days=1))
    start = time.perf_counter()
    lapse_entries(at=now)
    return time.perf_counter() - start


def bare(name: str) -> float:
    """Seconds of deleting the rows of a set, committed, and nothing else."""
    from django.db import connection, transaction

    chosen = f"SELECT id, case_file_id FROM cautionary_plugin_entry WHERE reference LIKE '{name}-%'"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE gone AS {chosen}")
    files = "IN (SELECT case_file_id FROM gone)"
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for condition in (
            "audiencemember WHERE entry_id IN (SELECT id FROM gone)",
            f"entry WHERE case_file_id {files}",
            f"person WHERE case_file_id {files}",
            f"casefile WHERE id {files}",
        ):
            cursor.execute(f"DELETE FROM cautionary_plugin_{condition}")
    return time.perf_counter() - start


def with_the_orm(name: str) -> float:
    """Seconds of Django's own ``delete()`` of the same rows."""
    from cautionary_plugin.models import CaseFile

    files = CaseFile.objects.filter(reference__startswith=f"FILE-{name}-")
    start = time.perf_counter()
    files.delete()
    return time.perf_counter() - start


def erase() -> float:
    """Seconds of the daily run's erasing."""
    from django.utils import timezone

    from cautionary_plugin.actions.erasure import erase_due

    start = time.perf_counter()
    erase_due(at=timezone.now())
    return time.perf_counter() - start


def peak() -> float:
    """The most memory, in MB, that erasing what is due takes."""
    tracemalloc.start()
    erase()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def main(entries: int = ENTRIES) -> None:
    from cautionary_plugin.models import CaseFile

    over = entries // 10
    build(entries, over)
    lapse(BARE)
    alone = bare(BARE)
    lapse(ORM)
    orm = with_the_orm(ORM)
    ended = lapse(TIMED)
    took = erase()
    lapse(SMALL)
    little = peak()
    lapse(LARGE)
    much = peak()
    if CaseFile.objects.count() != entries - 4 * over - over // 10:
        raise SystemExit("Something else was erased than what was over.")
    print(f"\n== Erasing {over:,} entries of {entries:,}")
    print(f"ending them by the clock        {ended:6.2f} s")
    print(f"erasing, with certificates      {took:6.2f} s")
    print(f"bare DELETE of as many rows     {alone:6.2f} s")
    print(f"Django's delete() of as many    {orm:6.2f} s")
    print(f"ratio to the bare DELETE        {took / alone:6.2f}")
    print(f"ratio to Django's delete()      {took / orm:6.2f}")
    print(f"memory for {over // 10:>6,}               {little:6.1f} MB")
    print(f"memory for {over:>6,}               {much:6.1f} MB")


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
