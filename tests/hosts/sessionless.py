"""A public instance of the same code base: no sessions, no sign-in, no messages, no admin."""

from tests.hosts.plain import *  # noqa: F403
from tests.hosts.plain import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = [
    app
    for app in PLAIN_APPS
    if app not in {"django.contrib.sessions", "django.contrib.messages", "wagtail_modeladmin"}
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "tests.hosts.urls.public"
