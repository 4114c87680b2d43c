"""Just enough of Django for the tests of sealing."""

import os
import tempfile
from pathlib import Path

_scratch = tempfile.TemporaryDirectory(prefix="cautionary-sealing-", ignore_cleanup_errors=True)
BASE_DIR = Path(_scratch.name)

SECRET_KEY = "only-for-tests"
USE_TZ = True
INSTALLED_APPS = [
    "cautionary_plugin",
    "tests.sealing.app",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["PGDATABASE"],
        "USER": os.environ["PGUSER"],
        "HOST": os.environ["PGHOST"],
        "PORT": os.environ["PGPORT"],
    }
    if "PGDATABASE" in os.environ
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "sealing.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;",
        },
        "TEST": {"NAME": BASE_DIR / "test.sqlite3"},
    }
}
