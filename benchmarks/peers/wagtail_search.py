"""Wagtail's own search on the database: SQLite (FTS5) or PostgreSQL (tsvector, and trigrams).

The backend is that of ``wagtail.search.backends.database``, which is ``modelsearch``'s; taken from
there, it needs none of Wagtail's tables. The tables are analysed after they are filled: without
their statistics SQLite runs the match of the full text once for each row. Even so it runs it once
more for each row that matches, to rank it. The fuzzy search is PostgreSQL's only; its threshold is
the usual one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from threading import Timer
from typing import Any

from benchmarks.asking import FIRST, PATIENCE, Engine, Search, timed
from benchmarks.peers.texts import Rows, typed
from cautionary_plugin.lookup.facts import Question


@contextmanager
def wagtail_search(rows: Rows) -> Iterator[dict[str, Engine]]:
    """Fill and index the rows where the environment says, and serve what that database can."""
    _set_up()
    from django.core.management import call_command
    from django.db import connection
    from modelsearch.query import Fuzzy, PlainText

    from benchmarks.peers.listing.models import ListedRow

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)  # another register's, on this server
    on_postgres = connection.vendor == "postgresql"
    if on_postgres:
        call_command("enable_unaccent", stdout=StringIO())
        call_command("enable_trigram", stdout=StringIO())
    ListedRow.objects.bulk_create(
        (ListedRow(key=key, line=line) for key, line in rows), batch_size=1_000
    )
    call_command("rebuild_modelsearch_index", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    where = "PostgreSQL" if on_postgres else "SQLite"
    ways: dict[str, Any] = {
        "all words": lambda line: PlainText(line, operator="and"),
        "any word": lambda line: PlainText(line, operator="or"),
    }
    if on_postgres:
        ways["fuzzy"] = Fuzzy
    yield {f"Wagtail {where}, {way}": timed(_search(make)) for way, make in ways.items()}
    connection.close()


def _set_up() -> None:
    import django
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    if "PGDATABASE" in os.environ:
        database = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["PGDATABASE"],
            "USER": os.environ["PGUSER"],
            "HOST": os.environ["PGHOST"],
            "PORT": os.environ["PGPORT"],
        }
    settings.configure(
        INSTALLED_APPS=[
            "benchmarks.peers.listing",
            "modelsearch",
            "django.contrib.contenttypes",
            "django.contrib.postgres",
        ],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MODELSEARCH_BACKENDS={
            "default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}
        },
        USE_TZ=True,
    )
    django.setup()


def _search(make: Any) -> Search:
    from modelsearch.backends import get_search_backend

    from benchmarks.peers.listing.models import ListedRow

    backend = get_search_backend()

    def search(question: Question) -> list[str]:
        found = backend.search(make(typed(question)), ListedRow.objects.all())[:FIRST]
        with _patience():
            return [one.key for one in found]
        return []

    return search


@contextmanager
def _patience() -> Iterator[None]:
    """Interrupt SQLite where it takes too long, which any word in a large register does."""
    from django.db import OperationalError, connection

    if connection.vendor == "postgresql":
        yield
        return
    connection.ensure_connection()
    clock = Timer(PATIENCE, connection.connection.interrupt)
    clock.start()
    with suppress(OperationalError):
        yield
    clock.cancel()
