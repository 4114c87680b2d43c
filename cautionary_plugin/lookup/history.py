"""How far the register has come, and whether it is the one that this process has seen before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections, router
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from cautionary_plugin.models import Entry, LookupState
from cautionary_plugin.rules.states import EntryState

WITNESSES = 20
"""Entries that were changed last, by which a process knows the register again."""


@dataclass(frozen=True)
class Snapshot:
    """What the actions have noted of the live entries, and what is there, at one instant.

    :ivar entries: how many live entries the actions have made.
    :ivar live: how many there are, as the database counts them.
    :ivar stray: whether there is an entry that no action has numbered.
    """

    epoch: UUID
    stamp: UUID
    number: int
    entries: int
    live: int
    stray: bool


NOWHERE = UUID(int=0)
NOTHING = Snapshot(NOWHERE, NOWHERE, 0, 0, 0, stray=False)


def snapshot() -> Snapshot:
    """The database as it is now, in one statement.

    It is asked before every check, so its words are found once: Django would take longer over them
    than the database over its answer. A replica is never asked: it may lag behind.
    """
    connection = connections[router.db_for_write(LookupState)]
    statement, values = _statement(connection.alias)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        return replace(NOTHING, live=live_entries().count())
    epoch, stamp, number, entries, live, least, most = row
    return Snapshot(_id(epoch), _id(stamp), number, entries, live, least == 0 or most > number)


@cache
def _statement(alias: str) -> tuple[str, tuple[Any, ...]]:
    numbers = Entry.objects.using(alias).values("changed")
    noted = LookupState.objects.using(alias).filter(pk=1).order_by()
    least, most = numbers.order_by("changed")[:1], numbers.order_by("-changed")[:1]
    asked = noted.annotate(
        least=Coalesce(Subquery(least), 1), most=Coalesce(Subquery(most), 0)
    ).values_list("epoch", "stamp", "number", "entries", "live", "least", "most")
    return asked.query.get_compiler(using=alias).as_sql()


def _id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def live_entries() -> QuerySet[Entry]:
    """All that may be shown, whether or not the clock has ended it."""
    return Entry.objects.filter(state=EntryState.LIVE)


def goes_on(seen: Snapshot, now: Snapshot, witnesses: Mapping[UUID, int]) -> bool:
    """Whether the database is the one that was seen, or a later state of it.

    Numbers alone do not tell: a backup may have been restored, or a transaction rolled back in
    which this process had looked, and the same numbers given again to other changes. So what was
    changed last must still be there, at its number or a later one. Where it was erased since, the
    index is filled anew for nothing.

    :param witnesses: what :func:`changed_last` gave when the database was seen.
    """
    if now.epoch != seen.epoch or now.number < seen.number:
        return False
    if now.number == seen.number:
        return now.stamp == seen.stamp
    found = Entry.objects.filter(pk__in=witnesses).order_by().values_list("pk", "changed")
    return sum(changed >= witnesses[pk] for pk, changed in found) == len(witnesses)


def changed_last() -> dict[UUID, int]:
    """The entries that were changed last, live or not, each with its number."""
    return dict(Entry.objects.order_by("-changed").values_list("pk", "changed")[:WITNESSES])
