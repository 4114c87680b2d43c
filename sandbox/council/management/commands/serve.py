"""``serve``: make the council on the first run, say how to sign in, and serve it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from cautionary_plugin.models import Register
from sandbox.council.certificates import Authority, issue_council
from sandbox.council.load import load
from sandbox.council.staff import OWNER, PASSWORD, STAFF


class Command(BaseCommand):
    """A second run keeps what is there."""

    requires_system_checks = []  # runserver makes them, once there is a keyring
    help = "Make the sandbox's council if there is none yet, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", default="127.0.0.1:8000")

    def handle(self, *, address: str, **_: Any) -> None:
        call_command("migrate", verbosity=0)
        if not Register.objects.exists():
            self.stdout.write("Inventing Weldham Council …")
            load(at=timezone.now())
        if not settings.CERTIFICATES.exists():  # a council that was invented before there were any
            issue_council(Authority(settings.CERTIFICATES, at=timezone.now()))
        self._say_how_to_sign_in(address)
        call_command("runserver", address, use_reloader=False)

    def _say_how_to_sign_in(self, address: str) -> None:
        self.stdout.write(f"\nWeldham Council's intranet: http://{address}/cautionary/\n")
        self.stdout.write(f"Everybody's password: {PASSWORD}\n\n")
        for colleague in (OWNER, *STAFF):
            self.stdout.write(f"  {colleague.username:<14} {colleague.role}")
        self.stdout.write(
            "\nThe six digits of a colleague's phone (or a code to enrol with):\n"
            "  .venv/bin/python sandbox/manage.py code USER\n\n"
            "Try: sign in as “officer”, enrol, and check “jon smyth mill lane”.\n"
            "Or as “clerk”: open the panel's meeting of today, under Case work.\n"
        )
