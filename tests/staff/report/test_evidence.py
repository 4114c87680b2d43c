"""Photos and files on a report: added from the page, listed under harmless names, removed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.reports import discard_draft
from cautionary_plugin.models import Evidence, IncidentReport
from cautionary_plugin.rules.states import ReportState
from tests.council import Council
from tests.factors import make_person
from tests.files import PHOTO
from tests.hostile import ODD
from tests.life import drafted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    """The folder that evidence is kept in."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "evidence"}},
    }
    settings.CAUTIONARY_EVIDENCE_STORAGE = "evidence"
    return tmp_path / "evidence"


@pytest.fixture
def report(council: Council, reporter: Any) -> IncidentReport:
    return drafted(council, reporter)


def photo(name: str = "door.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PHOTO, "image/jpeg")


def page(report: IncidentReport) -> str:
    return reverse("cautionary:report_evidence", args=[report.reference])


@pytest.mark.clause("A9")
def test_several_photos_are_added_at_once_and_listed(
    report: IncidentReport, browser: Client
) -> None:
    answer = browser.post(page(report), {"file": [photo(), photo("stairs.jpg")], "add": ""})

    shown = browser.get(answer.url).content.decode()
    assert answer.url == page(report)
    assert "door.jpg" in shown
    assert "stairs.jpg" in shown
    assert Evidence.objects.filter(case_file=report.case_file).count() == 2
    check = browser.get(reverse("cautionary:check_report", args=[report.reference]))
    assert "stairs.jpg" in check.content.decode()


@pytest.mark.clause("A9")
def test_next_takes_along_what_was_chosen(report: IncidentReport, browser: Client) -> None:
    answer = browser.post(page(report), {"file": photo()})

    assert answer.url == reverse("cautionary:check_report", args=[report.reference])
    assert Evidence.objects.count() == 1
    assert browser.post(page(report)).url == answer.url


@pytest.mark.clause("A9")
def test_file_is_removed_again(report: IncidentReport, browser: Client) -> None:
    browser.post(page(report), {"file": photo(), "add": ""})
    key = Evidence.objects.get().pk
    url = reverse("cautionary:remove_evidence", args=[report.reference, key])

    assert browser.get(url).status_code == 405
    assert browser.post(url).url == page(report)
    assert browser.post(url).status_code == 404
    assert not Evidence.objects.exists()


@pytest.mark.clause("A9")
@pytest.mark.parametrize(
    "content", [b"", b"<html><script>alert(1)</script>", b"MZ\x90\x00", b"\x00" * 40]
)
def test_file_that_cannot_be_taken_is_refused_and_the_good_one_stays(
    report: IncidentReport, browser: Client, content: bytes
) -> None:
    bad = SimpleUploadedFile("door.jpg", content, "image/jpeg")

    answer = browser.post(page(report), {"file": [photo(), bad]})

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert Evidence.objects.count() == 1


@pytest.mark.clause("A9")
def test_file_that_is_too_large_is_refused(
    report: IncidentReport, browser: Client, settings: Any
) -> None:
    settings.CAUTIONARY_EVIDENCE_MAX_SIZE = len(PHOTO) - 1

    answer = browser.post(page(report), {"file": photo()})

    assert answer.status_code == 400
    assert "larger than" in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
def test_name_of_a_file_does_no_harm(report: IncidentReport, browser: Client, words: str) -> None:
    answer = browser.post(page(report), {"file": photo(f"{words}.jpg"), "add": ""})

    assert answer.status_code == 302
    assert "<script>alert" not in browser.get(page(report)).content.decode()


@pytest.mark.clause("A9")
def test_nobody_adds_to_or_removes_from_a_colleagues_report(
    council: Council, report: IncidentReport, browser: Client
) -> None:
    browser.post(page(report), {"file": photo(), "add": ""})
    remove = reverse(
        "cautionary:remove_evidence", args=[report.reference, Evidence.objects.get().pk]
    )
    other = Client()
    other.force_login(make_person("other"))

    assert other.get(page(report)).status_code == 403
    assert other.post(page(report), {"file": photo()}).status_code == 403
    assert other.post(remove).status_code == 403
    assert Evidence.objects.count() == 1


@pytest.mark.clause("A9")
def test_file_of_another_report_is_not_removed_through_ones_own(
    council: Council, report: IncidentReport, browser: Client
) -> None:
    browser.post(page(report), {"file": photo(), "add": ""})
    mine = drafted(council, report.typed_by)
    url = reverse("cautionary:remove_evidence", args=[mine.reference, Evidence.objects.get().pk])

    assert browser.post(url).status_code == 404
    assert Evidence.objects.count() == 1


@pytest.mark.clause("A9")
def test_report_that_came_back_takes_evidence_and_one_that_was_sent_does_not(
    report: IncidentReport, browser: Client
) -> None:
    sent = {"submitted_at": timezone.now(), "occurred_on": timezone.localdate()}
    IncidentReport.objects.update(state=ReportState.RETURNED, **sent)
    assert browser.post(page(report), {"file": photo(), "add": ""}).url == page(report)

    IncidentReport.objects.update(state=ReportState.SUBMITTED)
    answer = browser.post(page(report), {"file": photo(), "add": ""})

    assert answer.url == reverse("cautionary:report_sent", args=[report.reference])
    assert Evidence.objects.count() == 1


@pytest.mark.clause("A34")
def test_throwing_a_draft_away_removes_its_files(
    report: IncidentReport,
    browser: Client,
    storage: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    browser.post(page(report), {"file": photo(), "add": ""})
    name = Path(Evidence.objects.get().object_name).name
    assert [each for each in storage.rglob(name) if each.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(report=report, by=report.typed_by, at=timezone.now())

    assert not Evidence.objects.exists()
    assert not [each for each in storage.rglob("*") if each.is_file()]
