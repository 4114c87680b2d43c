"""``code USER``: the six digits that a colleague's phone would show now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.access.people import find_colleague
from cautionary_plugin.actions.enrolment import issue_code_at_console
from cautionary_plugin.models import Authenticator
from sandbox.council.phone import digits


class Command(BaseCommand):
    """Only the sandbox can do this: on a real site nobody but the phone knows."""

    help = "Show the six digits of a sandbox colleague, or a code to enrol with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user")

    def handle(self, *, user: str, **_: Any) -> None:
        colleague = find_colleague(user)
        if colleague is None:
            raise CommandError("Nobody of this name works at Weldham.")
        device = Authenticator.objects.filter(user=colleague).order_by("-confirmed").first()
        if device is not None:
            self.stdout.write(digits(device))
        else:
            code = issue_code_at_console(for_user=colleague, at=timezone.now())
            self.stdout.write(f"{code} (enrolment code: enter it, then run this again)")
