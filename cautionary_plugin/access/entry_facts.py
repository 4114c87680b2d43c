"""The facts of an entry in words, and which of them a reader may see (L1)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.models import Appeal, Entry, Person
from cautionary_plugin.rules.audience import View, shown
from cautionary_plugin.rules.states import EntryState
from cautionary_plugin.rules.vocabulary import (
    ControlMeasure,
    LegalCondition,
    Marker,
    Restriction,
    Vocabulary,
)


@dataclass(frozen=True, repr=False)
class Fact:
    """One fact: its name in the rules of the audience, its label, its text (may be empty).

    Without a ``repr``: templates log what they are given at DEBUG.
    """

    name: str
    label: Any
    text: str


def facts_for(entry: Entry, view: View) -> list[Fact]:
    """What a reader may see of an entry, in reading order, without what is empty."""
    return [fact for fact in every_fact(entry) if fact.name in shown(view) and fact.text]


def every_fact(entry: Entry) -> list[Fact]:
    """Every fact of an entry, the empty ones included."""
    return [
        Fact("provisional", _("Provisional"), _provisional(entry)),
        Fact("markers", _("What it is about"), "\n".join(words(Marker, entry.markers))),
        Fact(
            "restrictions",
            _("Service restrictions"),
            "\n".join(words(Restriction, entry.restrictions)),
        ),
        Fact("permitted_contact", _("Permitted contact"), entry.permitted_contact),
        Fact("spoc", _("Single point of contact"), entry.spoc),
        _recognised_by(entry),
        Fact("expires_on", _("Ends or is reviewed by"), _day(last_day(entry))),
        Fact("audience", _("For"), ", ".join(service.name for service in entry.audience.all())),
        Fact("legal_condition", _("Legal condition"), LegalCondition(entry.legal_condition).label),
        Fact("fact_on", _("Date of the incident or concern"), _day(entry.fact_on)),
        Fact("basis", _("Basis"), entry.basis),
    ]


def words(kind: type[Vocabulary], codes: list[str]) -> list[str]:
    """The labels of codes."""
    return [kind(code).label for code in codes]


def last_day(entry: Entry) -> date:
    """The last day on which the entry counts."""
    return timezone.localdate(entry.expires_at - timedelta(seconds=1))


def over_after(day: date) -> datetime:
    """The instant at which an entry is over whose last day this is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def marked_under_appeal(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries, each with ``under_appeal``: computed from open appeals, never stored (A24)."""
    appeals = Appeal.objects.open().filter(entry=OuterRef("pk"))
    return entries.annotate(under_appeal=Exists(appeals))


def who_or_where(entry: Entry) -> str:
    """The name of the person, or the address of the premises."""
    subject = entry.case_file.subject
    if isinstance(subject, Person):
        return subject.identity.names[0]
    return subject.identity.address.in_one_line


def measures_of(entry: Entry) -> list[str]:
    """How to stay safe, in words."""
    return words(ControlMeasure, entry.control_measures)


def _provisional(entry: Entry) -> str:
    """Added ahead of the panel, which has yet to decide (B41); empty where it has."""
    if not entry.provisional or entry.state == EntryState.ENDED:
        return ""
    return _("Added urgently. The panel has not ratified it yet; without that it ends.")


def _recognised_by(entry: Entry) -> Fact:
    """What tells this person from another (L3), or what is met at the premises (A2)."""
    subject = entry.case_file.subject
    if not isinstance(subject, Person):
        return Fact("subject", _("Animal or hazard"), subject.identity.hazard)
    identity = subject.identity
    born = [_("Born %(day)s") % {"day": _day(subject.born_on)}] if subject.born_on else []
    addresses = [address.in_one_line for address in identity.addresses]
    told = "\n".join([*identity.names[1:], *born, *addresses])
    return Fact("subject", _("Recognised by"), told)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
