"""The index of this process, filled from the sealed rows and brought up to date before each search.

Names are never in the database in the clear, so the search runs in memory. What another process
has committed is found by the next check: the number that each change carries is read first, and
only what is newer is opened.
"""

import os
import threading
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, cast
from uuid import UUID

from cautionary_plugin.models import Entry, Person, Premises
from cautionary_plugin.rules.errors import LookupOutOfStep
from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.sealing.reading import open_rows

from . import history
from .facts import Address, Facts, Match, Question
from .index import Index

ATTEMPTS = 20
"""How often the index runs after a database that others go on writing to, before it gives up."""

WIDER = 4
"""By how much a search is widened when what it found may not be seen."""

CROWD = 6
"""So many namesakes are no list any more: whoever asks must say more."""

FEW = 100
"""Changed entries that are asked for by their keys."""


@dataclass(frozen=True)
class Found:
    """What a search has come to.

    :ivar matches: those that are strong or possible, the likeliest first.
    :ivar several: what was typed is true of entries that it does not tell apart. "None" would be
        a silent miss, and a list would mark strangers: whoever asks must say more (L4).
    :ivar more: there are more than are given.
    :ivar behind: where several are no crowd: who they are, since the answer tells of them (L5).
    """

    matches: tuple[Match, ...]
    several: bool = False
    more: bool = False
    behind: tuple[Match, ...] = ()


_index = Index()
_seen = history.NOTHING
_witnesses: dict[UUID, int] = {}
_refreshing = threading.Lock()


def search(
    question: Question,
    *,
    limit: int,
    visible: Callable[[list[UUID]], Container[UUID]],
    registers: Container[int] | None = None,
) -> Found:
    """The live entries that may be meant; keys are primary keys of entries.

    Those that are *unlikely* are no answer: a stranger who shares a given name is not marked.

    :param registers: keys of the registers to look in; all where none are named. What stands in
        others neither takes a place nor costs time, by which it could be guessed.
    :param visible: which of these entries the asker may see now. What they may not see, or what
        has expired, takes nobody's place: the search is widened instead.
    :raises LookupOutOfStep: rows were written or removed past the actions.
    :raises SealingError: a sealed row does not open.
    """
    index = bring_up_to_date()
    wanted = limit + 1
    while True:
        found = index.search(question, limit=wanted, groups=registers)
        fitting = [match for match in found if match.strength != "unlikely"]
        seen = visible([cast(UUID, match.key) for match in fitting])
        theirs = [match for match in fitting if match.key in seen]
        if len(theirs) == len(fitting) or len(theirs) > limit or len(found) < wanted:
            return _told_apart(theirs, limit)
        wanted *= WIDER


def _told_apart(fitting: list[Match], limit: int) -> Found:
    """A crowd is several that agree and differ in the very same, and none of which stands out."""
    likely = [match for match in fitting if match.strength != "vague"]
    if not likely:
        few = tuple(fitting) if len(fitting) < CROWD else ()
        return Found((), several=bool(fitting), behind=few)
    best = likely[0]
    alike = sum((each.agree, each.differ) == (best.agree, best.differ) for each in likely)
    return Found(
        tuple(likely[:limit]),
        several=best.strength == "possible" and alike >= CROWD,
        more=len(likely) > limit,
    )


def bring_up_to_date() -> Index:
    """Open what has changed since this process last looked, and drop what is gone.

    :returns: the index as it is now; somebody else's :func:`forget` does not empty it.
    :raises LookupOutOfStep: after that, index and database still differ.
    """
    with _refreshing:
        for _attempt in range(ATTEMPTS):
            now = history.snapshot()
            if _catch_up(now):
                return _index
            if history.snapshot() == now:  # nobody has committed meanwhile
                break
        forget()
        raise LookupOutOfStep("The register was changed past the package's own actions.")


def forget() -> None:
    """Begin with an empty index; the next search fills it anew."""
    global _index, _seen, _witnesses
    _index, _seen, _witnesses = Index(), history.NOTHING, {}


def _begin_in_child() -> None:
    """Begin in a forked process, in which the threads that held locks are gone.

    What was whole at the fork is kept, so that a server that loads the site before it forks
    fills the index once. What another thread was bringing up to date may be half done.
    """
    global _refreshing
    unfinished = _refreshing.locked()
    _refreshing = threading.Lock()
    if unfinished:
        forget()
    else:
        _index.unlock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_in_child)


def _catch_up(now: history.Snapshot) -> bool:
    """Whether index and database agree, once the index is as new as the database."""
    global _seen, _witnesses
    if not history.goes_on(_seen, now, _witnesses):
        forget()
    if now.number != _seen.number:
        latest = history.changed_last()
        _index.update(_facts_changed_after(_seen.number))
        _witnesses = latest
    _seen = now
    if len(_index) != now.entries:
        gone = _index.keys() - set(history.live_entries().values_list("pk", flat=True))
        _index.update((), removed=gone)
    return len(_index) == now.entries == now.live and not now.stray


def _facts_changed_after(number: int) -> Iterator[tuple[UUID, Facts]]:
    changed = {"case_file__entries__state": EntryState.LIVE, **_after(number)}
    people = Person.objects.filter(**changed)
    places = Premises.objects.filter(**changed)
    where = ("case_file__entries__pk", "case_file__entries__register_id")
    return chain(
        (
            (pk, replace(facts_of_person(PersonIdentity.from_json(identity), born_on), group=of))
            for _pk, identity, born_on, pk, of in open_rows(
                people, "identity_sealed", "born_on", *where
            )
        ),
        (
            (pk, replace(facts_of_premises(PremisesIdentity.from_json(identity)), group=of))
            for _pk, identity, pk, of in open_rows(places, "identity_sealed", *where)
        ),
    )


def _after(number: int) -> dict[str, Any]:
    """How to find what was changed since: a few by their keys, or the database may walk all."""
    newer = Entry.objects.filter(changed__gt=number).order_by().values_list("pk", flat=True)
    few = list(newer[: FEW + 1])
    if len(few) > FEW:
        return {"case_file__entries__changed__gt": number}
    return {"case_file__entries__in": few}


def facts_of_person(identity: PersonIdentity, born_on: date | None) -> Facts:
    """What the matcher knows of a person."""
    return Facts(
        kind="person",
        names=identity.names,
        born_on=born_on,
        approximate_birth_year=identity.approximate_birth_year,
        addresses=tuple(_address(each) for each in identity.addresses),
        phones=identity.phones,
        emails=identity.emails,
        identifiers=identity.identifiers,
    )


def facts_of_premises(identity: PremisesIdentity) -> Facts:
    """What the matcher knows of premises."""
    return Facts(kind="premises", addresses=(_address(identity.address),))


def _address(address: PostalAddress) -> Address:
    return Address(lines=address.lines, postcode=address.postcode, uprn=address.uprn)
