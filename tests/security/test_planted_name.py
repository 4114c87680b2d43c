"""A name goes in through the screens, is used in every way, and is nowhere but on the screen."""

import csv
import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from cautionary_plugin.models import AccessRecord, Entry, LegacyUpload
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    Council,
    ask,
    found_council,
    let_into_wagtail,
    make_reader,
    row,
    through_the_door,
)
from tests.factors import make_person
from tests.thief import database_as_a_thief_has_it, found

pytestmark = pytest.mark.django_db(transaction=True)

# Words of this test alone: free pages of the file may still hold what other tests wrote.
NAME = "Xanthippe Wolverstoneham"
TOLD = {
    "name": NAME,
    "aliases": "Zanthy Brackleford",
    "date_of_birth": "17/09/1958",
    "address": "41 Pomegranate Ginnel, Ullverby",
    "postcode": "QZ7 4XJ",
    "phone": "01632 960871",
    "email": "zanthy.b@wolverstoneham.example",
    "identifiers": "HB-7719043",
    "handling": "Keep the kaleidoscope counter between you.",
    "permitted_contact": "Carrier pigeon only, quoth the magistrate.",
    "spoc": "Desk of the turnstile warden",
    "basis": "Brandished a cuttlefish skillet at the assessor, who saw it.",
}
REASON = "Wolverstoneham is at the turnstile with a cuttlefish skillet."
SECRETS = [
    "Xanthippe",
    "Wolverstoneham",
    "Zanthy",
    "Brackleford",
    "1958-09-17",
    "17/09/1958",
    "Pomegranate",
    "Ginnel",
    "QZ7 4XJ",
    "QZ74XJ",
    "01632 960871",
    "01632960871",
    "HB-7719043",
    "kaleidoscope",
    "pigeon",
    "turnstile",
    "cuttlefish",
    "skillet",
]


@pytest.fixture
def council() -> Council:
    council = found_council()
    let_into_wagtail(council.owner)
    return council


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that anybody logs, each statement with its parameters included."""
    connection.force_debug_cursor = True
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "django"):
        yield caplog
    connection.force_debug_cursor = False


def _csv() -> bytes:
    cells = row(**TOLD)
    text = io.StringIO()
    writer = csv.DictWriter(text, cells)
    writer.writeheader()
    writer.writerow(cells)
    return text.getvalue().encode()


def _text(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode()


def _bring_in(owner: Client, council: Council) -> list[Any]:
    """Upload, look at the plan, enter: the database in between, and what the screens showed."""
    file = SimpleUploadedFile("list of Wolverstoneham.csv", _csv(), "text/csv")
    planned = owner.post(
        reverse("cautionary_legacy_upload"),
        {"register": council.register.pk, "file": file},
        follow=True,
    )
    plan, upload, stored = _text(planned), LegacyUpload.objects.get(), database_as_a_thief_has_it()
    entered = _text(owner.post(reverse("cautionary_legacy_enter", args=[upload.pk])))
    return [stored, plan, entered]


def _use(owner: Client, council: Council) -> str:
    """Check, view, acknowledge, mistype, be refused, break the glass; what the officer saw."""
    reader, stranger = make_reader(council, "reader"), make_person("wanderer-of-halls")
    officer, outsider = through_the_door(reader), through_the_door(stranger)
    reference = Entry.objects.get().reference
    page = reverse("cautionary:entry", args=[reference])
    seen = _text(ask(officer, "xantippe wolverstonham pomegranate ginnel"))
    ask(officer, name="Zanthy Brackleford", born_on="17 9 1958", phone="01632 960871")
    ask(officer, "Wolverstoneham " * 90)  # too long
    officer.get(reverse("cautionary:check"))
    seen += _text(officer.get(page))
    officer.post(reverse("cautionary:acknowledge", args=[reference]))
    ask(outsider, NAME)
    outsider.get(page)
    glass = {"register": council.register.pk, "reason": REASON}
    assert outsider.post(reverse("cautionary:emergency"), glass).status_code == 302
    seen += _text(ask(outsider, NAME))
    for name in ("index", "inspect", "history"):
        arguments = [] if name == "index" else [reference]
        url = reverse(f"cautionary_register_modeladmin_{name}", args=arguments)
        seen += _text(owner.get(url))
    return seen


@pytest.mark.clause("A38")
@pytest.mark.clause("A40")
@pytest.mark.clause("L5")
@pytest.mark.clause("L7")
def test_planted_name_is_nowhere_but_on_the_right_screens(
    council: Council, logged: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    owner = through_the_door(council.owner)
    while_uploaded, *working = _bring_in(owner, council)
    seen = _use(owner, council)

    stored = database_as_a_thief_has_it()
    sessions = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    messages = " ".join(message.message().as_string() for message in mail.outbox)
    acts = {line.act for line in AccessRecord.objects.all()}
    said = "".join(capfd.readouterr())

    # The right people did see it …
    assert found(["Xanthippe", "Pomegranate", "kaleidoscope", "cuttlefish"], seen) == [
        "Xanthippe",
        "Pomegranate",
        "kaleidoscope",
        "cuttlefish",
    ]
    # … each place was really looked into …
    assert b"wanderer-of-halls" in stored
    assert Entry.objects.get().reference.encode() in stored
    assert "cautionary_purpose" in sessions
    assert [message.subject for message in mail.outbox if "emergency" in message.subject]
    assert "accessrecord" in logged.text
    assert {
        Act.CHECKED,
        Act.SHOWN,
        Act.VIEWED,
        Act.ACKNOWLEDGED,
        Act.REFUSED,
        Act.BROKE_GLASS,
    } <= acts
    # … and it is in none of them.
    for place in (while_uploaded, stored, logged.text, said, sessions, messages, *working):
        assert found(SECRETS, place) == []
    assert not ModelLogEntry.objects.exists()
    assert not PageLogEntry.objects.exists()


def test_search_for_the_planted_name_would_find_it(council: Council) -> None:
    make_person("quillon-of-the-marsh")

    assert found(["Quillon"], database_as_a_thief_has_it()) == ["Quillon"]
    assert found(["Quillon"], "QUILLON".encode("utf-16-le")) == ["Quillon"]
