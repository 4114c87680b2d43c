"""What a council would have instead, behind one call: a question in, five keys out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date

from rapidfuzz import fuzz, process, utils

from cautionary_plugin.lookup.facts import Facts, Question

FIRST = 5
Entries = list[tuple[str, Facts]]
Engine = Callable[[Question], list[str]]


def typed(question: Question) -> str:
    """Give the whole question as one line, as one would type it into a spreadsheet's search."""
    values = (getattr(question, slot) for slot in Question.__slots__)
    return " ".join(str(value) for value in values if value)


def icontains(entries: Entries) -> Engine:
    """Each word somewhere in the row, regardless of case: the filter of an admin list, on SQLite."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, text TEXT NOT NULL)")
    database.executemany("INSERT INTO entry VALUES (?, ?)", _rows(entries))

    def search(question: Question) -> list[str]:
        words = typed(question).split()
        where = " AND ".join(["text LIKE ? ESCAPE '\\'"] * len(words))
        values = [f"%{word}%" for word in words]
        found = database.execute(f"SELECT id FROM entry WHERE {where} LIMIT {FIRST}", values)
        return [key for (key,) in found]

    return search


def token_set(entries: Entries) -> Engine:
    """The usual fuzzy search over everything: rapidfuzz, token set ratio."""
    return _fuzzy(entries, fuzz.token_set_ratio)


def weighted(entries: Entries) -> Engine:
    """The same with rapidfuzz's own mixture, WRatio."""
    return _fuzzy(entries, fuzz.WRatio)


def _fuzzy(entries: Entries, scorer: Callable[..., float]) -> Engine:
    keys, texts = zip(*_rows(entries), strict=True)
    texts = [utils.default_process(text) for text in texts]

    def search(question: Question) -> list[str]:
        line = utils.default_process(typed(question))
        found = process.extract(line, texts, scorer=scorer, limit=FIRST)
        return [keys[position] for _, _, position in found]

    return search


def _rows(entries: Entries) -> Iterable[tuple[str, str]]:
    for key, facts in entries:
        yield key, " ".join(part for part in _parts(facts) if part)


def _parts(facts: Facts) -> Iterable[str]:
    yield from facts.names
    yield _written(facts.born_on)
    for address in facts.addresses:
        yield from (*address.lines, address.postcode, address.uprn)
    yield from (*facts.phones, *facts.emails)


def _written(day: date | None) -> str:
    """Give a date both ways in which the questions write it, so that the peers can find it."""
    return f"{day:%d/%m/%Y} {day:%Y%m%d}" if day else ""


PEERS: dict[str, Callable[[Entries], Engine]] = {
    "icontains": icontains,
    "token set": token_set,
    "WRatio": weighted,
}
