"""An expired file goes with all that hangs on it, and nothing else is touched (A32, L7)."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cautionary_plugin.actions.erasure import erase_due, erase_file
from cautionary_plugin.actions.erasure.rows import _parents_first
from cautionary_plugin.lookup.register import bring_up_to_date
from cautionary_plugin.models import AccessRecord, CaseFile, DeletionCertificate, Entry
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome
from tests.actions.erasure.files import DAY, NOW, YEAR, expired, rows_left
from tests.council import Council
from tests.storages import files_in
from tests.whole_files import (
    decision_on,
    evidence_on,
    open_file,
    person_on,
    report_on,
    secrets,
    whole_file,
)


@pytest.mark.clause("A32")
@pytest.mark.clause("L7")
def test_expired_file_is_erased_with_all_that_hangs_on_it(council: Council, storage: Path) -> None:
    entry = expired(council)
    file = entry.case_file
    assert set(rows_left()) | {"Premises", "LegalHold"} == {
        model.__name__ for model in _parents_first()
    }, "the whole file has a row of every model that can hang on one"
    before = rows_left()

    erased = erase_due(at=NOW)

    assert (erased.files, erased.waiting, erased.held) == (1, 0, 0)
    assert rows_left() == {}
    assert not CaseFile.objects.exists()
    assert files_in(storage) == []
    certificate = DeletionCertificate.objects.get()
    assert (certificate.number, certificate.file_id) == (1, file.pk)
    assert certificate.file_reference == file.reference
    assert certificate.entry_references == [entry.reference]
    assert certificate.cause == Cause.EXPIRED
    assert (certificate.started_at, certificate.erased_at) == (NOW, NOW)
    assert certificate.removed == {"versions": 1, "rows": {**before, "CaseFile": 1}}


def test_every_model_with_a_sealed_field_hangs_on_a_file_or_has_its_own_key() -> None:
    own = {
        "Authenticator",
        "CaseFile",
        "EmergencyAccess",
        "LegacyUpload",
        "Partner",
        "PartnerCertificate",
        "PartnerContact",
        "ReadingGrant",
        "SharingAgreement",
        "UsageReview",
    }
    sealed = {
        model.__name__
        for model in apps.get_app_config("cautionary_plugin").get_models()
        if hasattr(model, "sealed_under")
    }

    assert sealed - own <= {model.__name__ for model in _parents_first()}


def test_lookup_and_its_index_go_on(council: Council) -> None:
    expired(council)
    whole_file(council, at=NOW - DAY, expires_at=NOW + DAY)

    erase_due(at=NOW)

    assert len(bring_up_to_date()) == 1


def test_other_files_are_not_touched(council: Council, storage: Path) -> None:
    expired(council)
    live = whole_file(council, at=NOW - DAY, expires_at=NOW + DAY)
    before = {path.read_bytes() for path in files_in(storage)}

    erase_due(at=NOW)

    assert list(CaseFile.objects.all()) == [live.case_file]
    live.refresh_from_db()
    assert live.handling == secrets(Entry)["handling"]
    assert {path.read_bytes() for path in files_in(storage)} < before
    assert set(rows_left()) | {"Premises", "LegalHold"} == {
        model.__name__ for model in _parents_first()
    }


def test_what_was_joined_goes_along(council: Council, storage: Path) -> None:
    entry = expired(council)
    joined = report_on(council, open_file(NOW - YEAR), at=NOW - YEAR)
    CaseFile.objects.filter(pk=joined.case_file_id).update(joined_to=entry.case_file)
    decision_on(joined, DecisionOutcome.JOIN, at=NOW - YEAR, entry=entry)
    evidence_on(joined.case_file, b"more of it", at=NOW - YEAR)

    erase_due(at=NOW)

    assert not CaseFile.objects.exists()
    assert files_in(storage) == []
    certificate = DeletionCertificate.objects.get()
    assert certificate.removed["rows"]["CaseFile"] == 2
    assert certificate.removed["versions"] == 2


def test_access_record_keeps_the_reference_alone(council: Council) -> None:
    entry = expired(council)
    AccessRecord.objects.create(at=NOW - DAY, act=Act.VIEWED, reference=entry.reference)

    erase_due(at=NOW)

    assert AccessRecord.objects.filter(reference=entry.reference, act=Act.VIEWED).count() == 1


def test_as_many_statements_for_three_files_as_for_six(council: Council) -> None:
    def statements(files: int) -> int:
        for _file in range(files):
            report = report_on(council, open_file(NOW - YEAR), at=NOW - YEAR)
            decision_on(report, DecisionOutcome.DECLINE, at=NOW - YEAR)
            person_on(report.case_file)
        with CaptureQueriesContext(connection) as queries:
            assert erase_due(at=NOW).files == files
        return len(queries)

    statements(1)

    assert statements(3) == statements(6)


def test_erase_one_file(council: Council) -> None:
    first, second = expired(council), expired(council)

    certificate = erase_file(first.case_file, at=NOW)

    assert certificate.erased_at == NOW
    assert list(CaseFile.objects.all()) == [second.case_file]
