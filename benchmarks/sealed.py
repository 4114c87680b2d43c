"""A register of sealed rows, really brought in, asked as the check asks: fresh, then the match.

To be served by a worker, so that what the index takes of memory is seen. The rows are brought in by
a child of that process, or the index would live in what the import left behind.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from typing import Any

from benchmarks.asking import FIRST, Engine, Reply, timed
from benchmarks.machine import memory
from benchmarks.people import District
from cautionary_plugin.lookup.facts import Facts, Question


@contextmanager
def sealed_register(seed: int, count: int) -> Iterator[dict[str, Engine]]:
    """Bring the district in on the database of the environment, and serve its search.

    ``search`` answers with matches whose keys are the district's. ``cold start`` gives the bytes of
    the process before and after, and the number of entries; ``fresh`` is the check of the version number with nothing new;
    ``one change`` is the next check after somebody else's commit.
    """
    from benchmarks.site import council, intranet

    with intranet():
        council()
        _in_a_child(seed, count)
        from cautionary_plugin.lookup import register

        keys = _keys()

        def search(question: Question) -> list[Any]:
            found = register.search(question, limit=FIRST, visible=set)
            return [replace(match, key=keys[match.key]) for match in found.matches]

        yield {
            "search": timed(search),
            "cold start": _cold_start,
            "fresh": timed(lambda _nothing: [len(register.bring_up_to_date())]),
            "one change": _one_change,
        }


def _cold_start(_question: Question) -> Reply:
    from cautionary_plugin.lookup import register

    gc.collect()
    before = memory()
    start = time.perf_counter()
    index = register.bring_up_to_date()
    took = time.perf_counter() - start
    gc.collect()
    return Reply([before, memory(), len(index)], took)


def _one_change(_question: Question) -> Reply:
    """Commit an entry as an import does, and time the check that learns of it."""
    from cautionary_plugin.lookup import register

    person = District(time.time_ns()).person()
    _bring_in([("", replace(person, names=(f"{person.names[0]} Newcomer",)))])
    start = time.perf_counter()
    register.bring_up_to_date()
    return Reply([], time.perf_counter() - start)


def _in_a_child(seed: int, count: int) -> None:
    from django.db import connection, connections

    connections.close_all()
    child = get_context("fork").Process(target=lambda: _bring_in(District(seed).entries(count)))
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit("The register could not be brought in.")
    if connection.vendor == "postgresql":  # what autovacuum does within a minute
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _keys() -> dict[Any, str]:
    """Which key of the district an entry has: references were given in the order of the list."""
    from cautionary_plugin.models import Entry

    listed = sorted(
        Entry.objects.values_list("reference", "pk"), key=lambda one: (len(one[0]), one[0])
    )
    return {pk: f"{number:06}" for number, (_reference, pk) in enumerate(listed)}


def _bring_in(entries: list[tuple[str, Facts]]) -> None:
    from django.utils import timezone

    from benchmarks.site import council
    from cautionary_plugin.actions.legacy import Fate, Plan, RowFate, import_list
    from cautionary_plugin.rules.legacy import read_row
    from tests.council import row

    now = timezone.now()
    register = council().register
    usual = read_row(row(), on=timezone.localdate(now), longest_months=register.longest_term_months)
    fates = [
        RowFate(
            number,
            Fate.ENTERED,
            listed=replace(usual, identity=_identity(facts), born_on=facts.born_on),
        )
        for number, (_key, facts) in enumerate(entries, start=2)
    ]
    digest = sha256(repr(time.time_ns()).encode()).hexdigest()
    import_list(plan=Plan(register, fates), digest=digest, by=council().owner, at=now)


def _identity(facts: Facts) -> Any:
    from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity

    addresses = tuple(
        PostalAddress(one.lines, postcode=one.postcode, uprn=one.uprn) for one in facts.addresses
    )
    if facts.kind == "premises":
        return PremisesIdentity(addresses[0], "A loose dog.")
    return PersonIdentity(
        names=facts.names,
        approximate_birth_year=facts.approximate_birth_year,
        addresses=addresses,
        phones=facts.phones,
        emails=facts.emails,
        identifiers=facts.identifiers,
    )
