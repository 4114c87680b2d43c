"""``cautionary_reconcile`` says what does not agree, and removes when it is told to (A9)."""

from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.utils import timezone

from cautionary_plugin.actions.evidence import add_evidence
from cautionary_plugin.models import Evidence, IncidentReport
from cautionary_plugin.sealing import objects
from cautionary_plugin.sealing.cipher import new_key
from tests.council import found_council
from tests.files import PHOTO
from tests.life import drafted
from tests.storages import FOLDER, files_in, keep_evidence_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A9")]


@pytest.fixture
def storage(settings: Any, tmp_path: Path) -> Path:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return tmp_path / "evidence"


@pytest.fixture
def evidence(storage: Path) -> Evidence:
    report: IncidentReport = drafted(found_council())
    return add_evidence(
        case_file=report.case_file,
        content=BytesIO(PHOTO),
        name="door.jpg",
        by=report.reporter,
        at=timezone.now(),
    )


def stray(count: int = 1) -> None:
    for _object in range(count):
        objects.put(new_key(), BytesIO(b"cut off"), name=objects.random_name(), owner=uuid4())


def run(*options: str) -> str:
    """What the command says two days from now."""
    said = StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("cautionary_reconcile", *options, stdout=said)
    return said.getvalue()


def test_storage_and_rows_that_agree(evidence: Evidence) -> None:
    assert "1 objects in the storage, 1 files on record." in run()


def test_strays_are_told_and_stay_unless_they_are_to_go(evidence: Evidence, storage: Path) -> None:
    stray(2)

    with pytest.raises(CommandError, match="2 objects belong to nothing"):
        run()
    assert len(files_in(storage)) == 3

    assert "Removed 2 objects" in run("--remove")
    assert files_in(storage) == [storage / evidence.object_name]


def test_many_strays_go_only_when_somebody_has_looked(evidence: Evidence, storage: Path) -> None:
    stray(21)

    with pytest.raises(CommandError, match="21 objects belong to nothing"):
        run("--remove")
    assert "Removed 21 objects" in run("--remove", "--however-many")

    assert len(files_in(storage)) == 1


def test_missing_file_is_named_by_the_reference_of_its_report(
    evidence: Evidence, storage: Path
) -> None:
    (storage / evidence.object_name).unlink()
    said = StringIO()

    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("cautionary_reconcile", stdout=said)

    assert f"Missing: a file of {evidence.case_file.report.reference}" in said.getvalue()


def test_upload_on_its_way_is_no_stray(evidence: Evidence) -> None:
    stray()
    said = StringIO()

    call_command("cautionary_reconcile", "--remove", stdout=said)

    assert "1 objects of today may be uploads on their way." in said.getvalue()


def test_storage_that_does_not_answer_is_said(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise OSError

    monkeypatch.setattr(FileSystemStorage, "listdir", fail)

    with pytest.raises(CommandError, match="does not answer"):
        run()
