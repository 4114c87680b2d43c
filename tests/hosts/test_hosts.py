"""Other people's sites, each in a process of its own."""

import os
import subprocess
import sys

import pytest
import wagtail

pytestmark = pytest.mark.hosts

EVERYWHERE = [
    "plain",
    "atomic_requests",
    "csp",
    "django_admin",
    "hashed_static",
    "i18n",
    "jinja",
    "replica",
    "second_factors",
    "sessionless",
    "settings_app",
    "small_keys",
    "sso",
    "uuid_user",
]
SINCE_WAGTAIL_8 = ["api_v3", "base_page"]
HOSTS = EVERYWHERE + (SINCE_WAGTAIL_8 if wagtail.VERSION >= (8,) else [])


@pytest.mark.parametrize("host", HOSTS)
def test_host_boots_and_answers_one_lookup(host):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": f"tests.hosts.{host}"}

    result = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.hosts.run"],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stdout + result.stderr
