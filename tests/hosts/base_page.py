"""The host has swapped Wagtail's base page (Wagtail 8), so our page types are not installed."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = [
    "wagtail.test.basepage",
    *(app for app in PLAIN_APPS if app != "cautionary_plugin.pages"),
]
WAGTAIL_PAGE_MODEL = "basepage.BasePage"
