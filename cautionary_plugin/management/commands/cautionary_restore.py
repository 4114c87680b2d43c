"""``cautionary_restore``: after a backup was restored, erase again what was erased since (L7)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.actions.erasure import replay
from cautionary_plugin.actions.lookup_state import begin_anew
from cautionary_plugin.rules.errors import CautionaryError


class Command(BaseCommand):
    """Safe to run at any time, and again after it was cut off."""

    help = "Erase again what the journal says was erased, after restoring a backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--count-again",
            action="store_true",
            help="the live entries that are in the database are all that there should be",
        )

    def handle(self, *, count_again: bool, **_: Any) -> None:
        try:
            done = replay(at=timezone.now())
        except CautionaryError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Erased {done:,} files again.")
        if done:
            self.stdout.write("The register is open again.")
        counted, there = begin_anew(count_again=count_again)
        if counted == there:
            return
        self.stdout.write(f"{counted:,} live entries were counted, and {there:,} are there.")
        if not count_again:
            raise CommandError(
                "Every check fails until that is mended. If the database is as it should be, run "
                "this again with --count-again."
            )
