"""Boots the host of DJANGO_SETTINGS_MODULE from nothing: check, migrate, one lookup."""

from http import HTTPStatus

import django
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import NoReverseMatch, reverse

from tests.hosts.one_lookup import Host, one_lookup
from tests.hosts.router import catch_up


def boot() -> None:
    """What an installation does, in its order; each step raises when it is not clean."""
    django.setup()
    setup_test_environment()
    call_command("check", fail_level="ERROR")
    call_command("makemigrations", check_changes=True, dry_run=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def cleanly_absent() -> None:
    """No session, no screens: the rest of the site neither shows nor misses us."""
    try:
        raise AssertionError(reverse("cautionary:check"))
    except NoReverseMatch:
        pass
    assert Client().get("/").status_code == HTTPStatus.OK
    for path in ("/cautionary/", "/cautionary/check/"):
        assert Client().get(path).status_code == HTTPStatus.NOT_FOUND


if __name__ == "__main__":
    boot()
    if apps.is_installed("django.contrib.sessions"):
        one_lookup(Host(settle=catch_up))
    else:
        cleanly_absent()
