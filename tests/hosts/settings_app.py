"""`wagtail.contrib.settings` is there; the plain intranet has none."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = [*PLAIN_APPS, "wagtail.contrib.settings"]
