"""``cautionary_daily``: what cron does every day (and may do every few minutes)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cautionary_plugin.actions.countersign import chase_countersignatures
from cautionary_plugin.actions.legacy import discard_old_uploads
from cautionary_plugin.actions.outbox import deliver
from cautionary_plugin.actions.reminders import remind
from cautionary_plugin.sealing.rotation import finish


class Command(BaseCommand):
    """Chases and reminds, delivers mail, discards old uploads, finishes a rotation of the keys."""

    help = "Chase what is late, deliver mail, discard old uploads, finish a rotation of the keys."

    def handle(self, **_: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Chased {chase_countersignatures(at=now)} late countersignatures.")
        self.stdout.write(f"Queued {remind(at=now)} reminders.")
        self.stdout.write(f"Delivered {deliver(at=now)} messages.")
        self.stdout.write(f"Discarded {discard_old_uploads(at=now)} uploaded lists.")
        self.stdout.write(f"Retired {len(finish(at=now))} wrapping keys.")
