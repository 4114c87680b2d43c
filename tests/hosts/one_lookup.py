"""One lookup on whatever host the settings name, from an account to a true answer.

It uses nothing else of the tests, since it also runs beside the install page's plain project:
``DJANGO_SETTINGS_MODULE=… python one_lookup.py``, after ``migrate``.
"""

import re
import sys
import tempfile
from base64 import b32decode
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings, setup_test_environment
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP

OWNER, PASSWORD = "director", "a password"
HANDLING = "Do not visit alone."
INLINE = re.compile(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|[\"'(]data:", re.IGNORECASE)
SINGLE_SIGN_ON = "django.contrib.auth.backends.RemoteUserBackend"

Settle = Callable[[], None]


class Host:
    """The host's intranet as its director sees it.

    :ivar settle: called between two steps, as time passes and a replica catches up.
    """

    def __init__(self, settle: Settle = lambda: None) -> None:
        self.settle = settle
        self.signed_on = SINGLE_SIGN_ON in settings.AUTHENTICATION_BACKENDS
        self.client = Client(**({"REMOTE_USER": OWNER} if self.signed_on else {}))

    def post(self, name: str, **data: str) -> Any:
        self.settle()
        return self.ask(name, **data)

    def ask(self, name: str, **data: str) -> Any:
        """Post at once: a replica does not know of the step before."""
        answer = self.client.post(reverse(f"cautionary:{name}"), data)
        breach = INLINE.search(answer.content.decode())
        assert breach is None, f"The strictest policy would block {breach}"
        return answer

    def command(self, *arguments: Any, **options: Any) -> None:
        self.settle()
        call_command(*arguments, **options)


def one_lookup(host: Host) -> None:
    """Set up, sign in, enrol, bring in one person, and ask for them and for a stranger."""
    owner = _account(host)
    housing, today = "housing=Housing", date.today()
    host.command("cautionary_setup", owner=OWNER, owner_briefed_on=today, service=[housing])
    _sign_in(host)
    _enrol(host, owner)
    with tempfile.TemporaryDirectory() as folder:
        old_list = Path(folder) / "list.csv"
        old_list.write_text(_legacy_list(), encoding="utf-8")
        with override_settings(CAUTIONARY_GO_LIVE_OVERRIDE=True):  # a trial of this site
            host.command("cautionary_import", str(old_list), enter=True, by=OWNER)
    _ask(host)


def _account(host: Host) -> Any:
    """The director's account; most sites have made it before, and some know no user names."""
    users = get_user_model()._default_manager
    name = get_user_model().USERNAME_FIELD
    known = users.filter(**{name: OWNER}).first()
    password = None if host.signed_on else PASSWORD
    return known or users.create_user(**{name: OWNER}, password=password)


def _sign_in(host: Host) -> None:
    refused = host.post("check", anything="Zephyrine Quillfeather", purpose="home_visit")
    assert refused.status_code == HTTPStatus.FOUND, refused.status_code
    if not host.signed_on:
        host.post("sign_in", username=OWNER, password=PASSWORD)
    assert "second-factor" in host.post("check").headers["Location"]


def _enrol(host: Host, owner: Any) -> None:
    from cautionary_plugin.actions.enrolment import issue_code_at_console
    from cautionary_plugin.models import Authenticator

    host.settle()
    code = issue_code_at_console(for_user=owner, at=timezone.now())
    host.post("second_factor_enrol", code=code)
    secret = Authenticator.objects.using("default").get(user=owner).secret
    confirmed = host.post("second_factor_phone", code=f"{TOTP(b32decode(secret)).token():06}")
    assert confirmed.status_code == HTTPStatus.OK, confirmed.status_code


def _legacy_list() -> str:
    """A list of one person, whom nobody ever met."""
    day = date.today()
    row = {
        "name": "Zephyrine Quillfeather",
        "address": "14 Larkspur Wynd",
        "postcode": "LS99 9ZZ",
        "markers": "threats",
        "risk": "medium",
        "handling": HANDLING,
        "incident date": f"{day - timedelta(days=30):%d/%m/%Y}",
        "basis": "Shouted at an officer on the doorstep; the officer saw and heard it.",
        "services": "housing",
        "end date": f"{day + timedelta(days=90):%d/%m/%Y}",
    }
    return ",".join(row) + "\n" + ",".join(row.values()) + "\n"


def _ask(host: Host) -> None:
    found = host.ask("check", anything="zefyrine quilfeather larkspur wynd", purpose="home_visit")
    assert found.status_code == HTTPStatus.OK, found.status_code
    assert HANDLING in found.content.decode()
    stranger = host.ask("check", anything="Bartholomew Nightingale", purpose="home_visit")
    assert stranger.status_code == HTTPStatus.OK, stranger.status_code
    assert HANDLING not in stranger.content.decode()


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    one_lookup(Host())
    sys.stdout.write("found\n")
