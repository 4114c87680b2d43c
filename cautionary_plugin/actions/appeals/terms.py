"""The terms of an entry, what an outcome would change of them, and the change itself (A24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cautionary_plugin.access.entry_facts import last_day, over_after, words
from cautionary_plugin.actions.base import action
from cautionary_plugin.actions.lookup_state import advance
from cautionary_plugin.actions.sharing.withdrawing import withdraw_if_no_warning
from cautionary_plugin.models import Correction, Entry, Service
from cautionary_plugin.rules.due import day_in_words
from cautionary_plugin.rules.variations import Terms, Varied
from cautionary_plugin.rules.vocabulary import ControlMeasure, Marker, Restriction, Risk

CODES = {
    Varied.MARKERS: Marker,
    Varied.CONTROL_MEASURES: ControlMeasure,
    Varied.RESTRICTIONS: Restriction,
}


@dataclass(frozen=True, repr=False)
class Change:
    """One fact that changes, in words."""

    fact: Varied
    before: str
    after: str

    @property
    def label(self) -> str:
        return self.fact.label


def terms_of(entry: Entry) -> Terms:
    """The terms of an entry as they are."""
    return Terms(
        risk=entry.risk,
        last_day=last_day(entry),
        handling=entry.handling,
        markers=frozenset(entry.markers),
        control_measures=frozenset(entry.control_measures),
        restrictions=frozenset(entry.restrictions),
        audience=frozenset(service.slug for service in entry.audience.all()),
    )


def in_words(now: Terms, changes: Mapping[str, Any]) -> list[Change]:
    """Each change as a person reads it: what stands there, and what would."""
    names = {service.slug: service.name for service in Service.objects.all()}
    before = now.as_json()
    return [
        Change(
            fact,
            _value_in_words(fact, before[fact.value], names),
            _value_in_words(fact, changes[fact.value], names),
        )
        for fact in Varied
        if fact.value in changes
    ]


@action
def vary_entry(
    *, entry: Entry, changes: Mapping[str, Any], reasons: str, by: Any, at: datetime
) -> Entry:
    """Change an entry as an appeal has decided, with a line of what stood there before (L3).

    :param entry: locked by the caller, who has checked that nothing gets worse.
    """
    now = terms_of(entry)
    Correction.objects.bulk_create(
        Correction(
            entry=entry,
            fact=change.fact,
            before=change.before,
            after=change.after,
            reasons=reasons,
            made_by=by,
            made_at=at,
        )
        for change in in_words(now, changes)
    )
    terms = now.with_changes(changes)
    entry.risk, entry.handling = terms.risk, terms.handling
    entry.markers = sorted(terms.markers)
    entry.control_measures = sorted(terms.control_measures)
    entry.restrictions = sorted(terms.restrictions)
    if Varied.LAST_DAY in changes:
        entry.expires_at = over_after(terms.last_day)
    entry.audience_members.exclude(service__slug__in=terms.audience).delete()
    entry.audience_reasons.exclude(service__slug__in=terms.audience).delete()
    entry.changed = advance()
    entry.save()
    withdraw_if_no_warning(entry, by=by, at=at)
    return entry


def _value_in_words(fact: Varied, value: Any, names: Mapping[str, str]) -> str:
    if fact is Varied.RISK:
        return Risk(value).label
    if fact is Varied.LAST_DAY:
        return day_in_words(date.fromisoformat(value))
    if fact is Varied.HANDLING:
        return str(value)
    if fact is Varied.AUDIENCE:
        return "; ".join(names.get(slug, slug) for slug in value)
    return "; ".join(words(CODES[fact], value))
