"""The plain intranet of the tests on a database of its own, for benches that need rows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import django


@contextmanager
def intranet() -> Iterator[None]:
    """Set Django up on SQLite, or on the PostgreSQL that the environment names, and tidy up."""
    lane = "postgres" if "PGDATABASE" in os.environ else "sqlite"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tests.settings.{lane}")
    django.setup()
    from django.db import connection
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    from cautionary_plugin.sealing.keyrings import get_keyring

    get_keyring().create()
    setup_test_environment()
    connection.settings_dict["TEST"]["MIGRATE"] = False  # the tables as the models say, in seconds
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)


@cache
def council() -> Any:
    """A register with an owner and a reader."""
    from tests.council import found_council

    return found_council()
