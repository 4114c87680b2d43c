"""Reads go to a replica that lags: it learns only when `tests.hosts.router.catch_up` is called."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import DATABASES as PLAIN_DATABASES
from tests.hosts.plain import SCRATCH

DATABASES = {
    **PLAIN_DATABASES,
    "replica": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SCRATCH / "replica.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA query_only = ON;"},
    },
}
DATABASE_ROUTERS = ["tests.hosts.router.ReplicaRouter"]
