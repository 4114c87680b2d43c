"""A backup of the package's tables, taken and restored as a database administrator would."""

from typing import Any

from django.apps import apps
from django.db import connection, transaction

from cautionary_plugin.migrations import _access_guard

Backup = dict[str, tuple[list[str], list[Any]]]


def _tables() -> list[str]:
    models = apps.get_app_config("cautionary_plugin").get_models(include_auto_created=True)
    return [model._meta.db_table for model in models]


def take() -> Backup:
    """Every row of the package, as the database holds it."""
    found: Backup = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            found[table] = names, cursor.fetchall()
    return found


def restore(backup: Backup) -> None:
    """The tables are again what they were; the guard of the access record stands aside for it."""
    _access_guard.remove(connection)
    _fill(backup)
    _access_guard.install(connection)


def _fill(backup: Backup) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA defer_foreign_keys = ON"
            if connection.vendor == "sqlite"
            else "SET CONSTRAINTS ALL DEFERRED"
        )
        for table in backup:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
        for table, (names, rows) in backup.items():
            columns = ", ".join(f'"{name}"' for name in names)
            places = ", ".join(["%s"] * len(names))
            for row in rows:
                cursor.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', row)  # noqa: S608
