"""The screens of subject access requests: line by line to the pack (L8)."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cautionary_plugin.actions.access_requests import look_at_line, release_pack
from cautionary_plugin.models import AccessRecord, AccessRequest, CaseFile, PackLine
from cautionary_plugin.rules.access_requests import Choice
from cautionary_plugin.rules.states import RequestState
from cautionary_plugin.rules.vocabulary import Act
from tests.access_requests import Desk, look_at_all, man_desk, prepared, received
from tests.council import found_council, let_into_wagtail, through_the_door
from tests.queries import fewest_queries
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import WORD, open_file, report_on, whole_file

pytestmark = [pytest.mark.django_db, pytest.mark.clause("L8")]


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
    return entry.case_file


@pytest.fixture
def officer(desk: Desk) -> Client:
    return through_the_door(desk.officer)


def _url(name: str, request: AccessRequest, *further: Any) -> str:
    return reverse(f"cautionary_access_request{name}", args=[request.reference, *further])


def _line(request: AccessRequest, source: str) -> PackLine:
    found: PackLine = request.lines.filter(source=source).first()
    return found


def _seen(officer: Client, request: AccessRequest) -> dict[str, str]:
    """The second look, and what its page sends on."""
    return _carried(officer.get(_url("_release", request)))


def _carried(page: Any) -> dict[str, str]:
    digest = page.content.decode().split('name="seen" value="')[1].split('"')[0]
    return {"seen": digest, "step": "record"}


def test_outsider_is_answered_as_though_there_were_nothing(
    desk: Desk, officer: Client, file: CaseFile, now: datetime
) -> None:
    """An owner of another register tells no reference that exists from one that does not."""
    request = received(desk, file, at=now)
    line = PackLine.objects.create(
        request=request, position=1, source="Entry.basis", row="1", section="S", label="L", text="T"
    )
    other = found_council(slug="two", prefix="TWO").owner
    let_into_wagtail(other)
    outsider = through_the_door(other)
    absent = AccessRequest(reference="SAR-1999-0001")
    names: dict[str, tuple[Any, ...]] = {
        "": (),
        "_identity": (),
        "_line": (line.pk,),
        "_release": (),
        "_withdraw": (),
        "_file": ("json",),
    }

    for name, further in names.items():
        answers = [outsider.get(_url(name, which, *further)) for which in (request, absent)]
        owners_do_not_release = 403 if name == "_release" else 404
        assert [each.status_code for each in answers] == [owners_do_not_release] * 2, name
    assert outsider.post(_url("_prepare", request)).status_code == 404
    assert outsider.post(_url("_prepare", absent)).status_code == 404
    assert officer.get(_url("", request)).status_code == 200


def test_outsider_who_records_a_request_learns_of_no_reference(desk: Desk, file: CaseFile) -> None:
    other = found_council(slug="two", prefix="TWO").owner
    let_into_wagtail(other)
    outsider = through_the_door(other)
    typed = {"received_on": f"{timezone.localdate():%d %m %Y}", "asked": "", "step": "record"}

    answers = [
        outsider.post(reverse("cautionary_access_request_new"), typed | {"reference": reference})
        for reference in (file.reference, file.entries.get().reference, "CPR-1999-0001")
    ]

    assert {answer.status_code for answer in answers} == {400}
    for answer in answers:
        assert "There is no file, entry or report with this reference." in answer.content.decode()
    assert not AccessRequest.objects.exists()


def test_request_is_recorded_from_the_reference_of_the_entry(
    officer: Client, file: CaseFile
) -> None:
    today = timezone.localdate()
    answer = officer.post(
        reverse("cautionary_access_request_new"),
        {
            "reference": file.entries.get().reference,
            "received_on": f"{today:%d %m %Y}",
            "asked": "All of it.",
            "step": "record",
        },
    )

    request = AccessRequest.objects.get()
    assert answer["Location"] == _url("", request)
    assert request.case_file == file
    assert request.asked == "All of it."


def test_fault_stands_at_the_field(officer: Client) -> None:
    answer = officer.post(
        reverse("cautionary_access_request_new"),
        {"reference": "CPR-1999-0001", "received_on": "1 1 2020", "step": "record"},
    )

    assert answer.status_code == 400
    assert "There is no file, entry or report with this reference." in answer.content.decode()


def test_request_goes_from_identity_to_the_lines(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = received(desk, file, at=now)

    officer.post(_url("_identity", request), {"how": "Passport", "step": "record"})
    prepared_now = officer.post(_url("_prepare", request), follow=True).content.decode()

    assert "Nobody has looked at it" in prepared_now
    assert WORD not in prepared_now  # the page has headings, the lines have the words
    assert "Go through the lines" in prepared_now


def test_line_is_shown_and_withheld_unless_somebody_says_otherwise(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    line = _line(request, "IncidentReport.witnesses")

    page = officer.get(_url("_line", request, line.pk)).content.decode()

    assert f"{WORD} of IncidentReport witnesses" in page
    checked = page.split('value="withhold"')[1].split(">")[0]
    assert "checked" in checked


def test_what_is_said_of_a_line_is_kept_and_the_next_follows(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    first, second = request.lines.order_by("position")[:2]

    answer = officer.post(_url("_line", request, first.pk), {"choice": "keep", "step": "record"})

    first.refresh_from_db()
    assert (first.choice, first.looked_by) == (Choice.KEEP, desk.officer)
    assert answer["Location"] == _url("_line", request, second.pk)
    told = officer.get(_url("", request)).content.decode()
    assert f"({desk.officer.username})" in told, "who looked at it, and so does not release it"
    assert "does not release the pack" in officer.get(answer["Location"]).content.decode()


def test_redaction_without_words_is_refused_and_keeps_what_was_typed(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    line = _line(request, "Decision.reasons")

    answer = officer.post(
        _url("_line", request, line.pk),
        {"choice": "redact", "reason": "Typed before", "step": "record"},
    )

    assert answer.status_code == 400
    assert "Type what is told instead." in answer.content.decode()
    assert "Typed before" in answer.content.decode()


def test_release_says_what_it_waits_for_and_changes_nothing(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)

    page = officer.get(_url("_release", request)).content.decode()
    officer.post(_url("_release", request), _seen(officer, request))

    request.refresh_from_db()
    assert "Nobody has looked at" in page
    assert request.state == RequestState.REVIEWING


def test_second_look_is_at_what_the_person_gets(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    line = _line(request, "Entry.basis")
    look_at_line(line=line, choice=Choice.KEEP, by=desk.owner, at=now)

    page = officer.get(_url("_release", request)).content.decode()

    assert f"{WORD} of Entry basis" in page
    assert f"{WORD} of IncidentReport witnesses" not in page
    assert "Withheld." in page
    assert AccessRecord.objects.filter(act=Act.READ_PACK, user=desk.officer).count() == 1


def test_line_that_is_changed_after_the_second_look_is_looked_at_again(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    look_at_all(desk, request, at=now, choice=Choice.WITHHOLD)
    line, words = _line(request, "IncidentReport.seen"), f"{WORD} of IncidentReport seen"
    seen = _seen(officer, request)
    look_at_line(line=line, choice=Choice.KEEP, by=desk.owner, at=now)

    overtaken = officer.post(_url("_release", request), seen)
    unsaid = officer.post(_url("_release", request), {"step": "record"})
    request.refresh_from_db()
    state_then = request.state
    officer.post(_url("_release", request), _carried(overtaken))

    request.refresh_from_db()
    assert (overtaken.status_code, unsaid.status_code) == (400, 400)
    assert "A line was changed since you looked." in overtaken.content.decode()
    assert words in overtaken.content.decode()
    assert state_then == RequestState.REVIEWING
    assert request.state == RequestState.RELEASED


def test_pack_is_downloaded_as_pdf_and_json_and_is_kept_nowhere(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    assert officer.get(_url("_file", request, "pdf")).status_code == 409
    look_at_all(desk, request, at=now)
    officer.post(_url("_release", request), _seen(officer, request))

    pdf = officer.get(_url("_file", request, "pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    told = json.loads(officer.get(_url("_file", request, "json")).content)

    assert "What we hold about you" in text
    assert f"{WORD} of Entry basis" in " ".join(text.split())
    texts = [line["text"] for section in told["sections"] for line in section["lines"]]
    assert f"{WORD} of Entry basis" in texts
    assert told["reference"] == request.reference
    assert "no-store" in pdf["Cache-Control"]
    assert "attachment" in pdf["Content-Disposition"]
    opened = AccessRecord.objects.filter(act=Act.READ_PACK, reference=request.reference)
    assert opened.count() == 4  # the second look, its release, and two downloads


def test_withdrawing_is_read_back_first(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    typed = {"because": "They withdrew it."}

    read_back = officer.post(_url("_withdraw", request), {**typed, "step": "read_back"})
    request.refresh_from_db()
    before = request.state
    officer.post(_url("_withdraw", request), {**typed, "step": "record"})

    request.refresh_from_db()
    assert "What was prepared is deleted" in read_back.content.decode()
    assert (before, request.state) == (RequestState.REVIEWING, RequestState.WITHDRAWN)


def test_owner_of_another_register_finds_nothing_of_it(
    desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    other = found_council(slug="ub", prefix="UB")
    let_into_wagtail(other.owner)
    browser = through_the_door(other.owner)
    line = _line(request, "Entry.basis")

    listed = browser.get(reverse("cautionary_access_requests")).content.decode()
    urls = [
        _url("", request),
        _url("_line", request, line.pk),
        _url("_file", request, "pdf"),
        _url("_withdraw", request),
        _url("_identity", request),
    ]

    assert request.reference not in listed
    assert [browser.get(each).status_code for each in urls] == [404] * 5


def test_owner_goes_through_and_does_not_release(desk: Desk, file: CaseFile, now: datetime) -> None:
    request = prepared(desk, file, at=now)
    look_at_all(desk, request, at=now)
    browser = through_the_door(desk.owner)

    assert browser.get(_url("_release", request)).status_code == 403
    assert "Release the pack" not in browser.get(_url("", request)).content.decode()


def test_released_request_offers_the_pack_alone(
    officer: Client, desk: Desk, file: CaseFile, now: datetime
) -> None:
    request = prepared(desk, file, at=now)
    look_at_all(desk, request, at=now)
    release_pack(request=request, by=desk.officer, at=now)

    page = officer.get(_url("", request)).content.decode()

    assert "Download the pack as PDF" in page
    assert "Bring the pack up to date" not in page


def test_list_takes_the_same_queries_however_many_requests(
    officer: Client, desk: Desk, now: datetime
) -> None:
    def queries(files: int) -> int:
        for _each in range(files):
            file = open_file(now)
            report_on(desk.council, file, at=now)
            received(desk, file, at=now)
        return fewest_queries(lambda: officer.get(reverse("cautionary_access_requests")))

    queries(1)
    assert queries(2) == queries(5)
