"""A report in words, for those who countersign it and decide on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.models import Evidence, IncidentReport, Person, Premises, Statement
from cautionary_plugin.rules.due import day_in_words, due_in_words
from cautionary_plugin.rules.identity import PremisesIdentity
from cautionary_plugin.rules.police import Crime, PoliceFacts
from cautionary_plugin.rules.vocabulary import Marker, Trigger

from .entry_facts import words
from .people import name_of

Told = list[tuple[Any, str]]


@dataclass(frozen=True, repr=False)
class Account:
    """What one person said, and how they know it (A3, A11).

    :ivar source: saw it, was told, or where the account stands.
    """

    who: str
    source: str
    text: str


@dataclass(frozen=True, repr=False)
class ReportSheet:
    """A report on one screen; no ``repr``: templates log what they are given at DEBUG."""

    report: IncidentReport
    subject: Told
    incident: Told
    accounts: list[Account]
    police: Told
    evidence: list[Evidence]

    @classmethod
    def of(cls, report: IncidentReport, *, on: date) -> "ReportSheet":
        """The report as it stands on a day."""
        statements = report.statements.select_related("employee")
        return cls(
            report=report,
            subject=_filled(_subject(report.case_file.subject)),
            incident=_filled(_incident(report)),
            accounts=[*_of_reporter(report), *(_of_employee(each, on) for each in statements)],
            police=_filled(_police(PoliceFacts.from_json(report.police))),
            evidence=list(report.case_file.evidence.all()),
        )


def _filled(facts: Told) -> Told:
    return [(label, text) for label, text in facts if text]


def _subject(subject: Person | Premises) -> Told:
    return _person(subject) if isinstance(subject, Person) else _place(subject.identity)


def _place(identity: PremisesIdentity) -> Told:
    return [
        (_("Premises"), identity.address.in_one_line),
        (_("UPRN"), identity.address.uprn),
        (_("Animal or hazard"), identity.hazard),
    ]


def _person(person: Person) -> Told:
    identity = person.identity
    year = identity.approximate_birth_year
    return [
        (_("Person"), identity.names[0]),
        (_("Also known as"), "\n".join(identity.names[1:])),
        (_("Date of birth"), _day(person.born_on)),
        (_("Born about"), str(year) if year else ""),
        (_("Addresses"), "\n".join(each.in_one_line for each in identity.addresses)),
        (_("Phone"), "\n".join(identity.phones)),
        (_("E-mail"), "\n".join(identity.emails)),
        (_("Other identifiers"), "\n".join(identity.identifiers)),
    ]


def _incident(report: IncidentReport) -> Told:
    sent = report.submitted_at
    return [
        (_("What happened"), Trigger(report.trigger).label if report.trigger else ""),
        (_("Kinds of behaviour"), "\n".join(words(Marker, report.markers))),
        (_("Date"), _day(report.occurred_on)),
        (_("Time"), report.occurred_at),
        (_("Place"), report.place),
        (_("Service"), str(report.service or "")),
        (_("Injuries and damage"), report.injuries),
        (_("Witnesses"), report.witnesses),
        (_("Reported by"), name_of(report.reporter)),
        (_("Typed by"), name_of(report.typed_by) if _by_another(report) else ""),
        (_("Sent by the system"), report.system.name if report.system else ""),
        (_("Sent"), _day(timezone.localdate(sent)) if sent else ""),
    ]


def _by_another(report: IncidentReport) -> bool:
    return report.typed_by_id is not None and report.typed_by_id != report.reporter_id


def _of_reporter(report: IncidentReport) -> list[Account]:
    who = name_of(report.reporter)
    told = _("was told it by %(whom)s") % {"whom": report.told_by} if report.told_by else ""
    accounts = [
        Account(who, _("saw or heard it"), report.seen),
        Account(who, told or _("was told it"), report.told),
    ]
    return [account for account in accounts if account.text]


def _of_employee(statement: Statement, on: date) -> Account:
    return Account(name_of(statement.employee), _standing(statement, on), statement.text)


def _standing(statement: Statement, on: date) -> str:
    if statement.given_at:
        given_on = day_in_words(timezone.localdate(statement.given_at))
        return _("own account, given %(day)s") % {"day": given_on}
    if statement.declined_at:
        return _("declined to give an account")
    if statement.is_settled_on(on):
        return _("gave no account in time: was due %(day)s") % {
            "day": day_in_words(statement.due_on)
        }
    return _("is asked for an account, %(due)s") % {"due": due_in_words(statement.due_on, today=on)}


def _police(facts: PoliceFacts) -> Told:
    crime = Crime(facts.crime).label if facts.crime in list(Crime) else _("Not recorded")
    return [
        (_("Was a crime committed?"), crime),
        (_("Police informed on"), _day(facts.informed_on)),
        (_("Informed by"), facts.informed_by),
        (_("The Police's reference"), facts.reference),
    ]


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
