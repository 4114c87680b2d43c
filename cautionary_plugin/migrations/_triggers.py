"""Triggers of the package: taken away, and looked for, on SQLite and on PostgreSQL."""

from collections.abc import Iterable
from typing import Any

THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
}


def make(connection: Any, statements: Iterable[str]) -> None:
    """Run the statements that make them."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: Any, table: str, names: Iterable[str], *, function: str) -> None:
    """Take the triggers of a table away, and on PostgreSQL the function that they call."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {function}()")


def missing(connection: Any, table: str, names: Iterable[str]) -> set[str]:
    """The triggers that are not there, or are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor], [table])
        return set(names) - {name for (name,) in cursor.fetchall()}
