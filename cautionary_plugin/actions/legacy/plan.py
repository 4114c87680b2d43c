"""What will become of each row, before anything is written: the dry run (A39)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.actions.access import record
from cautionary_plugin.lookup.normalise import fold
from cautionary_plugin.models import Person, Premises, Register, Service
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.identity import PersonIdentity, PremisesIdentity
from cautionary_plugin.rules.legacy import Listed, read_row
from cautionary_plugin.rules.vocabulary import Act, Vocabulary

from .files import Row

Progress = Callable[[int, int], None]
Key = tuple[str, ...]


ON_THE_REGISTER = "Is on the register already."


class Fate(Vocabulary):
    """What becomes of a row."""

    ENTERED = "entered", "Becomes an entry"
    HELD = "held", "Held for senior sign-off"
    REFUSED = "refused", "Refused"


@dataclass(frozen=True, slots=True)
class RowFate:
    """The fate of one row.

    :ivar reasons: sentences; they name columns and rows, never what a cell says.
    """

    number: int
    fate: Fate
    reasons: tuple[str, ...] = ()
    listed: Listed | None = None


@dataclass(frozen=True)
class Plan:
    """The fates of all rows, in the order of the file."""

    register: Register
    fates: list[RowFate]

    @property
    def counts(self) -> Counter[Fate]:
        return Counter(each.fate for each in self.fates)

    @property
    def refused(self) -> list[RowFate]:
        return [each for each in self.fates if each.fate is Fate.REFUSED]


def no_progress(_done: int, _of: int) -> None:
    """For callers that do not watch."""


def plan_list(
    rows: list[Row], *, register: Register, at: datetime, progress: Progress = no_progress
) -> Plan:
    """The fate of each row, in plain words; nothing is written.

    :param progress: told the rows done and the rows in all, every thousand rows.
    """
    services = _service_names()
    seen = dict.fromkeys(_keys_on(register, at), 0)
    fates = []
    for done, row in enumerate(rows, start=1):
        fates.append(_fate(row, register, services, seen, at))
        if done % 1000 == 0 or done == len(rows):
            progress(done, len(rows))
    return Plan(register, fates)


def dry_run(
    rows: list[Row], *, register: Register, by: Any, at: datetime, progress: Progress = no_progress
) -> Plan:
    """The plan of a list that is only tried, recorded: it tells who is on the register already.

    :param by: the person, or None for the console.
    """
    plan = plan_list(rows, register=register, at=at, progress=progress)
    known = sum(ON_THE_REGISTER in fate.reasons for fate in plan.fates)
    told = f"{len(rows)} rows, {known} on the register already"
    record(act=Act.DRY_RUN, by=by, at=at, register=register, screen=told)
    return plan


def _fate(
    row: Row, register: Register, services: set[str], seen: dict[Key, int], at: datetime
) -> RowFate:
    reasons = [f"“{column}” is a formula." for column in row.formulas]
    if row.overlong:
        reasons.append("The row has more cells than the heading.")
    try:
        listed = read_row(
            row.values, on=timezone.localdate(at), longest_months=register.longest_term_months
        )
    except BadInput as problem:
        reasons += [
            f"“{column}” {sentence}" if sentence[:1].islower() else f"“{column}”: {sentence}"
            for column, sentences in problem.problems.items()
            for sentence in sentences
        ]
        return RowFate(row.number, Fate.REFUSED, tuple(reasons))
    reasons += _unknown_services(listed, services) + _twice(listed, row.number, seen)
    if reasons:
        return RowFate(row.number, Fate.REFUSED, tuple(reasons))
    if listed.held:
        return RowFate(row.number, Fate.HELD, ("The person is under 18.",), listed)
    return RowFate(row.number, Fate.ENTERED, (), listed)


def _service_names() -> set[str]:
    return {
        name.casefold() for pair in Service.objects.values_list("slug", "name") for name in pair
    }


def _unknown_services(listed: Listed, services: set[str]) -> list[str]:
    if all(name.casefold() in services for name in listed.services):
        return []
    return ["“services” names a service that the register does not know."]


def _twice(listed: Listed, number: int, seen: dict[Key, int]) -> list[str]:
    """Whether an earlier row or a live entry is about the same person or place."""
    key = _key(listed.identity, str(listed.born_on or ""))
    first = seen.setdefault(key, number)
    if first == number:
        return []
    return [f"The same as row {first}." if first else ON_THE_REGISTER]


def _key(identity: PersonIdentity | PremisesIdentity, born_on: str) -> Key:
    if isinstance(identity, PremisesIdentity):
        address = identity.address
        return ("premises", fold(address.in_one_line), address.uprn)
    first = identity.addresses[0].in_one_line if identity.addresses else ""
    return ("person", fold(identity.names[0]), born_on, fold(first))


def _keys_on(register: Register, at: datetime) -> list[Key]:
    listed = {"case_file__entries__register": register, "case_file__entries__expires_at__gt": at}
    people = Person.objects.filter(**listed).select_related("case_file").distinct()
    places = Premises.objects.filter(**listed).select_related("case_file").distinct()
    return [
        *(_key(person.identity, str(person.born_on or "")) for person in people.iterator(2000)),
        *(_key(place.identity, "") for place in places.iterator(2000)),
    ]
