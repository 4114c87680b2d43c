"""The storage and the rows are compared: strays go, gaps are told, a wrong storage is spared."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.evidence import add_evidence, reconcile_evidence
from cautionary_plugin.actions.reports import discard_draft
from cautionary_plugin.models import Evidence, IncidentReport
from cautionary_plugin.sealing import objects
from cautionary_plugin.sealing.cipher import new_key
from tests.files import PHOTO
from tests.servers.moto import bucket, everything_in, s3
from tests.storages import BUCKET, files_in, keep_evidence_in

NOW = timezone.now()
DAY = timedelta(days=1)


def kept(report: IncidentReport) -> Evidence:
    return add_evidence(
        case_file=report.case_file,
        content=BytesIO(PHOTO),
        name="door.jpg",
        by=report.reporter,
        at=NOW,
    )


def stray(count: int = 1) -> None:
    for _object in range(count):
        evidence = Evidence()
        objects.put(new_key(), BytesIO(b"cut off"), name=objects.random_name(), owner=evidence.pk)


def test_what_a_cut_off_upload_left_is_removed_a_day_later(
    report: IncidentReport, storage: Path
) -> None:
    evidence = kept(report)
    stray(2)

    assert reconcile_evidence(at=NOW).removed == 0, "an upload may be on its way"
    found = reconcile_evidence(at=NOW + 2 * DAY)

    assert (found.removed, found.strays, found.missing) == (2, 0, 0)
    assert files_in(storage) == [storage / evidence.object_name]


def test_storage_that_seems_to_be_another_sites_is_left_alone(
    report: IncidentReport, storage: Path
) -> None:
    stray(21)

    found = reconcile_evidence(at=NOW + 2 * DAY)

    assert (found.removed, found.strays) == (0, 21)
    assert len(files_in(storage)) == 21


def test_missing_object_is_told(report: IncidentReport, storage: Path) -> None:
    (storage / kept(report).object_name).unlink()
    kept(report)

    assert reconcile_evidence(at=NOW).missing == 1


def test_storage_that_was_never_written_to(report: IncidentReport, storage: Path) -> None:
    assert not storage.exists()
    found = reconcile_evidence(at=NOW)

    assert (found.removed, found.strays, found.missing) == (0, 0, 0)


def test_object_that_was_written_again_counts_from_then(
    report: IncidentReport, storage: Path
) -> None:
    stray()
    (path,) = files_in(storage)
    later = (NOW + DAY).timestamp()
    os.utime(path, (later, later))

    assert reconcile_evidence(at=NOW + 1.5 * DAY).removed == 0


def test_bucket_is_compared_too(report: IncidentReport, settings: Any) -> None:
    with bucket() as options:
        keep_evidence_in(settings, BUCKET, {**options, "location": "register"})
        evidence = kept(report)
        stray()

        found = reconcile_evidence(at=NOW + 2 * DAY)

        assert (found.removed, found.missing) == (1, 0)
        (left,) = {key for key, _version in everything_in(options)}
        assert left == f"register/{evidence.object_name}"


@pytest.mark.django_db(transaction=True)
def test_draft_that_is_thrown_away_takes_its_objects_along(
    report: IncidentReport, storage: Path
) -> None:
    kept(report)
    IncidentReport.objects.update(typed_by=report.reporter)
    report.refresh_from_db()

    discard_draft(report=report, by=report.reporter, at=NOW)

    assert files_in(storage) == []


@pytest.mark.clause("A9")
def test_object_that_a_bucket_marks_as_deleted_is_missing(
    report: IncidentReport, settings: Any
) -> None:
    """Its older version still lies there, and is nobody's: whoever opens it finds nothing."""
    with bucket() as options:
        keep_evidence_in(settings, BUCKET, {**options, "location": "register"})
        evidence = kept(report)
        assert reconcile_evidence(at=NOW).missing == 0
        s3(options).delete_object(
            Bucket=options["bucket_name"], Key=f"register/{evidence.object_name}"
        )

        found = reconcile_evidence(at=NOW + 2 * DAY)

    assert (found.removed, found.missing) == (0, 1)
