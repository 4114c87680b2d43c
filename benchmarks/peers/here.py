"""What needs no server: a filter in SQLite, and rapidfuzz over everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from rapidfuzz import fuzz, process, utils

from benchmarks.asking import FIRST, Engine, Search, timed
from benchmarks.peers.texts import Rows, typed
from cautionary_plugin.lookup.facts import Question


def engines(rows: Rows) -> dict[str, Engine]:
    """Give them all."""
    return {
        "icontains, SQLite": timed(icontains(rows)),
        "rapidfuzz token set": timed(_fuzzy(rows, fuzz.token_set_ratio)),
        "rapidfuzz WRatio": timed(_fuzzy(rows, fuzz.WRatio)),
    }


def icontains(rows: Rows) -> Search:
    """Each word somewhere in the row, regardless of case: the filter of an admin list."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, text TEXT NOT NULL)")
    database.executemany("INSERT INTO entry VALUES (?, ?)", rows)

    def search(question: Question) -> list[str]:
        words = typed(question).split()
        where = " AND ".join(["text LIKE ? ESCAPE '\\'"] * len(words))
        values = [f"%{word}%" for word in words]
        found = database.execute(f"SELECT id FROM entry WHERE {where} LIMIT {FIRST}", values)
        return [key for (key,) in found]

    return search


def _fuzzy(rows: Rows, scorer: Callable[..., float]) -> Search:
    keys, texts = zip(*rows, strict=True)
    texts = [utils.default_process(text) for text in texts]

    def search(question: Question) -> list[str]:
        line = utils.default_process(typed(question))
        found = process.extract(line, texts, scorer=scorer, limit=FIRST)
        return [keys[position] for _, _, position in found]

    return search
