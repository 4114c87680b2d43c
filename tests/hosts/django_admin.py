"""Django's own admin is there too, and so imports our `admin` package at start-up."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = ["django.contrib.admin", *PLAIN_APPS]
ROOT_URLCONF = "tests.hosts.urls.django_admin"
