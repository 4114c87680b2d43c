"""A read replica: a second database that nobody writes to and that follows when told."""

import sqlite3
from pathlib import Path
from typing import Any

from django.db import connections


class ReplicaRouter:
    """Every read goes to the replica once it exists, every write to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return (
            "replica" if Path(connections["replica"].settings_dict["NAME"]).exists() else "default"
        )

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "default"


def catch_up() -> None:
    """Let the replica see what the primary has, as it does between two requests."""
    if "replica" not in connections:
        return
    connections["replica"].close()
    names = [connections[alias].settings_dict["NAME"] for alias in ("default", "replica")]
    primary, replica = (sqlite3.connect(name) for name in names)
    with primary, replica:
        primary.backup(replica)
    primary.close()
    replica.close()
