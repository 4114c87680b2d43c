"""What is due and when: by its cause, its days and the clock (A32, A34)."""

from datetime import timedelta
from typing import Any

import pytest

from cautionary_plugin.actions.erasure import erase_due, erase_file
from cautionary_plugin.models import (
    Appeal,
    CaseFile,
    Complaint,
    Correction,
    DeletionCertificate,
    Disclosure,
    Letter,
    Review,
    Statement,
)
from cautionary_plugin.rules.errors import NotNow
from cautionary_plugin.rules.retention import Cause
from cautionary_plugin.rules.states import EntryState, ReportState
from cautionary_plugin.rules.vocabulary import DecisionOutcome, WhyEnded
from tests.actions.erasure.files import DAY, NOW, YEAR, declined, expired
from tests.council import Council
from tests.whole_files import entry_on, open_file, removed, report_on, whole_file


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


@pytest.mark.clause("A34")
@pytest.mark.parametrize("model", [Appeal, Complaint, Correction, Disclosure, Review, Statement])
def test_what_followed_from_an_entry_is_kept_no_longer_than_its_file(
    council: Council, model: type[Any]
) -> None:
    expired(council)
    assert model.objects.exists()

    erase_due(at=NOW)

    assert not model.objects.exists()


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
