"""What is due is erased whole, certified, and nothing else is touched."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cautionary_plugin.actions.erasure import erase_due, erase_file, erasing
from cautionary_plugin.actions.erasure.rows import _parents_first
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.lookup.register import bring_up_to_date
from cautionary_plugin.models import (
    AccessRecord,
    CaseFile,
    DeletionCertificate,
    Entry,
    IncidentReport,
    LegalHold,
    Letter,
    MailKind,
    OutboxMessage,
)
from cautionary_plugin.rules.errors import NotNow
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.states import EntryState, ReportState
from cautionary_plugin.rules.vocabulary import Act, DecisionOutcome, WhyEnded
from cautionary_plugin.sealing.journal import get_journal
from tests.council import Council
from tests.storages import files_in
from tests.whole_files import (
    decision_on,
    entry_on,
    evidence_on,
    open_file,
    person_on,
    removed,
    report_on,
    secrets,
    whole_file,
)

NOW = timezone.now()
DAY = timedelta(days=1)
YEAR = 365 * DAY


def expired(council: Council, *, days: int = 1) -> Entry:
    """An entry with everything on its file, whose term was over so many days ago."""
    entry = whole_file(council, at=NOW - YEAR, expires_at=NOW - days * DAY)
    lapse_entries(at=NOW)
    return entry


def rows_left() -> dict[str, int]:
    """How many rows of each model that hangs on a case file.

    That partners must delete an entry is told by its reference, whatever becomes of the file (L14).
    """
    found = {model.__name__: model._base_manager.count() for model in _parents_first()}
    found["OutboxMessage"] = OutboxMessage.objects.exclude(kind=MailKind.WITHDRAWAL).count()
    return {name: number for name, number in found.items() if number}


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


def test_journal_gets_the_certificates_line(council: Council) -> None:
    file = expired(council).case_file

    erase_due(at=NOW)

    (line,) = get_journal().lines()
    assert (line.number, line.file, line.reference, line.at) == (1, file.pk, file.reference, NOW)


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


def test_file_with_a_live_or_held_entry_stays(council: Council) -> None:
    entry = expired(council)
    entry_on(
        council,
        entry.case_file,
        at=NOW - DAY,
        expires_at=NOW + DAY,
        state=EntryState.HELD,
    )

    assert erase_due(at=NOW).files == 0
    with pytest.raises(NotNow):
        erase_file(entry.case_file, at=NOW)

    assert DeletionCertificate.objects.count() == 0


def declined(council: Council, outcome: str, *, at: datetime) -> CaseFile:
    report = report_on(council, open_file(at), at=at)
    decision_on(report, outcome, at=at)
    return report.case_file


@pytest.mark.clause("A34")
@pytest.mark.parametrize(
    ("outcome", "days", "cause"),
    [
        (DecisionOutcome.DECLINE, 90, Cause.DECLINED),
        (DecisionOutcome.WARNING, 365, Cause.WARNED),
    ],
)
def test_report_without_an_entry_is_kept_for_its_days(
    council: Council, outcome: str, days: int, cause: Cause
) -> None:
    file = declined(council, outcome, at=NOW)

    assert erase_due(at=NOW + days * DAY - timedelta(seconds=1)).files == 0
    assert erase_due(at=NOW + days * DAY).files == 1

    assert not CaseFile.objects.filter(pk=file.pk).exists()
    assert DeletionCertificate.objects.get().cause == cause


@pytest.mark.clause("A34")
@pytest.mark.parametrize(
    ("state", "days", "cause"),
    [
        (ReportState.DRAFT, 30, Cause.DRAFT),
        (ReportState.SUBMITTED, 365, Cause.UNDECIDED),
        (ReportState.RETURNED, 365, Cause.UNDECIDED),
        (ReportState.COUNTERSIGNED, 365, Cause.UNDECIDED),
    ],
)
def test_report_that_nobody_decides_on_is_not_kept_for_ever(
    council: Council, state: ReportState, days: int, cause: Cause
) -> None:
    report_on(council, open_file(NOW), at=NOW, state=state)

    assert erase_due(at=NOW + (days - 1) * DAY).files == 0
    assert erase_due(at=NOW + days * DAY).files == 1
    assert DeletionCertificate.objects.get().cause == cause


def test_terms_are_settings(council: Council, settings: Any) -> None:
    settings.CAUTIONARY_KEEP_DECLINED_DAYS = 10
    declined(council, DecisionOutcome.DECLINE, at=NOW)

    assert erase_due(at=NOW + 10 * DAY).files == 1


def test_removed_entry_waits_for_its_letters_for_thirty_days(council: Council) -> None:
    entry = whole_file(council, at=NOW - DAY, expires_at=NOW + YEAR)
    removed(entry, at=NOW, why=WhyEnded.APPEAL)

    assert erase_due(at=NOW + 29 * DAY).files == 0
    Letter.objects.update(sent_on=NOW.date(), sent_by_method="post")
    assert erase_due(at=NOW + DAY).files == 1


def test_removed_entry_does_not_wait_for_ever(council: Council) -> None:
    entry = whole_file(council, at=NOW - DAY, expires_at=NOW + YEAR)
    removed(entry, at=NOW, why=WhyEnded.APPEAL)

    assert erase_due(at=NOW + 30 * DAY).files == 1


@pytest.mark.clause("A32")
def test_ten_days_late_is_as_good(council: Council) -> None:
    expired(council, days=10)

    assert erase_due(at=NOW).files == 1


def test_clock_set_back_erases_nothing(council: Council) -> None:
    entry = expired(council)

    assert erase_due(at=NOW - 3 * DAY).files == 0
    assert CaseFile.objects.filter(pk=entry.case_file_id).exists()


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


@pytest.mark.clause("L13")
def test_legal_hold_stops_it_visibly_until_it_ends(council: Council) -> None:
    file = expired(council).case_file
    hold = {"placed_at": NOW - DAY, "ends_on": timezone.localdate(NOW + 9 * DAY)}
    LegalHold.objects.create(case_file=file, **hold, **secrets(LegalHold))

    erased = erase_due(at=NOW)

    assert (erased.files, erased.held) == (0, 1)
    with pytest.raises(NotNow):
        erase_file(file, at=NOW)
    assert erase_due(at=NOW + 9 * DAY).files == 1
    assert DeletionCertificate.objects.get().removed["rows"]["LegalHold"] == 1


def test_hold_on_what_was_joined_stops_it_too(council: Council) -> None:
    entry = expired(council)
    joined = open_file(NOW - YEAR)
    CaseFile.objects.filter(pk=joined.pk).update(joined_to=entry.case_file)
    LegalHold.objects.create(
        case_file=joined,
        placed_at=NOW,
        ends_on=timezone.localdate(NOW + DAY),
        **secrets(LegalHold),
    )

    assert erase_due(at=NOW).held == 1


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
