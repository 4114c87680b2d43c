"""``cautionary_keys``: make, look after, replace and put away the keys (docs/keys.md)."""

import os
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cautionary_plugin.rules.errors import BadInput, SealingError
from cautionary_plugin.sealing import escrow, rotation
from cautionary_plugin.sealing.health import check_opens
from cautionary_plugin.sealing.keyrings import get_keyring

NEXT_STEP = (
    "Now put it into escrow ('cautionary_keys escrow --to FILE') and back it up apart from "
    "the database."
)


class Command(BaseCommand):
    """Exit status: 0 done, 1 it cannot be done or something needs attention, 2 wrong usage."""

    help = "Create, show, replace, put into escrow and restore the register's keys."
    requires_system_checks = []  # the checks would complain of the very thing that is mended here

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True)
        jobs.add_parser("create", help="make the keyring of a new site")
        jobs.add_parser("status", help="say what there is and whether it opens")
        jobs.add_parser("rotate", help="make a new wrapping key and put it to use")
        retire = jobs.add_parser("retire", help="finish a rotation: forget the keys not in use")
        retire.add_argument("--now", action="store_true", help="the site is stopped: do not wait")
        put = jobs.add_parser("escrow", help="write the keys to a file shut with a passphrase")
        put.add_argument("--to", type=Path, required=True, metavar="FILE")
        take = jobs.add_parser("restore", help="take the keys from an escrow file")
        take.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE")
        for job in (put, take):
            job.add_argument("--passphrase-file", type=Path, metavar="FILE")

    def handle(self, *, job: str, **options: Any) -> None:
        try:
            getattr(self, f"_{job}")(options)
        except SealingError as error:
            raise CommandError(str(error)) from None
        except BadInput as error:
            sentences = [s for found in error.problems.values() for s in found]
            raise CommandError(" ".join(sentences)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None

    def _create(self, options: dict[str, Any]) -> None:
        keyring = get_keyring()
        wrapping_id = keyring.create()
        self.stdout.write(f"Made the keyring {keyring.file.path} with the key {wrapping_id}.")
        self.stdout.write(NEXT_STEP)

    def _status(self, options: dict[str, Any]) -> None:
        keyring = get_keyring()
        made_at, current, in_use = keyring.made_at(), keyring.current, rotation.usage()
        self.stdout.write(f"{type(keyring).__name__} at {keyring.file.path}")
        for wrapping_id in sorted(made_at, key=lambda k: made_at[k]):
            role = "current" if wrapping_id == current else "old"
            self.stdout.write(
                f"  {wrapping_id}  made {made_at[wrapping_id]:%d/%m/%Y}  {role}, "
                f"{in_use.get(wrapping_id, 0):,} files"
            )
        for problem in keyring.problems():
            self.stderr.write(problem)
        check_opens()
        self.stdout.write("What is stored opens.")
        if keyring.problems():
            raise CommandError("Put the above right.")

    def _rotate(self, options: dict[str, Any]) -> None:
        done = rotation.rotate(progress=self._show_progress)
        self.stdout.write(f"{done:,} files are under the new key {get_keyring().current}.")
        self.stdout.write("Run 'cautionary_keys retire' in an hour to forget the old key.")
        self.stdout.write(NEXT_STEP)

    def _retire(self, options: dict[str, Any]) -> None:
        rest = timedelta(0) if options["now"] else rotation.REST
        retired = rotation.finish(at=datetime.now(UTC), rest=rest)
        for wrapping_id in retired:
            self.stdout.write(f"Forgot the key {wrapping_id}.")
        if not retired:
            self.stdout.write("No key to forget: none is old, unused, and rested for an hour.")

    def _escrow(self, options: dict[str, Any]) -> None:
        passphrase = _passphrase(options["passphrase_file"], twice=True)
        data = escrow.export_keys(get_keyring(), passphrase)
        handle = os.open(options["to"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        self.stdout.write(f"Wrote {options['to']}. Keep the passphrase in another place.")

    def _restore(self, options: dict[str, Any]) -> None:
        passphrase = _passphrase(options["passphrase_file"], twice=False)
        keyring = get_keyring()
        added = escrow.restore_keys(keyring, options["source"].read_bytes(), passphrase)
        self.stdout.write(f"Keys restored to {keyring.file.path}: {len(added)}.")

    def _show_progress(self, done: int, total: int) -> None:
        self.stdout.write(f"{done:,} of {total:,} files")


def _passphrase(file: Path | None, *, twice: bool) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").strip("\r\n")
    passphrase = getpass("Passphrase: ")
    if twice and getpass("Again: ") != passphrase:
        raise CommandError("The two passphrases differ.")
    return passphrase
