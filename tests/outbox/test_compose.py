"""The words of every kind of mail: neutral, one line of subject, a link where the site has one."""

from typing import Any

import pytest
from django.urls import set_script_prefix

from cautionary_plugin.models import MailKind, OutboxMessage
from cautionary_plugin.outbox.compose import compose
from cautionary_plugin.outbox.words import WORDS
from tests.factors import NOON

CHECK = "/cautionary/check/"
FORGED = "CPR-2026-0001\r\nBcc: everybody@example.org\r\n\r\nForged"


def mail_of(kind: MailKind, **facts: Any) -> Any:
    message = OutboxMessage(kind=kind, queued_at=NOON, **facts)
    return compose(message, addresses=["officer@example.gov.uk"])


def test_every_kind_has_words() -> None:
    assert set(WORDS) == set(MailKind)


@pytest.mark.parametrize("kind", MailKind)
def test_every_kind_is_composed_without_gaps(kind: MailKind) -> None:
    mail = mail_of(kind, reference="REP-2026-0042")

    assert "\n" not in mail.subject
    assert not set("{}") & set(mail.subject + mail.body)
    assert mail.body.endswith("\n")


@pytest.mark.parametrize("kind", MailKind)
def test_nothing_given_can_become_a_header(kind: MailKind) -> None:
    headers = mail_of(kind, reference=FORGED).message().items()

    assert not [name for name, _value in headers if name.lower() == "bcc"]
    assert not [value for _name, value in headers if "everybody" in value or "\n" in value]


@pytest.mark.clause("A21")
@pytest.mark.parametrize("kind", [MailKind.BULLETIN, MailKind.LETTER])
def test_bulletin_and_letter_take_no_reference_though_one_were_given(kind: MailKind) -> None:
    assert "CPR-2026-0001" not in mail_of(kind, reference="CPR-2026-0001").message().as_string()


@pytest.mark.parametrize(
    ("base", "prefix", "link"),
    [
        ("https://intranet.example", "/", f"https://intranet.example{CHECK}"),
        ("https://intranet.example/", "/", f"https://intranet.example{CHECK}"),
        ("https://www.example/intranet/", "/", f"https://www.example/intranet{CHECK}"),
        ("https://www.example/intranet", "/intranet/", f"https://www.example/intranet{CHECK}"),
    ],
)
def test_link_is_whole_however_the_site_is_mounted(
    settings: Any, base: str, prefix: str, link: str
) -> None:
    settings.WAGTAILADMIN_BASE_URL = base
    set_script_prefix(prefix)
    try:
        body = mail_of(MailKind.BULLETIN).body
    finally:
        set_script_prefix("/")

    assert link in body.split()


def test_without_an_address_of_the_site_there_is_no_link(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = None

    assert "http" not in mail_of(MailKind.BULLETIN).body


@pytest.mark.urls("wagtail.urls")
def test_site_without_the_screens_delivers_as_well() -> None:
    assert "http" not in mail_of(MailKind.BULLETIN).body
