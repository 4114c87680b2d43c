"""The index of this process, filled from the sealed rows and brought up to date before each search.

Names are never in the database in the clear, so the search runs in memory. What another process
has committed is found by the next check: the number that each change carries is read first, and
only what is newer is opened.
"""

import threading
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cautionary_plugin.models import Entry, LookupState, Person, Premises
from cautionary_plugin.rules.errors import LookupOutOfStep
from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.sealing.reading import open_rows

from .facts import Address, Facts, Match, Question
from .index import Index

ATTEMPTS = 3
WIDER = 4


@dataclass(frozen=True)
class Snapshot:
    """What the actions have noted of the live entries, and what is there, at one instant.

    :ivar entries: how many live entries the actions have made.
    :ivar live: how many there are.
    :ivar stray: whether there is an entry that no action has numbered.
    """

    epoch: UUID
    stamp: UUID
    number: int
    entries: int
    live: int
    stray: bool


NOWHERE = UUID(int=0)
EMPTY = Snapshot(NOWHERE, NOWHERE, 0, 0, 0, stray=False)

_index = Index()
_seen = EMPTY
_refreshing = threading.Lock()


def search(
    question: Question, *, limit: int, visible: Callable[[list[UUID]], Container[UUID]]
) -> list[Match]:
    """The live entries that may be meant, the likeliest first; keys are primary keys of entries.

    Those that are *unlikely* are no answer: a stranger who shares a given name is not marked.

    :param visible: which of these entries the asker may see now. What they may not see, or what
        has expired, takes nobody's place: the search is widened instead.
    :raises LookupOutOfStep: rows were written or removed past the actions.
    :raises SealingError: a sealed row does not open.
    """
    index = bring_up_to_date()
    wanted = limit
    while True:
        found = index.search(question, limit=wanted)
        likely = [match for match in found if match.strength != "unlikely"]
        seen = visible([match.key for match in likely])  # type: ignore[misc]
        shown = [match for match in likely if match.key in seen]
        if len(shown) == len(likely) or len(shown) >= limit or len(found) < wanted:
            return shown[:limit]
        wanted *= WIDER


def bring_up_to_date() -> Index:
    """Open what has changed since this process last looked, and drop what is gone.

    :returns: the index as it is now; somebody else's :func:`forget` does not empty it.
    :raises LookupOutOfStep: after that, index and database still differ.
    """
    with _refreshing:
        for _attempt in range(ATTEMPTS):
            now = _snapshot()
            if _catch_up(now):
                return _index
            if _snapshot() == now:  # nobody has committed meanwhile
                break
        forget()
        raise LookupOutOfStep("The register was changed past the package's own actions.")


def forget() -> None:
    """Begin with an empty index; the next search fills it anew."""
    global _index, _seen
    _index, _seen = Index(), EMPTY


def _snapshot() -> Snapshot:
    """The database as it is now, in one statement."""
    live = _live().order_by().values("state").annotate(rows=Count("*")).values("rows")
    numbers = Entry.objects.values("changed")
    noted = (
        LookupState.objects.filter(pk=1)
        .annotate(
            live=Coalesce(Subquery(live), 0),
            least=Coalesce(Subquery(numbers.order_by("changed")[:1]), 1),
            most=Coalesce(Subquery(numbers.order_by("-changed")[:1]), 0),
        )
        .annotate(stray=Q(least=0) | Q(most__gt=F("number")))
        .values("epoch", "stamp", "number", "entries", "live", "stray")
        .first()
    )
    return Snapshot(**noted) if noted else replace(EMPTY, live=_live().count())


def _catch_up(now: Snapshot) -> bool:
    """Whether index and database agree, once the index is as new as the database."""
    global _seen
    if not _goes_on_from(_seen, now):
        forget()
    if now.number != _seen.number:
        _index.update(_facts_changed_after(_seen.number))
    _seen = now
    if len(_index) != now.entries:
        gone = _index.keys() - set(_live().values_list("pk", flat=True))
        _index.update((), removed=gone)
    return len(_index) == now.entries == now.live and not now.stray


def _goes_on_from(seen: Snapshot, now: Snapshot) -> bool:
    """Whether the database is the one that was seen, or a later state of it."""
    if now.epoch != seen.epoch or now.number < seen.number:
        return False
    return now.number > seen.number or now.stamp == seen.stamp


def _live() -> QuerySet[Entry]:
    return Entry.objects.filter(state=EntryState.LIVE)


def _facts_changed_after(number: int) -> Iterator[tuple[UUID, Facts]]:
    changed = {
        "case_file__entries__state": EntryState.LIVE,
        "case_file__entries__changed__gt": number,
    }
    people = Person.objects.filter(**changed)
    places = Premises.objects.filter(**changed)
    entry = "case_file__entries__pk"
    return chain(
        (
            (pk, facts_of_person(PersonIdentity.from_json(identity), born_on))
            for _pk, identity, born_on, pk in open_rows(people, "identity_sealed", "born_on", entry)
        ),
        (
            (pk, facts_of_premises(PremisesIdentity.from_json(identity)))
            for _pk, identity, pk in open_rows(places, "identity_sealed", entry)
        ),
    )


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
