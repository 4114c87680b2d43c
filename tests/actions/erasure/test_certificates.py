"""Each erasure is certified once, in order, and only when it is whole."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage

from cautionary_plugin.actions.erasure import erase_due, erasing
from cautionary_plugin.models import CaseFile, DeletionCertificate, IncidentReport
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import DecisionOutcome
from cautionary_plugin.sealing.journal import get_journal
from tests.actions.erasure.files import DAY, NOW, YEAR, declined, expired
from tests.council import Council
from tests.storages import files_in
from tests.whole_files import open_file, report_on


def test_journal_gets_the_certificates_line(council: Council) -> None:
    file = expired(council).case_file

    erase_due(at=NOW)

    (line,) = get_journal().lines()
    assert (line.number, line.file, line.reference, line.at) == (1, file.pk, file.reference, NOW)


def test_certificate_is_never_signed_before_it_was_begun(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    expired(council)
    monkeypatch.setattr(FileSystemStorage, "delete", _fail)
    erase_due(at=NOW)
    monkeypatch.undo()

    erase_due(at=NOW - 40 * DAY)

    certificate = DeletionCertificate.objects.get()
    assert certificate.erased_at == certificate.started_at == NOW


def test_running_again_changes_nothing(council: Council) -> None:
    expired(council)
    erase_due(at=NOW)
    certificate = DeletionCertificate.objects.values().get()
    journal = get_journal().path.read_bytes()

    assert erase_due(at=NOW + DAY).files == 0

    assert DeletionCertificate.objects.values().get() == certificate
    assert get_journal().path.read_bytes() == journal


def test_numbers_have_no_gap(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "BATCH", 2)
    for _file in range(5):
        declined(council, DecisionOutcome.DECLINE, at=NOW - YEAR)

    assert erase_due(at=NOW).files == 5

    numbers = list(DeletionCertificate.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5] == [line.number for line in get_journal().lines()]


def _fail(*args: Any, **kwargs: Any) -> None:
    raise OSError("the bucket is asleep")


def test_storage_that_does_not_answer_leaves_the_certificate_open_and_the_file_shut(
    council: Council, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expired(council)
    declined(council, DecisionOutcome.DECLINE, at=NOW - YEAR)
    monkeypatch.setattr(FileSystemStorage, "delete", _fail)

    erased = erase_due(at=NOW)

    assert (erased.files, erased.waiting) == (1, 1), "what has no evidence is erased"
    waiting = DeletionCertificate.objects.get(erased_at=None)
    assert CaseFile.objects.get(pk=waiting.file_id).key_is_forgotten
    assert len(files_in(storage)) == 1

    monkeypatch.undo()
    assert erase_due(at=NOW + DAY).files == 1
    assert files_in(storage) == []
    waiting.refresh_from_db()
    assert (waiting.started_at, waiting.erased_at) == (NOW, NOW + DAY)


def test_erased_while_it_was_looked_at_is_looked_at_again_under_the_lock(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft is touched between the search for what is due and the certificate."""
    report = report_on(council, open_file(NOW - YEAR), at=NOW - YEAR, state=ReportState.DRAFT)
    lock_files = erasing.lock_files

    def slowly(family: Any) -> None:
        IncidentReport.objects.update(changed_at=NOW)
        lock_files(family)

    monkeypatch.setattr(erasing, "lock_files", slowly)

    assert erase_due(at=NOW).files == 0
    assert IncidentReport.objects.get() == report
