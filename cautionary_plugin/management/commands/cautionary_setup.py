"""``cautionary_setup``: keys, a register, and the owner who runs it from then on."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cautionary_plugin.access.people import find_colleague
from cautionary_plugin.actions.registers import name_service
from cautionary_plugin.actions.setup import FirstOwner, is_open, open_with_owner
from cautionary_plugin.rules.errors import BadInput, CautionaryError
from cautionary_plugin.rules.vocabulary import Nation, Route
from cautionary_plugin.sealing.keyrings import get_keyring


class Command(BaseCommand):
    """Safe to run again: what is there stays as it is."""

    help = "Make the keys, open a register and name its first owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--owner", required=True, metavar="USER", help="user name or e-mail address"
        )
        parser.add_argument("--owner-title", default="Director of Neighbourhood Services")
        parser.add_argument(
            "--owner-briefed-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day on which the owner was briefed on policy, reviews and data security",
        )
        parser.add_argument("--register", default="cpr", help="short name, for URLs")
        parser.add_argument("--name", default="Cautionary Persons Register")
        parser.add_argument("--prefix", default="CPR", help="of references: CPR-2026-0042")
        parser.add_argument("--route", choices=list(Route), default=Route.DIRECTOR.value)
        parser.add_argument("--quorum", type=int, help="of a panel")
        parser.add_argument("--votes-needed", type=int, help="of a panel")
        parser.add_argument("--term-months", type=int, default=12)
        parser.add_argument("--longest-term-months", type=int, default=36)
        parser.add_argument("--nation", choices=list(Nation), default=Nation.ENGLAND.value)
        parser.add_argument(
            "--service",
            action="append",
            default=[],
            metavar="SLUG=NAME",
            help="a service of the council whose staff visit customers; repeat it",
        )

    def handle(self, **options: Any) -> None:
        try:
            self._set_up(options)
        except BadInput as problem:
            sentences = [f"{field}: {each}" for field, s in problem.problems.items() for each in s]
            raise CommandError("\n".join(sentences)) from None
        except CautionaryError as problem:
            raise CommandError(str(problem)) from None

    def _set_up(self, options: dict[str, Any]) -> None:
        owner = find_colleague(options["owner"])
        if owner is None:
            raise CommandError(
                "No active account has the user name or address given with --owner. "
                "Make it first, for example with createsuperuser."
            )
        self._make_keys()
        self._name_services(options["service"])
        if is_open(options["register"]):
            self.stdout.write(f"The register “{options['register']}” is there already.")
            return
        self._tell(self._open(owner, options), options)

    def _make_keys(self) -> None:
        keyring = get_keyring()
        if not Path(keyring.file.path).exists():
            keyring.create()
            self.stdout.write(f"Made the keys in {keyring.file.path}.")
            self.stdout.write(
                self.style.WARNING(
                    "Without them nothing can ever be read again: back them up now, apart from "
                    "the database (cautionary_keys escrow --to FILE)."
                )
            )

    def _name_services(self, pairs: list[str]) -> None:
        for pair in pairs:
            slug, separator, name = pair.partition("=")
            if not separator:
                raise CommandError("--service takes SLUG=NAME, for example housing=Housing.")
            name_service(slug=slug.strip(), name=name.strip())

    def _open(self, owner: Any, options: dict[str, Any]) -> FirstOwner:
        facts = {
            "slug": options["register"],
            **{
                fact: options[fact]
                for fact in (
                    "name",
                    "prefix",
                    "route",
                    "quorum",
                    "votes_needed",
                    "term_months",
                    "longest_term_months",
                    "nation",
                )
            },
        }
        return open_with_owner(
            facts=facts,
            owner=owner,
            title=options["owner_title"],
            briefed_on=options["owner_briefed_on"],
            at=timezone.now(),
        )

    def _tell(self, first: FirstOwner, options: dict[str, Any]) -> None:
        self.stdout.write(f"Opened the register “{options['name']}”.")
        self.stdout.write(f"{options['owner']} holds the post “{first.post}”.")
        if first.code:
            self.stdout.write(f"Enrolment code to hand over to them: {first.code}")
        if not options["owner_briefed_on"]:
            self.stdout.write(
                self.style.WARNING(
                    "No briefing is recorded for them, so they cannot read entries yet "
                    "(--owner-briefed-on)."
                )
            )
        try:
            self.stdout.write(f"They sign in at {reverse('cautionary:home')}")
        except NoReverseMatch:
            self.stdout.write(
                'Add path("cautionary/", include("cautionary_plugin.urls")) to the URLs.'
            )
