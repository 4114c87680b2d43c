"""``cautionary_daily``: what cron does every day (and may do every few minutes)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cautionary_plugin.actions.legacy import discard_old_uploads
from cautionary_plugin.outbox.deliver import deliver_waiting


class Command(BaseCommand):
    """Delivers the mail that waits, and discards uploads that nobody brought in."""

    help = "Deliver waiting mail and discard uploaded lists older than a day."

    def handle(self, **_: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Delivered {deliver_waiting(at=now)} messages.")
        self.stdout.write(f"Discarded {discard_old_uploads(at=now)} uploaded lists.")
