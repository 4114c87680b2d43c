"""Everything that can be said about somebody is planted, shown, erased, and then found nowhere."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from cautionary_plugin.actions.erasure.rows import _parents_first
from cautionary_plugin.actions.evidence import open_evidence
from cautionary_plugin.models import CaseFile, DeletionCertificate, Entry, Evidence, OutboxMessage
from cautionary_plugin.sealing.journal import get_journal
from cautionary_plugin.sealing.sealed_field import SealedField
from tests.council import (
    Council,
    ask,
    found_council,
    let_into_wagtail,
    make_reader,
    through_the_door,
)
from tests.servers.moto import bucket, everything_in, s3
from tests.storages import BUCKET, FOLDER, files_in, keep_evidence_in
from tests.thief import bytes_as_stored, database_as_a_thief_has_it, found
from tests.whole_files import WORD, whole_file

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


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


def _planted() -> list[str]:
    """Each planted text: one for each sealed field of each model that hangs on a file."""
    coded = {"Entry.markers", "Entry.control_measures", "Entry.restrictions"}
    names = [
        (model.__name__, field.name)
        for model in _parents_first()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField) and field.name != "born_on"
    ]
    apart = ("Person", "Premises", "LegalHold")
    texts = [
        f"{WORD} of {model} {field}"
        for model, field in names
        if model not in apart and f"{model}.{field}" not in coded
    ]
    return [*texts, f"{WORD} of Person", f"{WORD} of evidence bytes"]


def _export(council: Council, to: Path) -> bytes:
    """What the owner could read, in the open: every sealed field, and the evidence."""
    told: list[Any] = []
    for model in _parents_first():
        sealed = [
            each.name for each in model._meta.concrete_fields if isinstance(each, SealedField)
        ]
        told += [[str(getattr(row, name)) for name in sealed] for row in model._base_manager.all()]
    pieces = [json.dumps(told).encode()]
    for evidence in Evidence.objects.all():
        pieces += open_evidence(evidence=evidence, by=council.owner, at=timezone.now())
    to.write_bytes(b"\n".join(pieces))
    return to.read_bytes()


def _use(council: Council, entry: Entry) -> str:
    """Check, open, look at the register and the evidence: what was seen on the screens."""
    officer, owner = through_the_door(make_reader(council)), through_the_door(council.owner)
    seen = ask(officer, f"{WORD} of Person").content
    seen += officer.get(reverse("cautionary:entry", args=[entry.reference])).content
    register = reverse("cautionary_register_modeladmin_inspect", args=[entry.reference])
    seen += owner.get(register).content
    evidence = reverse("cautionary_evidence", args=[Evidence.objects.get().pk])
    seen += b"".join(owner.get(evidence).streaming_content)  # type: ignore[attr-defined]
    return bytes(seen).decode()


def _left_behind(logged: pytest.LogCaptureFixture, capfd: Any) -> dict[str, bytes | str]:
    """Every place of the host that something may stay in."""
    return {
        "database": database_as_a_thief_has_it(),
        "log": logged.text,
        "console": "".join(capfd.readouterr()),
        "sessions": " ".join(str(each.get_decoded()) for each in Session.objects.all()),
        "mail": " ".join(message.message().as_string() for message in mail.outbox),
        "journal": get_journal().path.read_bytes(),
        "certificate": str(DeletionCertificate.objects.values().get()),
    }


@pytest.mark.clause("A32")
@pytest.mark.clause("L7")
def test_erased_file_is_found_nowhere(
    council: Council,
    settings: Any,
    tmp_path: Path,
    logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder, now = tmp_path / "evidence", timezone.now()
    keep_evidence_in(settings, FOLDER, {"location": folder})
    entry = whole_file(council, at=now - 300 * DAY, expires_at=now + 65 * DAY)
    planted = _planted()

    # The right people see it, and the same search finds all of it in what they could export …
    seen = _use(council, entry)
    assert WORD in seen
    assert f"{WORD} of evidence bytes" in seen
    export = tmp_path / "export.json"
    assert found(planted, _export(council, export)) == planted
    export.unlink()
    # … its key and its sealed values are in the database …
    key = bytes_as_stored(bytes(entry.case_file.wrapped_key))
    sealed = bytes_as_stored(bytes(Entry.objects.values_list("spoc", flat=True).get()))
    before = database_as_a_thief_has_it()
    assert key in before
    assert sealed in before
    assert len(files_in(folder)) == 1

    Entry.objects.update(expires_at=now - DAY)
    call_command("cautionary_daily", stdout=StringIO())

    # … each place was really looked into …
    left = _left_behind(logged, capfd)
    assert entry.case_file.reference.encode() in left["database"]  # type: ignore[operator]
    assert entry.reference in left["certificate"]  # type: ignore[operator]
    assert "casefile" in left["log"]  # type: ignore[operator]
    assert len(mail.outbox) > 0
    assert "cautionary_purpose" in left["sessions"]  # type: ignore[operator]
    # … and after the erasure none of them holds a word of it, nor the key, nor what it sealed.
    assert not CaseFile.objects.exists()
    for place, content in left.items():
        assert found([WORD, "01632960871", "01632 960871"], content) == [], place
    assert key not in left["database"]  # type: ignore[operator]
    assert sealed not in left["database"]  # type: ignore[operator]
    assert files_in(folder) == []
    assert not OutboxMessage.objects.filter(reference=entry.reference).exists()
    assert not ModelLogEntry.objects.exists()
    assert not PageLogEntry.objects.exists()


@pytest.mark.clause("L7")
def test_bucket_keeps_no_version_of_erased_evidence(council: Council, settings: Any) -> None:
    now = timezone.now()
    with bucket() as options:
        keep_evidence_in(settings, BUCKET, {**options, "location": "register"})
        entry = whole_file(council, at=now - 300 * DAY, expires_at=now + 65 * DAY)
        other = whole_file(council, at=now - 300 * DAY, expires_at=now + 65 * DAY)
        name = Evidence.objects.get(case_file=entry.case_file).object_name
        where = {"Bucket": options["bucket_name"], "Key": f"register/{name}"}
        client = s3(options)
        client.put_object(**where, Body=client.get_object(**where)["Body"].read())
        client.delete_object(**where)
        before = everything_in(options)
        assert [name in key for key, _version in before].count(True) == 3
        assert not any(found([WORD], content) for content in before.values())

        Entry.objects.filter(pk=entry.pk).update(expires_at=now - DAY)
        call_command("cautionary_daily", stdout=StringIO())

        left = {key for key, _version in everything_in(options)}
        kept = Evidence.objects.get()
        assert kept.case_file == other.case_file
        assert left == {f"register/{kept.object_name}"}
        assert DeletionCertificate.objects.get().removed["versions"] == 3
