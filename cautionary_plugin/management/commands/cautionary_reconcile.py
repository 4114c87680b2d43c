"""``cautionary_reconcile``: do the storage of evidence and the rows agree? (docs/evidence.md)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.actions.evidence import compare_evidence, reconcile_evidence
from cautionary_plugin.rules.errors import NotStored


class Command(BaseCommand):
    """Exit status: 0 they agree or agree again, 1 somebody must look, 2 wrong usage."""

    help = (
        "Compare the storage of evidence with the rows: objects that belong to nothing, and files "
        "that are missing, by the reference of their report or partner. It changes nothing "
        "unless it is told to remove."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--remove",
            action="store_true",
            help="remove what has belonged to nothing for a day, as the daily command does",
        )
        parser.add_argument(
            "--however-many",
            action="store_true",
            help="with --remove: also where there are so many that the storage may be another's",
        )

    def handle(self, *, remove: bool, however_many: bool, **_: Any) -> None:
        now = timezone.now()
        try:
            if remove:
                done = reconcile_evidence(at=now, however_many=however_many)
                self.stdout.write(f"Removed {done.removed} objects that belonged to nothing.")
            found = compare_evidence(at=now)
        except NotStored as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{found.objects} objects in the storage, {found.rows} files on record.")
        for reference in found.missing:
            self.stdout.write(f"Missing: a file of {reference}")
        if found.young:
            self.stdout.write(f"{found.young} objects of today may be uploads on their way.")
        if found.strays or found.missing:
            raise CommandError(
                f"{len(found.strays)} objects belong to nothing, and {len(found.missing)} files "
                "are missing."
            )
