"""An entry as a reader sees it: trimmed to their audience, in the words of the vocabulary (L1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cautionary_plugin.access.entry_facts import (
    Fact,
    facts_for,
    measures_of,
    who_or_where,
)
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.vocabulary import Risk


@dataclass(frozen=True, repr=False)
class EntrySheet:
    """The entry page.

    :ivar facts: in reading order, only those that the reader may see.
    """

    entry: Entry
    title: str
    risk: Risk
    measures: list[str]
    facts: list[Fact]
    trimmed: bool
    must_acknowledge: bool

    @classmethod
    def of(cls, entry: Entry, view: View, *, reader: Any, at: datetime) -> "EntrySheet":
        """The sheet of an entry for a reader who sees this much of it."""
        acknowledged = entry.acknowledgements.filter(user=reader, day=timezone.localdate(at))
        return cls(
            entry=entry,
            title=who_or_where(entry),
            risk=Risk(entry.risk),
            measures=measures_of(entry),
            facts=facts_for(entry, view),
            trimmed=view is View.SAFETY,
            must_acknowledge=entry.risk == Risk.HIGH and not acknowledged.exists(),
        )
