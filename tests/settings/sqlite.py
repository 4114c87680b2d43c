"""The plain intranet on SQLite, in a file, so that threads and processes share one database."""

from tests.settings.base import *  # noqa: F403
from tests.settings.base import SCRATCH

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SCRATCH / "intranet.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # A power cut may cost a test run its database, so nothing waits for the disk.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;",
        },
        "TEST": {"NAME": SCRATCH / "test.sqlite3"},
    }
}
