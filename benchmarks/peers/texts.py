"""An entry and a question as one line of text each, which is all that the peers can search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cautionary_plugin.lookup.facts import Facts, Question

FIRST = 5
Entries = list[tuple[str, Facts]]
Rows = list[tuple[str, str]]


def typed(question: Question) -> str:
    """Give the whole question as one line, as one would type it into a spreadsheet's search."""
    values = (getattr(question, slot) for slot in Question.__slots__)
    return " ".join(str(value) for value in values if value)


def rows(entries: Entries) -> Rows:
    """Give each entry as its key and its text."""
    return [(key, " ".join(part for part in _parts(facts) if part)) for key, facts in entries]


def _parts(facts: Facts) -> Iterable[str]:
    yield from facts.names
    yield _written(facts.born_on)
    for address in facts.addresses:
        yield from (*address.lines, address.postcode, address.uprn)
    yield from (*facts.phones, *facts.emails)


def _written(day: date | None) -> str:
    """Give a date both ways in which the questions write it, so that the peers can find it."""
    return f"{day:%d/%m/%Y} {day:%Y%m%d}" if day else ""
