"""What was erased, and what is held: on the screens of those who answer for it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.erasure import erase_due
from cautionary_plugin.actions.holds import place_hold
from cautionary_plugin.actions.lapsing import lapse_entries
from cautionary_plugin.models import ConflictDeclaration, DeletionCertificate, Entry, LegalHold
from cautionary_plugin.rules.posts import PostKind
from tests.council import (
    Council,
    found_council,
    hold_post,
    let_into_wagtail,
    through_the_door,
)
from tests.factors import make_person
from tests.hostile import LONG, NUL, ODD
from tests.panel import found_panel, waiting_case
from tests.storages import FOLDER, keep_evidence_in
from tests.whole_files import WORD, whole_file

NOW = timezone.now()
DAY = timedelta(days=1)
PLACE = "/admin/cautionary/holds/place/"
TYPED = {
    "reason": "Claim 4 of 2026 in the county court",
    "ends_on": f"{timezone.localdate() + 30 * DAY:%d/%m/%Y}",
}


@pytest.fixture
def council(db: None, settings: Any, tmp_path: Path) -> Council:
    keep_evidence_in(settings, FOLDER, {"location": tmp_path / "evidence"})
    return found_council()


@pytest.fixture
def entry(council: Council) -> Entry:
    return whole_file(council, at=NOW - 300 * DAY, expires_at=NOW + 3 * DAY)


def holder(council: Council, kind: PostKind) -> Client:
    person = make_person(kind.value)
    hold_post(council, person, kind)
    let_into_wagtail(person)
    return through_the_door(person)


@pytest.fixture
def lawyer(council: Council) -> Client:
    return holder(council, PostKind.LEGAL_SERVICES)


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.clause("L7")
def test_certificate_tells_what_was_erased_and_nothing_about_whom(council: Council) -> None:
    gone = whole_file(council, at=NOW - 300 * DAY, expires_at=NOW - DAY)
    lapse_entries(at=NOW)
    erase_due(at=NOW)
    officer = holder(council, PostKind.DATA_PROTECTION)

    listed = text(officer.get(reverse("cautionary_certificates_modeladmin_index")))
    shown = text(officer.get(reverse("cautionary_certificates_modeladmin_inspect", args=[1])))
    past = text(officer.get(reverse("cautionary_certificates_modeladmin_history", args=[1])))

    for told in (gone.reference, gone.case_file.reference, "The term of its entry was over"):
        assert told in listed
        assert told in shown
    assert "entry: 1" in shown
    assert "stored objects, with all versions: 1" in shown
    assert "its key was destroyed" in past
    assert WORD not in listed + shown + past


def test_certificates_are_found_by_cause_and_reference(council: Council) -> None:
    for number, cause in enumerate(("expired", "draft"), start=1):
        DeletionCertificate.objects.create(
            number=number,
            file_id=f"00000000-0000-4000-8000-00000000000{number}",
            file_reference=f"FILE-2026-770{number}",
            cause=cause,
            started_at=NOW,
        )
    officer = holder(council, PostKind.DATA_PROTECTION)
    url = reverse("cautionary_certificates_modeladmin_index")

    by_cause = text(officer.get(url, {"cause": "draft"}))
    by_reference = text(officer.get(url, {"file_reference": "FILE-2026-7701"}))

    assert "FILE-2026-7702" in by_cause
    assert "FILE-2026-7701" not in by_cause
    assert "FILE-2026-7701" in by_reference
    assert "Not finished" in by_cause


@pytest.mark.clause("L13")
def test_hold_is_placed_after_it_was_read_back(lawyer: Client, entry: Entry) -> None:
    typed = {**TYPED, "reference": entry.reference.lower()}

    asked = lawyer.post(PLACE, {**typed, "step": "read_back"})
    assert TYPED["reason"] in text(asked)
    assert not LegalHold.objects.exists()
    placed = lawyer.post(PLACE, {**typed, "step": "record"}, follow=True)

    hold = LegalHold.objects.get()
    assert (hold.case_file, hold.reason) == (entry.case_file, TYPED["reason"])
    assert TYPED["reason"] in text(placed)
    assert "The file would be erased on" not in text(placed)
    assert "Nothing would be erased yet: an entry is live or held." in text(placed)


@pytest.mark.clause("L13")
def test_list_of_holds_shows_reference_end_and_owner_and_no_name(
    council: Council, lawyer: Client, entry: Entry
) -> None:
    lawyer.post(PLACE, {**TYPED, "reference": entry.reference, "step": "record"})

    listed = text(lawyer.get(reverse("cautionary_holds_modeladmin_index")))

    assert entry.case_file.reference in listed
    assert "In force" in listed
    assert PostKind.LEGAL_SERVICES.value in listed
    assert WORD not in listed
    assert TYPED["reason"] not in listed


def test_held_file_that_is_over_says_so(council: Council, lawyer: Client, entry: Entry) -> None:
    lawyer.post(PLACE, {**TYPED, "reference": entry.reference, "step": "record"})
    Entry.objects.update(expires_at=NOW - DAY)
    lapse_entries(at=NOW)

    url = reverse("cautionary_holds_modeladmin_inspect", args=[LegalHold.objects.get().pk])
    shown = text(lawyer.get(url))

    assert "The file would be erased now. The term of its entry was over." in shown
    assert WORD not in shown


def test_hold_is_lifted_after_one_more_question(lawyer: Client, entry: Entry) -> None:
    lawyer.post(PLACE, {**TYPED, "reference": entry.reference, "step": "record"})
    url = reverse("cautionary_lift_hold", args=[LegalHold.objects.get().pk])

    for asked in (lawyer.get(url), lawyer.post(url)):
        assert "Nobody can bring it back." in text(asked)
    assert LegalHold.objects.get().lifted_at is None

    assert lawyer.post(url, {"step": "record"}).status_code == 302
    assert LegalHold.objects.get().lifted_at
    assert lawyer.post(url, {"step": "record"}).status_code == 409


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("reference", "CPR-1999-0001", "There is no file, entry or report"),
        ("reference", "", "This field is required"),
        ("reason", "", "This field is required"),
        ("ends_on", "yesterday", "Write it like 21/11/2026"),
        ("ends_on", f"{timezone.localdate():%d/%m/%Y}", "The end is not after today."),
        ("reason", LONG, "at most 2000 characters"),
        ("reason", NUL, "Null characters are not allowed"),
        ("reference", LONG, "at most 24 characters"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    lawyer: Client, entry: Entry, field: str, typed: str, said: str
) -> None:
    response = lawyer.post(
        PLACE, {**TYPED, "reference": entry.reference, field: typed, "step": "record"}
    )

    assert response.status_code == 400
    assert said in text(response)
    assert typed.partition("\0")[0][:20] in text(response)
    assert not LegalHold.objects.exists()


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_are_text(lawyer: Client, entry: Entry, odd: str) -> None:
    typed = {**TYPED, "reference": entry.reference, "reason": ODD[odd]}

    asked = lawyer.post(PLACE, {**typed, "step": "read_back"})
    placed = lawyer.post(PLACE, {**typed, "step": "record"}, follow=True)

    assert (asked.status_code, placed.status_code) == (200, 200)
    assert "<script>alert" not in text(asked) + text(placed)
    assert LegalHold.objects.get().reason


def test_lawyer_of_another_register_sees_no_hold(council: Council, entry: Entry) -> None:
    place_hold(
        case_file=entry.case_file,
        reason="Claim",
        ends_on=timezone.localdate(NOW + 9 * DAY),
        by=council.owner,
        at=NOW,
    )
    other = found_council(slug="other", prefix="OTH").owner
    let_into_wagtail(other)
    stranger, hold = through_the_door(other), LegalHold.objects.get()

    listed = text(stranger.get(reverse("cautionary_holds_modeladmin_index")))
    shown = stranger.get(reverse("cautionary_holds_modeladmin_inspect", args=[hold.pk]))
    lifted = stranger.post(reverse("cautionary_lift_hold", args=[hold.pk]), {"step": "record"})

    assert entry.case_file.reference not in listed
    assert (shown.status_code, lifted.status_code) == (404, 403)


@pytest.mark.clause("L13")
def test_outsider_who_places_a_hold_learns_of_no_reference(entry: Entry) -> None:
    other = found_council(slug="other", prefix="OTH").owner
    let_into_wagtail(other)
    outsider = through_the_door(other)

    answers = [
        outsider.post(PLACE, {**TYPED, "reference": reference, "step": step})
        for reference in (entry.reference, entry.case_file.reference, "CPR-1999-0001")
        for step in ("", "record")
    ]

    assert {answer.status_code for answer in answers} == {400}
    for answer in answers:
        assert "There is no file, entry or report with this reference." in text(answer)
    assert not LegalHold.objects.exists()


@pytest.mark.clause("B11")
def test_whoever_is_shut_out_of_a_case_learns_of_none_by_a_hold(council: Council) -> None:
    panel = found_panel(council=council)
    case = waiting_case(panel)
    let_into_wagtail(panel.legal)
    lawyer = through_the_door(panel.legal)
    typed = {**TYPED, "reference": case.case_file.reference}
    assert lawyer.post(PLACE, typed).status_code == 200
    ConflictDeclaration.objects.create(
        case_file=case.case_file, case=case, user=panel.legal, declared_at=NOW
    )

    answer = lawyer.post(PLACE, typed)

    assert answer.status_code == 400
    assert "There is no file, entry or report with this reference." in text(answer)


def test_lists_cost_the_same_however_long(council: Council, lawyer: Client) -> None:
    def cost(rows: int) -> int:
        for _row in range(rows):
            made = whole_file(council, at=NOW - 300 * DAY, expires_at=NOW + 3 * DAY)
            lawyer.post(PLACE, {**TYPED, "reference": made.reference, "step": "record"})
        counts = []
        for _time in range(3):
            with CaptureQueriesContext(connection) as queries:
                lawyer.get(reverse("cautionary_holds_modeladmin_index"))
            counts.append(len(queries))
        return min(counts)

    assert cost(1) == cost(3)
