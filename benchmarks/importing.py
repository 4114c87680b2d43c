"""Bringing in 10,000 rows, beside sealing and ``bulk_create`` of the same rows alone."""

import csv
import io
import time
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Any

from benchmarks.people import District
from cautionary_plugin.lookup.facts import Facts

ROWS = 10_000
RUNS = 3
BATCH = 1000


def legacy_list(rows: int) -> bytes:
    """A list of so many people of an invented district, as a council would have it."""
    return as_list(enumerate(district(rows)))


def as_list(people: Iterable[tuple[object, Facts]]) -> bytes:
    """People as a legacy list in CSV, each with its key among the identifiers."""
    from tests.council import row

    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*row(), "aliases", "phone", "identifiers"])
    writer.writeheader()
    for key, facts in people:
        address = facts.addresses[0]
        writer.writerow(
            row(
                name=facts.names[0],
                aliases="; ".join(facts.names[1:]),
                date_of_birth=f"{facts.born_on:%d/%m/%Y}" if facts.born_on else "",
                address=", ".join(filter(None, address.lines)),
                postcode=address.postcode,
                phone="; ".join(facts.phones),
                identifiers=f"key {key}",
            )
        )
    return text.getvalue().encode()


@cache
def district(rows: int) -> list[Facts]:
    """So many people, no two with the same name, date of birth and address."""
    people: dict[tuple[object, ...], Facts] = {}
    source = District(seed=7)
    while len(people) < rows:
        for _key, facts in source.entries(rows):
            born = facts.born_on
            if facts.names and facts.addresses and (born is None or born.year < 2005):
                people.setdefault((facts.names[0], born, facts.addresses[0]), facts)
    return list(people.values())[:rows]


def whole(content: bytes) -> float:
    """Seconds of what the command does: read, plan, enter."""
    from django.utils import timezone

    from benchmarks.site import council
    from cautionary_plugin.actions.legacy import import_list, plan_list, read_list

    now = timezone.now()
    start = time.perf_counter()
    plan = plan_list(read_list(content), register=council().register, at=now)
    digest = sha256(content).hexdigest()
    import_list(plan=plan, digest=digest, by=council().owner, at=now)
    return time.perf_counter() - start


def alone() -> float:
    """Seconds of sealing and creating the same rows under new keys, and nothing else."""
    from cautionary_plugin.models import AudienceMember, CaseFile, Entry, Person

    made: dict[Any, list[Any]] = {CaseFile: [], Person: [], Entry: [], AudienceMember: []}
    listed = Entry.objects.select_related("case_file__person").prefetch_related("audience")
    for number, entry in enumerate(listed):
        reference, person = f"BARE-{number}", entry.case_file.person
        file = CaseFile(reference=reference, kind="person", opened_at=entry.made_at)
        facts = {
            field.attname: getattr(entry, field.attname)
            for field in Entry._meta.concrete_fields
            if field.name not in ("id", "case_file", "reference")
        }
        copy = Entry(case_file=file, reference=reference, **facts)
        identity, born_on = person.identity_sealed, person.born_on
        made[CaseFile].append(file)
        made[Person].append(Person(case_file=file, identity_sealed=identity, born_on=born_on))
        made[Entry].append(copy)
        members = [AudienceMember(entry=copy, service=each) for each in entry.audience.all()]
        made[AudienceMember] += members
    start = time.perf_counter()
    for model, instances in made.items():
        model.objects.bulk_create(instances, batch_size=BATCH)
    return time.perf_counter() - start


def main() -> None:
    from django.db import transaction

    from benchmarks.site import council

    content = legacy_list(ROWS)
    council()
    runs = []
    for _run in range(RUNS):
        with transaction.atomic():
            runs.append((whole(content), alone()))
            transaction.set_rollback(True)
    took, bare = min(runs, key=lambda pair: pair[0] / pair[1])
    print(f"\n== Bringing in {ROWS:,} rows (best of {RUNS})")
    print(f"import                          {took:6.2f} s")
    print(f"sealing and bulk_create alone   {bare:6.2f} s")
    print(f"ratio                           {took / bare:6.2f}   (goal: at most 3)")


if __name__ == "__main__":
    from benchmarks.site import intranet

    with intranet():
        main()
