"""``cautionary_import``: bring in a legacy list; without ``--enter`` a dry run (A39)."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.access.people import find_colleague
from cautionary_plugin.actions.legacy import Fate, Plan, dry_run, import_list, read_list
from cautionary_plugin.models import Register
from cautionary_plugin.rules.errors import BadInput, CautionaryError

WIDTH = 30


class Command(BaseCommand):
    """Shows each row's fate in plain words; rows are named by number, never by what they say."""

    help = "Bring in a legacy list (CSV or XLSX). Shows what would happen unless --enter is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--register", default="cpr", help="short name of the register")
        parser.add_argument("--enter", action="store_true", help="write the entries")
        parser.add_argument("--by", metavar="USER", help="who answers for the import")

    def handle(self, *, file: Path, register: str, enter: bool, by: str, **_: Any) -> None:
        found = Register.objects.filter(slug=register).first()
        if found is None:
            raise CommandError(f"There is no register with the short name “{register}”.")
        now = timezone.now()
        try:
            content = file.read_bytes()
            plan = dry_run(
                read_list(content),
                register=found,
                by=find_colleague(by or ""),
                at=now,
                progress=self._bar("Reading"),
            )
            self._show(plan)
            if enter:
                self._enter(plan, sha256(content).hexdigest(), by, now)
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from None
        except BadInput as problem:
            sentences = [each for found in problem.problems.values() for each in found]
            raise CommandError("\n".join(sentences)) from None
        except CautionaryError as problem:
            raise CommandError(str(problem)) from None

    def _enter(self, plan: Plan, digest: str, by: str, now: Any) -> None:
        colleague = find_colleague(by or "")
        if colleague is None:
            raise CommandError("Say with --by who answers for the import: an active account.")
        done = import_list(
            plan=plan, digest=digest, by=colleague, at=now, progress=self._bar("Entering")
        )
        self.stdout.write(f"Entered {done.entered}, held {done.held}, refused {done.refused}.")
        self.stdout.write(
            "Now destroy the old list, in every copy; the owner of the register signs the "
            "declaration on the screen “Legacy lists”."
        )

    def _show(self, plan: Plan) -> None:
        for row in plan.fates:
            if row.fate is not Fate.ENTERED:
                self.stdout.write(f"Row {row.number}: {row.fate.label}. {' '.join(row.reasons)}")
        for fate in Fate:
            self.stdout.write(f"{fate.label}: {plan.counts[fate]}")

    def _bar(self, what: str) -> Any:
        def show(done: int, of: int) -> None:
            if self.stderr.isatty():
                filled = "█" * (WIDTH * done // of)
                end = "\n" if done == of else ""
                self.stderr.write(f"\r{what} {filled:<{WIDTH}} {done:,} of {of:,}", ending=end)

        return show
