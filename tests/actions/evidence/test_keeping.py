"""Evidence is added and removed by its writer, sealed, and never half kept."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError

from cautionary_plugin.actions.evidence import add_evidence, remove_evidence
from cautionary_plugin.models import AccessRecord, Evidence, IncidentReport
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, NotNow, NotStored, NotYours
from cautionary_plugin.rules.states import ReportState
from cautionary_plugin.rules.vocabulary import Act
from tests.actions.evidence.conftest import draft
from tests.actions.evidence.scanners import SIGNATURE
from tests.council import Council
from tests.factors import NOON, make_person
from tests.files import NOT_TAKEN, PHOTO
from tests.storages import files_in

HERE = "tests.actions.evidence.scanners"
WORDS = b"He kept a marmalade guillotine behind the door. " * 4000


def added(report: IncidentReport, content: bytes = PHOTO, name: str = "door.jpg") -> Evidence:
    return add_evidence(
        case_file=report.case_file,
        content=BytesIO(content),
        name=name,
        by=report.reporter,
        at=NOON,
    )


@pytest.mark.clause("A9")
def test_evidence_is_kept_sealed_under_a_random_name(report: IncidentReport, storage: Path) -> None:
    evidence = added(report, WORDS, "marmalade.txt")

    (kept,) = files_in(storage)
    assert kept == storage / evidence.object_name
    assert b"marmalade" not in kept.read_bytes()
    assert b"marmalade" in WORDS
    assert (evidence.kind, evidence.size) == ("text/plain", len(WORDS))
    again = Evidence.objects.get()
    assert (again.title, again.added_by, again.scanned_at) == (
        "marmalade.txt",
        report.reporter,
        None,
    )


def test_private_folder_is_its_owners_only(report: IncidentReport, settings: Any) -> None:
    settings.CAUTIONARY_EVIDENCE_STORAGE = None
    settings.BASE_DIR = Path(settings.BASE_DIR) / "of-its-own"

    evidence = added(report)

    folder = settings.BASE_DIR / ".cautionary" / "evidence"
    kept = folder / evidence.object_name
    assert kept.stat().st_mode & 0o777 == 0o600
    assert {part.stat().st_mode & 0o077 for part in (kept.parent, kept.parent.parent)} == {0}
    assert Path(settings.MEDIA_ROOT) not in kept.parents


def test_typist_adds_too(council: Council, storage: Path) -> None:
    typist = make_person("typist")
    report = draft(council, make_person("witness"), typed_by=typist)

    evidence = add_evidence(
        case_file=report.case_file, content=BytesIO(PHOTO), name="a.jpg", by=typist, at=NOON
    )

    assert evidence.added_by == typist


def test_each_change_is_recorded_without_a_name(report: IncidentReport) -> None:
    evidence = added(report)
    remove_evidence(evidence=evidence, by=report.reporter, at=NOON)

    lines = AccessRecord.objects.filter(act=Act.EVIDENCE)
    assert {(line.user, line.reference) for line in lines} == {(report.reporter, report.reference)}
    assert lines.count() == 2


def test_colleague_may_not_add_or_remove(
    report: IncidentReport, council: Council, storage: Path
) -> None:
    evidence = added(report)

    for person in (make_person("neighbour"), council.owner):
        with pytest.raises(NotYours):
            add_evidence(
                case_file=report.case_file, content=BytesIO(PHOTO), name="", by=person, at=NOON
            )
        with pytest.raises(NotYours):
            remove_evidence(evidence=evidence, by=person, at=NOON)

    assert len(files_in(storage)) == Evidence.objects.count() == 1


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.DECIDED])
def test_evidence_of_a_report_that_was_sent_in_stays_as_it_is(
    report: IncidentReport, storage: Path, state: ReportState
) -> None:
    evidence = added(report)
    IncidentReport.objects.update(state=state, submitted_at=NOON, occurred_on=NOON.date())
    report.refresh_from_db()
    evidence = Evidence.objects.get()

    with pytest.raises(NotNow):
        added(report)
    with pytest.raises(NotNow):
        remove_evidence(evidence=evidence, by=report.reporter, at=NOON)

    assert len(files_in(storage)) == 1


def test_report_that_was_sent_in_meanwhile_keeps_no_half(
    report: IncidentReport, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cautionary_plugin.sealing import objects

    put = objects.put

    def slowly(*args: Any, **kwargs: Any) -> None:
        put(*args, **kwargs)
        IncidentReport.objects.update(
            state=ReportState.SUBMITTED, submitted_at=NOON, occurred_on=NOON.date()
        )

    monkeypatch.setattr(objects, "put", slowly)

    with pytest.raises(NotNow):
        added(report)

    assert files_in(storage) == []
    assert not Evidence.objects.exists()


def test_row_that_fails_leaves_no_object(
    report: IncidentReport, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(Evidence, "save", fail)

    with pytest.raises(DatabaseError):
        added(report)

    assert files_in(storage) == []


def test_storage_that_does_not_answer_leaves_no_row(
    report: IncidentReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("bucket asleep")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)

    with pytest.raises(NotStored):
        added(report)

    assert not Evidence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_removed_evidence_takes_its_object_along(report: IncidentReport, storage: Path) -> None:
    evidence, other = added(report), added(report, WORDS)

    remove_evidence(evidence=evidence, by=report.reporter, at=NOON)

    assert files_in(storage) == [storage / other.object_name]
    assert Evidence.objects.get() == other
    with pytest.raises(AlreadyDone):
        remove_evidence(evidence=evidence, by=report.reporter, at=NOON)


def test_too_large_is_refused_by_its_true_size(
    report: IncidentReport, settings: Any, storage: Path
) -> None:
    settings.CAUTIONARY_EVIDENCE_MAX_SIZE = 10_000

    with pytest.raises(BadInput) as refusal:
        added(report, WORDS)

    assert refusal.value.problems == {"file": ["The file is larger than 10 kB."]}
    assert files_in(storage) == []


def test_one_file_too_many_is_refused(report: IncidentReport, settings: Any) -> None:
    settings.CAUTIONARY_EVIDENCE_MAX_FILES = 2
    added(report)
    added(report)

    with pytest.raises(BadInput, match="file"):
        added(report)

    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("name", ["web page", "bare svg", "program for Windows"])
def test_what_is_not_taken_leaves_nothing(report: IncidentReport, storage: Path, name: str) -> None:
    with pytest.raises(BadInput):
        added(report, NOT_TAKEN[name], "photo.jpg")

    assert files_in(storage) == []
    assert not Evidence.objects.exists()


def test_scanner_sees_the_whole_file_and_its_time_is_kept(
    report: IncidentReport, settings: Any
) -> None:
    settings.CAUTIONARY_EVIDENCE_SCANNER = f"{HERE}.thorough"

    assert added(report, WORDS).scanned_at == NOON


@pytest.mark.parametrize(
    ("scanner", "content", "words"),
    [
        ("thorough", WORDS + SIGNATURE, "harmful"),
        ("down", WORDS, "could not be checked"),
        ("not_there", WORDS, "could not be checked"),
    ],
)
def test_scanner_that_says_no_or_is_down_keeps_nothing(
    report: IncidentReport,
    storage: Path,
    settings: Any,
    scanner: str,
    content: bytes,
    words: str,
) -> None:
    settings.CAUTIONARY_EVIDENCE_SCANNER = f"{HERE}.{scanner}"

    with pytest.raises(BadInput) as refusal:
        added(report, content)

    (sentence,) = refusal.value.problems["file"]
    assert words in sentence
    assert files_in(storage) == []
    assert not Evidence.objects.exists()
