"""A site that several processes serve: its folder, and whether it is on PostgreSQL, are told.

It says which worker gave each answer.
"""

import os
from pathlib import Path

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import DATABASES as PLAIN_DATABASES
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS
from tests.hosts.plain import MIDDLEWARE as PLAIN_MIDDLEWARE

FOLDER = BASE_DIR = Path(os.environ["CAUTIONARY_SERVED_FROM"])
MIDDLEWARE = ["tests.hosts.middleware.name_worker", *PLAIN_MIDDLEWARE]
DATABASES = {"default": {**PLAIN_DATABASES["default"], "NAME": FOLDER / "served.sqlite3"}}
INSTALLED_APPS = PLAIN_APPS
STATIC_ROOT, MEDIA_ROOT = FOLDER / "static", FOLDER / "media"

if "CAUTIONARY_SERVED_DATABASE" in os.environ:
    from tests.settings.postgres import DATABASES as POSTGRES

    name = os.environ["CAUTIONARY_SERVED_DATABASE"]
    DATABASES = {"default": {**POSTGRES["default"], "NAME": name}}
    INSTALLED_APPS = [*PLAIN_APPS, "django.contrib.postgres"]
