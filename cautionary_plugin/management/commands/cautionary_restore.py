"""``cautionary_restore``: after a backup was restored, erase again what was erased since (L7)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.actions.erasure import replay
from cautionary_plugin.rules.errors import CautionaryError


class Command(BaseCommand):
    """Safe to run at any time, and again after it was cut off."""

    help = "Erase again what the journal says was erased, after restoring a backup."

    def handle(self, **_: Any) -> None:
        try:
            done = replay(at=timezone.now())
        except CautionaryError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Erased {done:,} files again.")
        if done:
            self.stdout.write("The register is open again.")
