"""What a check has found, as the screens show it: how to stay safe first, then why it was found."""

from dataclasses import dataclass
from datetime import date

from cautionary_plugin.access.entry_facts import last_day
from cautionary_plugin.actions.check import Finding
from cautionary_plugin.models import Entry
from cautionary_plugin.rules.vocabulary import Risk


@dataclass(frozen=True, repr=False)
class Card:
    """A finding in the list of answers."""

    entry: Entry
    title: str
    risk: Risk
    handling: str
    measures: tuple[str, ...]
    last_day: date
    agree: list[str]
    differ: list[str]


def card(finding: Finding) -> Card:
    """A finding as the answer shows it: how to stay safe first, then why it was found."""
    return Card(
        entry=finding.entry,
        title=finding.title,
        risk=Risk(finding.entry.risk),
        handling=finding.handling,
        measures=finding.measures,
        last_day=last_day(finding.entry),
        agree=[reason.words for reason in finding.match.agree],
        differ=[reason.words for reason in finding.match.differ],
    )
