"""Wagtail's API v3 (Wagtail 8) is open to bearer tokens, which act as their user."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = [*PLAIN_APPS, "wagtail.api.v3", "ninja"]
ROOT_URLCONF = "tests.hosts.urls.api_v3"
