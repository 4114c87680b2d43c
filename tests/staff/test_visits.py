"""A round of visits on the screen: every line of the list gets an answer, and each is recorded."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.actions.usage import unusual_use
from cautionary_plugin.actions.usage.lines import Period
from cautionary_plugin.models import AccessRecord, Entry, ReadingGrant
from cautionary_plugin.rules.errors import SealingError
from cautionary_plugin.rules.unusual import Unusual
from cautionary_plugin.rules.vocabulary import Act
from tests.council import PLANTED, Council, list_entries, make_reader, row, through_the_door
from tests.factors import make_person
from tests.queries import fewest_queries
from tests.staff.rounds import END, STRANGER, check, checked, text

pytestmark = pytest.mark.django_db

TEN_VISITS = 27  # queries: phone, hold, rate, who asks, where, ten times is the index new, record


@pytest.fixture
def entry(council: Council) -> Entry:
    return list_entries(council)[0]


@pytest.fixture
def officer(council: Council) -> Client:
    return through_the_door(make_reader(council))


@pytest.mark.clause("L4")
def test_found_comes_first_then_none_and_the_list_says_that_it_ends(
    entry: Entry, officer: Client, council: Council
) -> None:
    shown = text(check(officer, STRANGER, f"{PLANTED}; 7 Gantry Mews", "Basil Underhay, WX4 4ZZ"))

    parts = [
        "1 of 3 visits found something",
        f"2. {PLANTED}, 7 Gantry Mews",
        f"Found: {PLANTED}",
        "Do not visit alone.",
        f"Open {entry.reference}",
        "None recorded for 2 visits",
        council.register.name,
        "no guarantee of safety",
        f"1. {STRANGER}",
        "3. Basil Underhay",
        "End of the list: 3 visits.",
    ]
    place = 0
    for part in parts:  # each after the one before
        place = shown.index(part, place)


@pytest.mark.clause("L4")
def test_visit_that_several_entries_fit_asks_for_a_second_fact(
    council: Council, officer: Client
) -> None:
    list_entries(
        council,
        *(
            row(name="John Smith", address=f"{number} Elm Row", date_of_birth=f"06/06/19{number}")
            for number in range(60, 70)
        ),
    )

    shown = text(check(officer, STRANGER, "John Smith"))

    assert "1 of 2 visits found something" in shown
    assert shown.index("2. John Smith") < shown.index("Several are possible")
    assert "Add a date of birth or an address" in shown
    assert "Elm Row" not in shown


@pytest.mark.clause("L5")
def test_each_visit_is_a_check_and_each_entry_shown_a_line(entry: Entry, officer: Client) -> None:
    text(check(officer, STRANGER, PLANTED, f"{PLANTED} WX1 9ZZ"))

    lines = AccessRecord.objects.filter(act=Act.CHECKED)
    assert sorted(lines.values_list("outcome", flat=True)) == ["found", "found", "none"]
    assert set(lines.values_list("purpose", flat=True)) == {"home_visit"}
    shown = AccessRecord.objects.filter(act=Act.SHOWN)
    assert list(shown.values_list("reference", flat=True)) == [entry.reference] * 2


def test_nothing_that_was_pasted_is_kept(entry: Entry, officer: Client) -> None:
    answer = check(officer, STRANGER)
    text(answer)

    assert "Ottoline" not in str([each.get_decoded() for each in Session.objects.all()])
    kept = AccessRecord.objects.values_list("reference", "screen", "purpose", "outcome")
    assert "Ottoline" not in str(list(kept))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.clause("L4")
def test_line_that_cannot_be_asked_is_named_beside_the_answers_of_the_others(
    entry: Entry, officer: Client
) -> None:
    shown = text(check(officer, "Mr", PLANTED, "Jo Bloggs 31 13 1984", "=HYPERLINK(A1)"))

    assert "1 of 4 visits found something" in shown
    assert "3 visits were not checked" in shown
    assert re.search(r"1\. Mr\s*<br>.*This is too little to check", shown)
    assert re.search(r"3\. Jo Bloggs.*\s*<br>.*Nobody was born on this date", shown)
    assert re.search(r"4\. =HYPERLINK.*\s*<br>.*A cell is a formula", shown)
    assert "None recorded for" not in shown
    assert checked() == 1


@pytest.mark.clause("L4")
def test_two_hundred_are_checked_and_one_more_is_refused_with_the_text(
    entry: Entry, officer: Client
) -> None:
    lines = [f"Ottoline Vasquez-Bream, {number} Tansy Row" for number in range(1, 200)]

    shown = text(check(officer, *lines, PLANTED))
    assert "1 of 200 visits found something" in shown
    assert "None recorded for 199 visits" in shown
    assert checked() == 200

    refused = check(officer, *lines, PLANTED, STRANGER)
    assert refused.status_code == 400
    assert "The list has more than 200 visits, and nobody was checked." in text(refused)
    assert STRANGER in text(refused)
    assert checked() == 200


def test_visit_more_costs_no_more_than_the_visit_before(entry: Entry, officer: Client) -> None:
    def cost(count: int) -> int:
        return fewest_queries(lambda: text(check(officer, *[STRANGER] * count)))

    ten, twenty, thirty = cost(10), cost(20), cost(30)

    assert thirty - twenty == twenty - ten <= TEN_VISITS


@pytest.mark.clause("L5")
def test_each_visit_counts_as_a_look(
    council: Council, entry: Entry, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_MANY_LOOKS = 9
    text(check(officer, *[STRANGER] * 10))

    today = timezone.localdate()
    uses = unusual_use(Period(council.register, today, today + timedelta(days=1)))

    assert (Unusual.MANY, 10) in {(use.kind, use.looks) for use in uses}


@pytest.mark.clause("L4")
def test_visit_whose_check_fails_reads_failed_and_the_others_go_on(
    entry: Entry, officer: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"
    search = check_module.search

    def fail_once(question: Any, **options: Any) -> Any:
        if "Underhay" in question.anything:
            raise SealingError("It does not open.")
        return search(question, **options)

    monkeypatch.setattr(check_module, "search", fail_once)
    shown = text(check(officer, "Basil Underhay", PLANTED, STRANGER))

    assert "1 of 3 visits found something" in shown
    assert "1 visit was not checked" in shown
    failed = shown.index("The check failed")
    assert failed < shown.index("1. Basil Underhay") < shown.index("Ring 01632 960999", failed)
    assert "None recorded for 1 visit<" in shown
    assert END in shown
    outcomes = AccessRecord.objects.filter(act=Act.CHECKED).values_list("outcome", flat=True)
    assert sorted(outcomes) == ["failed", "found", "none"]


@pytest.mark.clause("A5")
def test_grant_that_ends_in_the_middle_ends_the_answers(
    council: Council, entry: Entry, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = check_module.search

    def end_after(question: Any, **options: Any) -> Any:
        found = search(question, **options)
        ReadingGrant.objects.update(ended_at=council.owner.date_joined)
        return found

    monkeypatch.setattr(check_module, "search", end_after)
    lines = [f"Ottoline Vasquez-Bream, {number} Tansy Row" for number in range(1, 40)]
    shown = text(check(officer, *lines, PLANTED))

    assert "You have no access to this register." in shown
    assert f"40. {PLANTED}" in shown
    assert "Found:" not in shown
    assert AccessRecord.objects.filter(act=Act.REFUSED).count() == 1
    assert END in shown


@pytest.mark.clause("L4")
def test_round_on_a_host_that_packs_and_keeps_one_transaction_a_request(
    entry: Entry, officer: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)

    answer = check(officer, STRANGER, PLANTED, headers={"accept-encoding": "gzip"})

    pieces = [piece.decode() for piece in answer.streaming_content]  # packed, these were no text
    assert len(pieces) == 4
    assert "Checking 2 visits" in pieces[0]
    assert "2 of 2" in pieces[1]
    assert "1 of 2 visits found something" in pieces[2]
    assert pieces[3].rstrip().endswith("</html>")
    assert checked() == 2


@pytest.mark.clause("L4")
def test_page_that_is_cut_off_holds_no_answer(entry: Entry, officer: Client) -> None:
    lines = [f"Ottoline Vasquez-Bream, {number} Tansy Row" for number in range(1, 30)]
    *most, last, _frame = check(officer, *lines, PLANTED).streaming_content

    assert len(most) == 1 + 3
    assert END not in b"".join(most).decode()
    assert "None recorded" not in b"".join(most).decode()
    assert END in last.decode()


@pytest.mark.clause("L4")
def test_page_whose_answers_cannot_be_told_says_that_the_check_failed(
    entry: Entry, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*_args: Any) -> Any:
        raise OSError

    monkeypatch.setattr("cautionary_plugin.staff.check.visits._told", spoilt)
    shown = text(check(officer, PLANTED, STRANGER))

    assert "The check failed" in shown
    assert "None recorded" not in shown
    assert END not in shown


def test_stranger_without_a_grant_learns_nothing(council: Council, entry: Entry) -> None:
    stranger = through_the_door(make_person("stranger"))

    answer = check(stranger, PLANTED)

    assert answer.status_code == 403
    assert "Quimberly" not in text(answer)
    assert not AccessRecord.objects.filter(act__in=[Act.CHECKED, Act.SHOWN]).exists()


def test_file_that_comes_after_the_second_factor_has_lapsed_touches_no_disk(
    council: Council, officer: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not-there")
    file = SimpleUploadedFile("visits.csv", b"x" * 3_000_000)

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        answer = check(officer, STRANGER, file=file)

    assert answer.status_code == 403
    assert STRANGER in text(answer)  # to go on with, once the code is given
    assert not checked()


def book(*rows: list[Any]) -> SimpleUploadedFile:
    kept = io.BytesIO()
    workbook = Workbook()
    for cells in rows:
        workbook.active.append(cells)
    workbook.save(kept)
    return SimpleUploadedFile("visits.xlsx", kept.getvalue())


def test_workbook_is_read_by_its_headings(entry: Entry, officer: Client) -> None:
    file = book(["Time", "Tenant", "Post code", "Officer"], ["09:30", PLANTED, "WX1 9ZZ", "Jo"])

    shown = text(check(officer, file=file))

    assert "1 of 1 visit found something" in shown
    assert "Read as headings: Time, Tenant, Post code, Officer<" in shown
    assert "Columns that were not read: Time, Officer" in shown


def test_second_phone_of_a_visit_finds_as_well(council: Council, officer: Client) -> None:
    list_entries(council, row(name="Kelly Marsh", phone="07700 900123"))

    shown = text(check(officer, "Name,Phone,Mobile", "Mr X,0113 4960001,07700 900123"))

    assert "1 of 1 visit found something" in shown


def test_visits_between_separators_that_nobody_sees_are_two(entry: Entry, officer: Client) -> None:
    shown = text(check(officer, f"{STRANGER}\u2028{PLANTED}"))

    assert "1 of 2 visits found something" in shown


def test_list_and_file_together_are_not_guessed_at(entry: Entry, officer: Client) -> None:
    answer = check(officer, PLANTED, file=SimpleUploadedFile("visits.csv", b"Basil Underhay"))

    assert answer.status_code == 400
    assert "not both" in text(answer)
    assert not checked()


@pytest.mark.parametrize("content", [b"", b" ", b"PK\x03\x04broken", b"a\x00b", b"x" * 1_100_000])
def test_file_that_cannot_be_read_is_refused(entry: Entry, officer: Client, content: bytes) -> None:
    answer = check(officer, file=SimpleUploadedFile("visits.csv", content))

    assert answer.status_code == 400
    assert not checked()
