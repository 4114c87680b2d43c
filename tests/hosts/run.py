"""Boots the host of DJANGO_SETTINGS_MODULE from nothing: check, migrate, one lookup."""

import django
from django.core.management import call_command

from tests.hosts.router import catch_up


def boot() -> None:
    """What an installation does, in its order; each step raises when it is not clean."""
    django.setup()
    call_command("check", fail_level="ERROR")
    call_command("makemigrations", check_changes=True, dry_run=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    catch_up()


if __name__ == "__main__":
    boot()
