"""One row of a legacy list: what it must say to become an entry, and why it is refused (A39).

Nothing is guessed. A row without a dated fact, a basis or an end date is hearsay or for ever,
and neither may be brought in (A3, A28).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from .ages import check_birth_date, check_birth_year, needs_senior_sign_off
from .errors import BadInput
from .identity import PersonIdentity, PostalAddress, PremisesIdentity
from .terms import check_end
from .vocabulary import (
    ControlMeasure,
    LegalCondition,
    Marker,
    Restriction,
    Risk,
    SubjectKind,
    Vocabulary,
)

V = TypeVar("V", bound=Vocabulary)

# Column → other headings that councils' spreadsheets have for it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("type", "person or premises"),
    "name": ("full name", "person"),
    "aliases": ("alias", "also known as", "aka"),
    "date_of_birth": ("dob", "born", "birth date"),
    "birth_year": ("approximate year of birth", "year of birth"),
    "address": ("addresses", "property"),
    "postcode": ("post code",),
    "uprn": (),
    "phone": ("phones", "telephone", "mobile"),
    "email": ("e-mail", "emails"),
    "identifiers": ("other reference", "customer number"),
    "hazard": ("animal", "animal or hazard"),
    "markers": ("marker", "warning"),
    "risk": ("risk level", "level"),
    "handling": ("handling instructions", "instructions"),
    "control_measures": ("measures", "controls"),
    "restrictions": ("service restrictions",),
    "permitted_contact": ("contact permitted",),
    "spoc": ("single point of contact",),
    "incident_date": ("date of incident", "incident on", "date of concern"),
    "basis": ("what happened", "details", "incident"),
    "legal_condition": ("lawful basis", "condition"),
    "services": ("audience", "service", "for services"),
    "listed_on": ("date added", "added on"),
    "end_date": ("expires", "expiry date", "review date", "ends on"),
}

REQUIRED_COLUMNS = ("risk", "markers", "handling", "incident_date", "basis", "services", "end_date")

LAST_YEAR = 2999  # later ones are slips, and the calendar itself must not run out
DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True, slots=True)
class Listed:
    """One row, read and found fit.

    :ivar services: slugs or names of the services that the entry is for.
    :ivar held: the person is under 18, so a senior post signs before the entry is live (L2).
    """

    identity: PersonIdentity | PremisesIdentity
    born_on: date | None
    risk: Risk
    markers: tuple[Marker, ...]
    handling: str
    control_measures: tuple[ControlMeasure, ...]
    restrictions: tuple[Restriction, ...]
    permitted_contact: str
    spoc: str
    fact_on: date
    basis: str
    legal_condition: LegalCondition
    services: tuple[str, ...]
    ends_on: date
    held: bool

    @property
    def kind(self) -> SubjectKind:
        is_person = isinstance(self.identity, PersonIdentity)
        return SubjectKind.PERSON if is_person else SubjectKind.PREMISES


def column_named(heading: str) -> str | None:
    """The column that a heading of a spreadsheet stands for; None if there is none."""
    wanted = " ".join(heading.replace("_", " ").casefold().split())
    for column, synonyms in COLUMNS.items():
        if wanted in (column.replace("_", " "), *synonyms):
            return column
    return None


def read_row(values: dict[str, str], *, on: date, longest_months: int) -> Listed:
    """Read one row.

    :param values: column → text of the cell, stripped.
    :param on: today.
    :raises BadInput: under each column at fault, in words for whoever keeps the list.
    """
    row = _Reader(values, on=on)
    kind = row.word("kind", SubjectKind, fallback=SubjectKind.PERSON)
    born_on = row.day("date_of_birth")
    identity = row.premises() if kind is SubjectKind.PREMISES else row.person(born_on)
    fact_on = row.past_day("incident_date")
    ends_on = row.end(fact_on, longest_months=longest_months)
    listed = Listed(
        identity=identity,
        born_on=born_on,
        risk=row.word("risk", Risk) or Risk.LOW,
        markers=row.words("markers", Marker, required=True),
        handling=row.text("handling", longest=2000, required=True),
        control_measures=row.words("control_measures", ControlMeasure),
        restrictions=row.words("restrictions", Restriction),
        permitted_contact=row.text("permitted_contact", longest=1000),
        spoc=row.text("spoc", longest=500),
        fact_on=fact_on or on,
        basis=row.text("basis", longest=20000, required=True),
        legal_condition=row.word(
            "legal_condition", LegalCondition, fallback=LegalCondition.LEGAL_OBLIGATION
        )
        or LegalCondition.LEGAL_OBLIGATION,
        services=row.several("services", required=True),
        ends_on=ends_on or on,
        held=row.is_child(identity, born_on),
    )
    row.finish()
    return listed


class _Reader:
    """Reads cells and gathers every fault of the row, so that a list is mended in one go."""

    def __init__(self, values: dict[str, str], *, on: date) -> None:
        self.values = values
        self.on = on
        self.problems: dict[str, list[str]] = {}

    def finish(self) -> None:
        if self.problems:
            raise BadInput(self.problems)

    def fault(self, column: str, sentence: str) -> None:
        self.problems.setdefault(column, []).append(sentence)

    def text(self, column: str, *, longest: int = 300, required: bool = False) -> str:
        value = self.values.get(column, "")
        if required and not value:
            self.fault(column, "is empty.")
        if len(value) > longest:
            self.fault(column, f"is longer than {longest} characters.")
        return value

    def several(self, column: str, *, required: bool = False) -> tuple[str, ...]:
        parts = self.text(column, longest=2000, required=required).replace("\n", ";").split(";")
        return tuple(part.strip() for part in parts if part.strip())

    def word(self, column: str, vocabulary: type[V], *, fallback: V | None = None) -> V | None:
        value = self.text(column, required=fallback is None)
        return self._known(column, vocabulary, value) if value else fallback

    def words(self, column: str, vocabulary: type[V], *, required: bool = False) -> tuple[V, ...]:
        found = [
            self._known(column, vocabulary, each)
            for each in self.several(column, required=required)
        ]
        return tuple(each for each in found if each)

    def _known(self, column: str, vocabulary: type[V], value: str) -> V | None:
        member = vocabulary.from_words(value)
        if member is None:
            known = ", ".join(each.label for each in vocabulary)
            self.fault(column, f"is not one of: {known}.")
        return member

    def day(self, column: str, *, required: bool = False) -> date | None:
        value = self.text(column, required=required)
        for pattern in DATE_FORMATS if value else ():
            try:
                day = datetime.strptime(value, pattern).date()
            except ValueError:
                continue
            if day.year <= LAST_YEAR:
                return day
        if value:
            self.fault(column, "is not a date like 27/03/1984.")
        return None

    def past_day(self, column: str) -> date | None:
        day = self.day(column, required=True)
        if day and day > self.on:
            self.fault(column, "is in the future.")
        return day

    def end(self, fact_on: date | None, *, longest_months: int) -> date | None:
        ends_on = self.day("end_date", required=True)
        start = self.day("listed_on") or fact_on
        if ends_on is None or start is None:
            return ends_on
        if ends_on <= self.on:
            self.fault("end_date", "is past: the entry has ended and must be destroyed.")
        try:
            check_end(start=start, end=ends_on, longest_months=longest_months)
        except BadInput as problem:
            self.problems.setdefault("end_date", []).extend(problem.problems["expires_on"])
        return ends_on

    def address(self) -> PostalAddress:
        lines = [part.strip() for part in self.text("address").replace("\n", ",").split(",")]
        uprn = self.text("uprn")
        if uprn and not (uprn.isascii() and uprn.isdigit() and len(uprn) <= 12):
            self.fault("uprn", "is not a number of up to 12 digits.")
        return PostalAddress(tuple(filter(None, lines)), self.text("postcode", longest=12), uprn)

    def premises(self) -> PremisesIdentity:
        address = self.address()
        if not (address.lines or address.uprn):
            self.fault("address", "is empty: premises need an address or a UPRN.")
        if self.values.get("name"):
            self.fault("name", "is filled in: an entry on premises names no person.")
        return PremisesIdentity(address, self.text("hazard", required=True))

    def person(self, born_on: date | None) -> PersonIdentity:
        name = self.text("name", longest=200, required=True)
        address = self.address()
        identity = PersonIdentity(
            names=tuple(filter(None, [name, *self.several("aliases")])),
            approximate_birth_year=self.birth_year(),
            addresses=(address,) if address.lines or address.uprn or address.postcode else (),
            phones=self.several("phone"),
            emails=self.several("email"),
            identifiers=self.several("identifiers"),
        )
        if not (
            born_on
            or any((identity.addresses, identity.phones, identity.emails, identity.identifiers))
        ):
            self.fault(
                "name", "stands alone: a second identifier is needed, or a stranger is marked."
            )
        return identity

    def birth_year(self) -> int | None:
        value = self.text("birth_year")
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) == 4):
            self.fault("birth_year", "is not a year of four digits.")
            return None
        return int(value)

    def is_child(self, identity: PersonIdentity | PremisesIdentity, born_on: date | None) -> bool:
        """Whether a senior post must sign; notes a fault where nobody could be listed (L2)."""
        if isinstance(identity, PremisesIdentity):
            return False
        year = identity.approximate_birth_year
        try:
            if born_on:
                check_birth_date(born_on, on=self.on)
            elif year:
                check_birth_year(year, on=self.on)
                born_on = date(year, 12, 31)
        except BadInput as problem:
            for sentences in problem.problems.values():
                self.problems.setdefault("date_of_birth", []).extend(sentences)
            return False
        return born_on is not None and needs_senior_sign_off(born_on, on=self.on)
