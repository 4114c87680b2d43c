"""People have a key named `uuid`, sign in by their mail address, and have no username."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = ["tests.hosts.people", *PLAIN_APPS]
AUTH_USER_MODEL = "people.Person"
