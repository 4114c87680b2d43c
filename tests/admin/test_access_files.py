"""Files of evidence in a subject access pack: looked at one by one, then enclosed (L8)."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.access_requests import look_at_line, release_pack
from cautionary_plugin.models import (
    AccessRecord,
    AccessRequest,
    CaseFile,
    ConflictDeclaration,
    Evidence,
    PackLine,
    PanelCase,
)
from cautionary_plugin.rules.access_requests import Choice, Ground
from cautionary_plugin.rules.evidence import described
from cautionary_plugin.rules.vocabulary import Act
from cautionary_plugin.sealing.objects import evidence_storage
from tests.access_requests import Desk, look_at_all, man_desk, prepared
from tests.council import found_council, let_into_wagtail, through_the_door
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import WORD, evidence_on, whole_file

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L8")]

CONTENT = f"{WORD} of evidence bytes".encode() * 100
OTHERS = b"The neighbour says that she saw it all. " * 50


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> Desk:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    desk = man_desk(found_council())
    for person in (desk.owner, desk.officer):
        let_into_wagtail(person)
    return desk


@pytest.fixture
def file(desk: Desk, now: datetime) -> CaseFile:
    entry = whole_file(desk.council, at=now, expires_at=now + timedelta(days=365))
    AccessRequest.objects.all().delete()
    evidence_on(entry.case_file, OTHERS, at=now + timedelta(seconds=1))
    return entry.case_file


@pytest.fixture
def request_(desk: Desk, file: CaseFile, now: datetime) -> AccessRequest:
    return prepared(desk, file, at=now)


@pytest.fixture
def officer(desk: Desk) -> Client:
    return through_the_door(desk.officer)


@pytest.fixture
def owner(desk: Desk) -> Client:
    return through_the_door(desk.owner)


def _url(name: str, request: AccessRequest, *further: Any) -> str:
    return reverse(f"cautionary_access_request{name}", args=[request.reference, *further])


def _lines(request: AccessRequest) -> list[PackLine]:
    """Those of the two files, his first; two of one day stand in no order."""
    lines = {line.row: line for line in request.lines.filter(source="Evidence.file")}
    his = Evidence.objects.get(size=len(CONTENT))
    hers = Evidence.objects.get(size=len(OTHERS))
    return [lines[str(his.pk)], lines[str(hers.pk)]]


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def _released(desk: Desk, request: AccessRequest, now: datetime) -> None:
    """The first file is told, the second is about the neighbour; all else is told."""
    his, hers = _lines(request)
    told: dict[str, Any] = {"by": desk.owner, "at": now}
    look_at_line(line=his, choice=Choice.KEEP, **told)
    look_at_line(line=hers, choice=Choice.WITHHOLD, ground=Ground.OTHERS, **told)
    look_at_all(desk, request, at=now)
    release_pack(request=request, by=desk.officer, at=now)


def test_file_is_a_line_that_is_withheld_unless_somebody_says_otherwise(
    owner: Client, request_: AccessRequest
) -> None:
    his = _lines(request_)[0]
    assert (his.text, his.names_others, his.choice) == (
        described("text/plain", len(CONTENT)),
        True,
        "",
    )

    page = owner.get(_url("_line", request_, his.pk)).content.decode()

    assert _url("_line_file", request_, his.pk) in page
    checked = [part for part in page.split("<input")[1:] if "checked" in part.split(">")[0]]
    assert len(checked) == 1
    assert 'value="withhold"' in checked[0]


def test_reviewer_and_officer_open_a_file_before_it_is_given_and_that_is_recorded(
    owner: Client, officer: Client, desk: Desk, request_: AccessRequest
) -> None:
    his = _lines(request_)[0]

    answers = [browser.get(_url("_line_file", request_, his.pk)) for browser in (owner, officer)]

    for answer in answers:
        assert _body(answer) == CONTENT
        assert answer["Content-Disposition"].startswith(f'attachment; filename="{request_}-')
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer["Cache-Control"]
    lines = AccessRecord.objects.filter(act=Act.READ_EVIDENCE)
    assert [line.user for line in lines.order_by("pk")] == [desk.owner, desk.officer]
    report = Evidence.objects.get(pk=his.row).case_file.report
    assert {line.reference for line in lines} == {report.reference}


def test_pack_encloses_the_files_that_were_chosen_and_no_other(
    officer: Client, desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    his = _lines(request_)[0]
    assert officer.get(_url("_file", request_, "zip")).status_code == 409
    _released(desk, request_, now)

    answer = officer.get(_url("_file", request_, "zip"))
    with ZipFile(BytesIO(_body(answer))) as zipped:
        assert zipped.testzip() is None
        contents = {name: zipped.read(name) for name in zipped.namelist()}

    enclosed = f"{request_}-{his.position}.txt"
    assert set(contents) == {f"{request_}.pdf", f"{request_}.json", enclosed}
    assert contents[enclosed] == CONTENT
    assert not any(OTHERS in content for content in contents.values())
    assert contents[f"{request_}.pdf"].startswith(b"%PDF")
    told = json.loads(contents[f"{request_}.json"])
    lines = [line for section in told["sections"] for line in section["lines"]]
    assert [line["file"] for line in lines if line["file"]] == [enclosed]
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    assert AccessRecord.objects.filter(act=Act.READ_EVIDENCE, user=desk.officer).count() == 1
    page = officer.get(_url("", request_)).content.decode()
    assert _url("_file", request_, "zip") in page


def test_other_words_are_told_instead_of_a_file(
    officer: Client, desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    look_at_all(desk, request_, at=now, choice=Choice.REDACT)
    release_pack(request=request_, by=desk.officer, at=now)

    with ZipFile(BytesIO(_body(officer.get(_url("_file", request_, "zip"))))) as zipped:
        assert set(zipped.namelist()) == {f"{request_}.pdf", f"{request_}.json"}
    assert _url("_file", request_, "zip") not in officer.get(_url("", request_)).content.decode()


def test_officer_sees_before_the_release_which_files_go(
    officer: Client, desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    his, hers = _lines(request_)
    look_at_line(line=his, choice=Choice.KEEP, by=desk.owner, at=now)

    page = officer.get(_url("_release", request_)).content.decode()

    assert _url("_line_file", request_, his.pk) in page
    assert f"Enclosed: {request_}-{his.position}.txt" in page
    assert _url("_line_file", request_, hers.pk) not in page


def test_file_that_is_not_in_the_storage_is_said_before_the_first_byte(
    officer: Client, desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    """Nobody sends on a pack of which a file is missing."""
    his = _lines(request_)[0]
    _released(desk, request_, now)
    evidence_storage().delete(Evidence.objects.get(pk=his.row).object_name)

    answer = officer.get(_url("_file", request_, "zip"))

    assert answer.status_code == 409
    assert "not in the storage" in answer.content.decode()
    assert not AccessRecord.objects.filter(act=Act.READ_EVIDENCE).exists()


def test_line_that_is_no_file_and_a_request_that_is_settled_open_nothing(
    officer: Client, desk: Desk, request_: AccessRequest, now: datetime
) -> None:
    his = _lines(request_)[0]
    words = request_.lines.exclude(source="Evidence.file").first()
    assert words is not None
    assert officer.get(_url("_line_file", request_, words.pk)).status_code == 404

    _released(desk, request_, now)

    answer = officer.get(_url("_line_file", request_, his.pk))
    assert answer.status_code == 409
    assert WORD not in answer.content.decode()


def test_outsider_gets_no_file(desk: Desk, request_: AccessRequest, now: datetime) -> None:
    other = found_council(slug="two", prefix="TWO").owner
    let_into_wagtail(other)
    outsider, his = through_the_door(other), _lines(request_)[0]
    assert outsider.get(_url("_line_file", request_, his.pk)).status_code == 404

    _released(desk, request_, now)

    assert outsider.get(_url("_file", request_, "zip")).status_code == 404


def test_whoever_is_shut_out_of_a_case_about_it_gets_no_file(
    owner: Client, desk: Desk, file: CaseFile, request_: AccessRequest
) -> None:
    url = _url("_line_file", request_, _lines(request_)[0].pk)
    assert owner.get(url).status_code == 200
    ConflictDeclaration.objects.create(
        case_file=file,
        case=PanelCase.objects.filter(case_file=file).first(),
        user=desk.owner,
        declared_at=timezone.now(),
    )

    answer = owner.get(url)

    assert answer.status_code in (403, 404)
    assert WORD not in answer.content.decode()
