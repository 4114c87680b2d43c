"""Uploads of evidence never touch a disk in the open, and forged ones are still refused."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from cautionary_plugin.access.uploads import takes_evidence

seen: list[Any] = []


@takes_evidence
def upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    seen.append((request.POST.get("title"), file, len(file.read())))
    return HttpResponse("kept")


urlpatterns = [path("upload/", upload)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    seen.clear()


def send(client: Client, size: int, **options: Any) -> HttpResponse:
    file = SimpleUploadedFile("a.jpg", b"x" * size)
    return client.post("/upload/", {"title": "door", "file": file}, **options)  # type: ignore[return-value]


def test_large_upload_stays_in_memory(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not-there")

    response = send(Client(), 3_000_000)

    ((title, file, read),) = seen
    assert (response.status_code, title, file.size) == (200, "door", read)
    assert read == 3_000_000
    assert not hasattr(file, "temporary_file_path")


def test_upload_that_is_too_large_is_cut_and_seen_as_too_large(settings: Any) -> None:
    settings.CAUTIONARY_EVIDENCE_MAX_SIZE = 100_000

    send(Client(), 350_000)

    ((_title, file, read),) = seen
    assert file.size == read == 100_001


def test_upload_without_end_is_refused(settings: Any) -> None:
    settings.CAUTIONARY_EVIDENCE_MAX_SIZE = 1000

    assert send(Client(), 3_000_000).status_code == 400
    assert seen == []


def test_many_uploads_without_end_are_refused(settings: Any) -> None:
    settings.CAUTIONARY_EVIDENCE_MAX_SIZE = 100_000
    files = [SimpleUploadedFile(f"{n}.jpg", b"x" * 90_000) for n in range(12)]

    response = Client().post("/upload/", {"title": "door", "file": files})

    assert response.status_code == 400
    assert seen == []


def test_forged_upload_is_refused() -> None:
    response = send(Client(enforce_csrf_checks=True), 10)

    assert response.status_code == 403
    assert seen == []
