"""PostgreSQL's pg_trgm: word similarity, with the index that its manual recommends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from benchmarks.asking import FIRST, Engine, Search, timed
from benchmarks.peers.texts import Rows, typed
from cautionary_plugin.lookup.facts import Question

TABLE = "trigram_row"
THRESHOLDS = (0.30, 0.45)


@contextmanager
def trigrams(rows: Rows) -> Iterator[dict[str, Engine]]:
    """Fill a table on the server that the environment names, and serve one engine per threshold."""
    with psycopg.connect(autocommit=True) as filling, filling.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} (id text PRIMARY KEY, line text NOT NULL)")
        with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"CREATE INDEX ON {TABLE} USING gin (line gin_trgm_ops)")
        cursor.execute(f"VACUUM ANALYZE {TABLE}")
    connections = {one: psycopg.connect(autocommit=True) for one in THRESHOLDS}
    try:
        yield {
            f"trigrams ≥ {one:.2f}": timed(_search(connection, one))
            for one, connection in connections.items()
        }
    finally:
        for connection in connections.values():
            connection.close()


def _search(connection: psycopg.Connection[Any], least: float) -> Search:
    connection.execute(f"SET pg_trgm.word_similarity_threshold = {least}")
    statement = (
        f"SELECT id FROM {TABLE} WHERE %(line)s <%% line "
        f"ORDER BY word_similarity(%(line)s, line) DESC, id LIMIT {FIRST}"
    )

    def search(question: Question) -> list[str]:
        found = connection.execute(statement, {"line": typed(question)})
        return [key for (key,) in found]

    return search
