"""``cautionary_verify``: is the access record as it was written? (docs/guide-who-looked.md)."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cautionary_plugin.access.chain import check_guarded, verify
from cautionary_plugin.rules.chain import Anchor
from cautionary_plugin.rules.errors import ChainBroken


class Command(BaseCommand):
    """Exit status: 0 all is whole, 1 something was changed, 2 wrong usage. It writes nothing."""

    help = (
        "Walk the chain of the access record and name the first line that is not as it was "
        "written. Give the number and the digest of a daily message: a record whose end was cut "
        "off, or that was written anew, shows only against one of those."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=_anchor,
            metavar="NUMBER:DIGEST",
            help="from a daily message or object; may be given several times",
        )

    def handle(self, *, anchor: list[Anchor], **_: Any) -> None:
        try:
            found = verify(anchors=anchor)
            check_guarded()
        except ChainBroken as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"{found.lines:,} lines are whole, from line {found.first} on.")
        self.stdout.write(f"The end of the chain: {found.end}")
        if found.unlinked:
            self.stdout.write(f"{found.unlinked} lines of this instant are not linked yet.")


def _anchor(text: str) -> Anchor:
    try:
        return Anchor.parse(text)
    except ValueError:
        raise ArgumentTypeError("write it as NUMBER:DIGEST, as the message has it") from None
