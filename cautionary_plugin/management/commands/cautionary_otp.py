"""``cautionary_otp``: second factors at the server's console (docs/second-factor.md)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cautionary_plugin.access.people import find_colleague
from cautionary_plugin.actions.enrolment import issue_code_at_console, reset_at_console
from cautionary_plugin.conf import conf
from cautionary_plugin.models import Authenticator, EnrolmentCode, RecoveryCode
from cautionary_plugin.rules.errors import NotNow


class Command(BaseCommand):
    """Exit status: 0 done, 1 it cannot be done, 2 wrong usage. Each change is recorded."""

    help = "Issue an enrolment code, take a second factor away, or count what there is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True)
        issue = jobs.add_parser("issue", help="print a code with which USER can set up a phone")
        reset = jobs.add_parser("reset", help="take USER's phone and recovery codes out of use")
        for job in (issue, reset):
            job.add_argument("user", metavar="USER", help="sign-in name or e-mail address")
        jobs.add_parser("status", help="count phones, codes and recovery codes; no names")

    def handle(self, *, job: str, **options: Any) -> None:
        try:
            getattr(self, f"_{job}")(options)
        except NotNow as obstacle:
            raise CommandError(str(obstacle)) from None

    def _issue(self, options: dict[str, Any]) -> None:
        code = issue_code_at_console(for_user=_person(options["user"]), at=timezone.now())
        hours = int(conf.ENROLMENT_CODE_FOR.total_seconds() // 3600)
        self.stdout.write(code)
        self.stderr.write(f"It works once, within {hours} hours. Hand it over yourself.")

    def _reset(self, options: dict[str, Any]) -> None:
        reset_at_console(for_user=_person(options["user"]), at=timezone.now())
        self.stdout.write("Taken away. Next: cautionary_otp issue USER")

    def _status(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        open_codes = EnrolmentCode.objects.filter(used_at=None, expires_at__gt=now)
        phones = Authenticator.objects.filter(confirmed=True)
        self.stdout.write(f"{phones.count():,} phones set up")
        self.stdout.write(f"{open_codes.count():,} enrolment codes open")
        self.stdout.write(f"{RecoveryCode.objects.filter(used_at=None).count():,} recovery codes")
        throttled = phones.filter(throttling_failure_count__gt=3)
        self.stdout.write(f"{throttled.count():,} phones with more than three wrong codes in a row")


def _person(words: str) -> Any:
    person = find_colleague(words)
    if person is None:
        raise CommandError("No one active account has this sign-in name or e-mail address.")
    return person
