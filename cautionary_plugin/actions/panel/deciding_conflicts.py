"""The circumstances of a conflict of interest, from which follows who decides on it (B10)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone

from cautionary_plugin.access.exclusion import shut_out_of_each
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.mail import holders_of, queue_mail
from cautionary_plugin.models import AgendaItem, ConflictDeclaration, MailKind, Register
from cautionary_plugin.rules.conflicts import Circumstances, deciders
from cautionary_plugin.rules.posts import POWERS, Power

from .agenda import ON_AGENDA
from .invitations import appointed

CHAIRS = [kind for kind, powers in POWERS.items() if Power.DECIDE_CONFLICTS in powers]
Keys = frozenset[Any]


def circumstances(conflict: ConflictDeclaration, *, at: datetime) -> Circumstances:
    """What decides whose decision it is, as things stand."""
    return circumstances_of([conflict], at=at)[conflict.pk]


def circumstances_of(
    conflicts: Iterable[ConflictDeclaration], *, at: datetime
) -> dict[Any, Circumstances]:
    """Key of each declaration → its circumstances; the queries depend on the registers alone."""
    waiting = list(conflicts)
    cases = {conflict.case_id for conflict in waiting}
    apart, absent = shut_out_of_each(cases), _absent(cases)
    offices: dict[Any, tuple[Keys, Keys, Keys]] = {}
    found = {}
    for conflict in waiting:
        register = conflict.case.register
        if register.pk not in offices:
            offices[register.pk] = _offices(register, at)
        chairs, deputies, monitoring = offices[register.pk]
        found[conflict.pk] = Circumstances(
            concerned=conflict.user_id,
            chairs=chairs,
            deputies=deputies,
            monitoring=monitoring,
            declared_by=_declared_for_another(conflict),
            shut_out=apart[conflict.case_id],
            absent=absent[conflict.case_id],
            passed_on=conflict.passed_on_at is not None,
        )
    return found


@action
def tell_deciders(conflict: ConflictDeclaration, *, at: datetime, but: Any = None) -> None:
    """Whoever may decide now is told that it waits; not whoever has just declared it."""
    keys: frozenset[Any] = deciders(circumstances(conflict, at=at)) - {getattr(but, "pk", None)}
    people = get_user_model()._default_manager.filter(pk__in=keys, is_active=True)
    queue_mail(kind=MailKind.CONFLICT, to=people, at=at, reference=conflict.case.reference)


def _declared_for_another(conflict: ConflictDeclaration) -> Any:
    """Key of who declared it of somebody else, or None."""
    by = conflict.declared_by_id
    return by if by != conflict.user_id else None


def _offices(register: Register, at: datetime) -> tuple[Keys, Keys, Keys]:
    """Keys of the chair, of who deputises for the chair, and of the Monitoring Officer."""
    day = timezone.localdate(at)
    chairs = appointed(register, day, kinds=CHAIRS)
    deputies = appointed(register, day, kinds=CHAIRS, as_deputy=True)
    monitoring = holders_of(Power.DECIDE_CONFLICTS_FOR_CHAIR, at=at, register=register)
    return (
        frozenset(each.user_id for each in chairs),
        frozenset(each.user_id for each in deputies),
        frozenset(each.pk for each in monitoring),
    )


def _absent(cases: set[Any]) -> defaultdict[Any, Keys]:
    """Key of each case → who sent apologies for the meeting on whose agenda it is."""
    items = AgendaItem.objects.filter(case__in=cases, state__in=ON_AGENDA)
    sent = items.filter(
        meeting__attendees__apologies_at__isnull=False, meeting__attendees__came_at=None
    )
    found: defaultdict[Any, Keys] = defaultdict(frozenset)
    for case, person in sent.values_list("case", F("meeting__attendees__user")):
        found[case] |= {person}
    return found
