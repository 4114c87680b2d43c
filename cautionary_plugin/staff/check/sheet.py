"""An entry as a reader sees it: trimmed to their audience, in the words of the vocabulary (L1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.actions.check import Finding
from cautionary_plugin.models import Entry, Person
from cautionary_plugin.rules.audience import View, shown
from cautionary_plugin.rules.vocabulary import (
    ControlMeasure,
    LegalCondition,
    Marker,
    Restriction,
    Risk,
    Vocabulary,
)


def words(kind: type[Vocabulary], codes: list[str]) -> list[str]:
    """The labels of codes."""
    return [kind(code).label for code in codes]


def last_day(entry: Entry) -> date:
    """The last day on which the entry counts."""
    return timezone.localdate(entry.expires_at - timedelta(seconds=1))


def who_or_where(entry: Entry) -> str:
    """The name of the person, or the address of the premises."""
    subject = entry.case_file.subject
    if isinstance(subject, Person):
        return subject.identity.names[0]
    return subject.identity.address.in_one_line


@dataclass(frozen=True)
class Card:
    """A finding in the list of answers."""

    entry: Entry
    title: str
    risk: Risk
    measures: list[str]
    last_day: date
    agree: list[str]
    differ: list[str]


def card(finding: Finding) -> Card:
    """A finding as the answer shows it: how to stay safe first, then why it was found."""
    return Card(
        entry=finding.entry,
        title=who_or_where(finding.entry),
        risk=Risk(finding.entry.risk),
        measures=words(ControlMeasure, finding.entry.control_measures),
        last_day=last_day(finding.entry),
        agree=[reason.words for reason in finding.match.agree],
        differ=[reason.words for reason in finding.match.differ],
    )


@dataclass(frozen=True)
class EntrySheet:
    """The entry page.

    :ivar facts: pairs of label and text, in reading order, only those that the reader may see.
    """

    entry: Entry
    title: str
    risk: Risk
    measures: list[str]
    facts: list[tuple[str, str]]
    trimmed: bool
    must_acknowledge: bool

    @classmethod
    def of(cls, entry: Entry, view: View, *, reader: Any, at: datetime) -> "EntrySheet":
        """The sheet of an entry for a reader who sees this much of it."""
        acknowledged = entry.acknowledgements.filter(user=reader, day=timezone.localdate(at))
        may_see = shown(view)
        return cls(
            entry=entry,
            title=who_or_where(entry),
            risk=Risk(entry.risk),
            measures=words(ControlMeasure, entry.control_measures),
            facts=[
                (label, text) for name, label, text in _facts(entry) if name in may_see and text
            ],
            trimmed=view is View.SAFETY,
            must_acknowledge=entry.risk == Risk.HIGH and not acknowledged.exists(),
        )


def _facts(entry: Entry) -> list[tuple[str, str, str]]:
    """Every fact of an entry: its name in the rules of the audience, its label, its text."""
    return [
        ("markers", _("What it is about"), "\n".join(words(Marker, entry.markers))),
        (
            "restrictions",
            _("Service restrictions"),
            "\n".join(words(Restriction, entry.restrictions)),
        ),
        ("permitted_contact", _("Permitted contact"), entry.permitted_contact),
        ("spoc", _("Single point of contact"), entry.spoc),
        ("subject", _("Also known by"), _recognised_by(entry)),
        ("expires_on", _("Ends or is reviewed by"), _day(last_day(entry))),
        ("audience", _("For"), ", ".join(service.name for service in entry.audience.all())),
        ("legal_condition", _("Legal condition"), LegalCondition(entry.legal_condition).label),
        ("fact_on", _("Date of the incident or concern"), _day(entry.fact_on)),
        ("basis", _("Basis"), entry.basis),
    ]


def _recognised_by(entry: Entry) -> str:
    """Aliases, date of birth and addresses: what tells this person from another (L3)."""
    subject = entry.case_file.subject
    if not isinstance(subject, Person):
        return subject.identity.hazard
    identity = subject.identity
    born = [_("Born %(day)s") % {"day": _day(subject.born_on)}] if subject.born_on else []
    addresses = [address.in_one_line for address in identity.addresses]
    return "\n".join([*identity.names[1:], *born, *addresses])


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
