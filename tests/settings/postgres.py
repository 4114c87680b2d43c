"""The plain intranet on PostgreSQL: `python -m tests.servers.postgres -- COMMAND` says where."""

import os

from tests.settings.base import *  # noqa: F403
from tests.settings.base import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = [*PLAIN_APPS, "django.contrib.postgres"]  # for Wagtail's own search

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["PGDATABASE"],
        "USER": os.environ["PGUSER"],
        "HOST": os.environ["PGHOST"],
        "PORT": os.environ["PGPORT"],
    }
}
