"""The index of this process, filled from the sealed rows and brought up to date before each search.

Names are never in the database in the clear, so the search runs in memory. What another process
has committed is found by the next check: the number that each change carries is read first, and
only what is newer is opened.
"""

import threading
from collections.abc import Iterator
from datetime import date
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet

from cautionary_plugin.models import Entry, LookupState, Person, Premises
from cautionary_plugin.rules.errors import LookupOutOfStep
from cautionary_plugin.rules.identity import PersonIdentity, PostalAddress, PremisesIdentity
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.sealing.reading import open_rows

from .facts import Address, Facts, Match, Question
from .index import Index

_index = Index()
_seen: LookupState | None = None
_refreshing = threading.Lock()


def search(question: Question, *, limit: int) -> list[Match]:
    """The live entries that may be meant, the likeliest first; keys are primary keys of entries.

    Those that are *unlikely* are no answer: a stranger who shares a given name is not marked.

    :raises LookupOutOfStep: rows were written or removed past the actions.
    :raises SealingError: a sealed row does not open.
    """
    bring_up_to_date()
    found = _index.search(question, limit=limit)
    return [match for match in found if match.strength != "unlikely"]


def bring_up_to_date() -> None:
    """Open what has changed since this process last looked, and drop what is gone.

    :raises LookupOutOfStep: after that, index and database still differ.
    """
    global _seen
    with _refreshing:
        state = LookupState.objects.filter(pk=1).first()
        if state is None or _seen is None or not _goes_on_from(_seen, state):
            forget()
        if state and (_seen is None or state.number != _seen.number):
            _index.update(_facts_changed_after(_seen.number if _seen else 0))
            _seen = state
        entries = state.entries if state else 0
        if len(_index) != entries:
            gone = _index.keys() - set(_live().values_list("pk", flat=True))
            _index.update((), removed=gone)
        if not len(_index) == entries == _live().count():
            forget()
            raise LookupOutOfStep("The register was changed past the package's own actions.")


def forget() -> None:
    """Empty the index; the next search fills it anew."""
    global _seen
    _index.fill(())
    _seen = None


def _goes_on_from(seen: LookupState, state: LookupState) -> bool:
    """Whether the database is the one that was seen, or a later state of it."""
    if state.epoch != seen.epoch or state.number < seen.number:
        return False
    return state.number > seen.number or state.stamp == seen.stamp


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
