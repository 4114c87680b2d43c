"""The plain intranet without what only the tests have: no `wagtail.contrib.settings` either."""

from tests.settings.sqlite import *  # noqa: F403
from tests.settings.sqlite import INSTALLED_APPS as TEST_APPS

ONLY_TESTS = ("tests.", "wagtail.api.v3", "ninja")
INSTALLED_APPS = [app for app in TEST_APPS if not app.startswith(ONLY_TESTS)]
