"""Open an arrangement: who keeps the schedule, and whose customer it is; recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from cautionary_plugin.access.kept import check_in_use
from cautionary_plugin.actions.access import record
from cautionary_plugin.actions.base import action
from cautionary_plugin.models import Person, SinglePointOfContact
from cautionary_plugin.rules.errors import NotYours
from cautionary_plugin.rules.states import DivertState
from cautionary_plugin.rules.vocabulary import Act

from .arranging import check_keeps


@dataclass(frozen=True, repr=False)
class Customer:
    """What the single point of contact must know of their customer; no level of risk (B27).

    No ``repr``: templates log what they are given.
    """

    name: str
    addresses: list[str]
    phones: list[str]
    emails: list[str]


@action
def open_arrangement(*, arrangement: SinglePointOfContact, by: Any, at: datetime) -> None:
    """Record that somebody who keeps the schedule opened an arrangement.

    :raises NotYourPost, Excluded: ``by`` does not keep this schedule, or is shut out of the case.
    :raises NoSuchEntry: the entry that it went with has expired (A32).
    """
    check_keeps(arrangement, by=by, at=at)
    if arrangement.ended_at is not None:
        check_in_use(arrangement.case_file, at=at)
    _note(arrangement, by=by, at=at)


def customers_of(person: Any) -> QuerySet[SinglePointOfContact]:
    """The arrangements by which somebody is a single point of contact now.

    Whoever has delegated one still finds it among theirs, so as to take it back.
    """
    mine = Q(officer=person) | Q(delegate=person)
    standing = SinglePointOfContact.objects.filter(mine, ended_at=None)
    related = "case", "entry", "officer", "delegate", "register", "case_file__person"
    return standing.select_related(*related).order_by("-starts_on", "pk")


@action
def open_customer(*, arrangement: SinglePointOfContact, by: Any, at: datetime) -> Customer:
    """Who the customer is, for their single point of contact.

    :raises NotYours: ``by`` is neither the officer nor the delegate, or the arrangement has ended.
    """
    if not customers_of(by).filter(pk=arrangement.pk).exists():
        raise NotYours("You are not the single point of contact of this customer.")
    _note(arrangement, by=by, at=at)
    subject = arrangement.case_file.subject
    if not isinstance(subject, Person):
        return Customer(subject.identity.address.in_one_line, [], [], [])
    known = subject.identity
    return Customer(
        name=known.names[0],
        addresses=[address.in_one_line for address in known.addresses],
        phones=list(known.phones),
        emails=list(known.emails),
    )


def is_diverted(arrangement: SinglePointOfContact) -> bool:
    """Whether the customer's e-mail comes to the single point of contact by a divert, now."""
    on = (DivertState.ACTIVE, DivertState.REQUESTED, DivertState.ENDING)
    return bool(arrangement.diverts.filter(state__in=on, switched_on_at__isnull=False).exists())


def _note(arrangement: SinglePointOfContact, *, by: Any, at: datetime) -> None:
    about = arrangement.entry or arrangement.case
    register = arrangement.register
    record(act=Act.READ_CASE, by=by, at=at, register=register, reference=about.reference)
