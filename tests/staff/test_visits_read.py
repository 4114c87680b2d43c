"""What a list of visits is read as, on the screen: what is not read is told, and is not clear."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cautionary_plugin.actions import check as check_module
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.errors import SealingError
from cautionary_plugin.rules.vocabulary import Act
from tests.council import (
    PLANTED,
    Council,
    list_entries,
    make_reader,
    row,
    through_the_door,
)
from tests.staff.rounds import check, checked, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(council: Council) -> Client:
    list_entries(council)
    return through_the_door(make_reader(council))


@pytest.mark.clause("L4")
def test_column_that_was_not_read_is_told_first_and_not_echoed_as_checked(officer: Client) -> None:
    shown = text(
        check(officer, "Ref,Punter,Address,Postcode", f"T1,{PLANTED},9 Nowhere Street,WX9 9ZZ")
    )

    loud = shown.index("The column “Punter” was not read: who is named there was not checked.")
    assert shown.index("None recorded for the one visit") < loud
    assert loud < shown.index("No column of names was read") < shown.index("None recorded for 1 ")
    assert re.search(rf"1\. 9 Nowhere Street, WX9 9ZZ <.*\(not checked: T1, {PLANTED}\)", shown)


@pytest.mark.clause("L4")
def test_titles_and_breaks_are_not_checked_and_not_called_clear(officer: Client) -> None:
    shown = text(
        check(officer, "Visits Monday 23 November", "Tenant,PC", f"{PLANTED},WX1 9ZZ", "Lunch")
    )

    assert "1 of 3 visits found something" in shown
    assert re.search(r"1\. Visits Monday.*\s*<br>.*above the headings", shown)
    assert re.search(r"3\. Lunch\s*<br>.*too little to check", shown)
    assert "None recorded for" not in shown
    assert checked() == 1


@pytest.mark.clause("L4")
def test_void_without_an_address_is_too_little_and_a_date_that_counts_no_day_is_told(
    officer: Client,
) -> None:
    shown = text(check(officer, "Tenant,DOB", "Void,n/k", f"{PLANTED},unknown", "Jo Bloggs,99999"))

    assert "1 of 3 visits found something" in shown
    assert re.search(r"1\. Void, n/k\s*<br>.*too little to check", shown)
    assert re.search(r"3\. Jo Bloggs, 99999\s*<br>.*This is not a date", shown)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.csv", b"%PDF-1.7", "This is a PDF."),
        ("visits.xlsx", PLANTED.encode(), "The file is called a workbook and is none."),
    ],
)
def test_wrong_file_is_refused_with_what_to_do(
    officer: Client, name: str, content: bytes, said: str
) -> None:
    answer = check(officer, file=SimpleUploadedFile(name, content))

    assert answer.status_code == 400
    assert f"{said} Save the list as an Excel workbook (.xlsx) or CSV." in text(answer)
    assert not checked()


@pytest.mark.clause("L4")
def test_list_whose_names_are_read_warns_of_nothing(officer: Client) -> None:
    shown = text(
        check(officer, "Ref,Main Tenant,Addr1,PC", f"T1,{PLANTED},9 Nowhere Street,WX9 9ZZ")
    )

    assert "1 of 1 visit found something" in shown
    assert "who is named there was not checked" not in shown
    assert "No column of names" not in shown


def begun_again(officer: Client, shown: str) -> str:
    """The check page after the button that a list has beside a visit."""
    form = re.search(
        r'<form class="c-again" method="post" action="([^"]+)">.*?</form>', shown, re.S
    )
    assert form
    assert form[1] == reverse("cautionary:check")
    assert 'name="csrfmiddlewaretoken"' in form[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    page = officer.post(form[1], {name: unescape(value) for name, value in fields.items()})
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.clause("L4")
def test_visit_that_several_fit_goes_into_the_one_box_by_a_button(
    council: Council, officer: Client, settings: Any
) -> None:
    settings.CAUTIONARY_DUTY_PHONE = "01632 960999"
    rows = (row(name="John Smith", address=f"{number} Elm Row") for number in range(60, 70))
    list_entries(council, *rows)

    shown = text(check(officer, "Ref;Tenant", "T1;John Smith", purpose="phone_call"))
    page = begun_again(officer, shown)

    assert "If you know no more, ring 01632 960999 before you go." in shown
    assert 'value="John Smith"' in page
    assert '<option value="phone_call" selected>' in page
    assert "Check before you go</h1>" in page
    assert checked() == 1


@pytest.mark.clause("L4")
def test_visit_whose_check_failed_goes_into_the_one_box_by_a_button(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_question: Any, **_options: Any) -> Any:
        raise SealingError("It does not open.")

    monkeypatch.setattr(check_module, "search", fail)
    shown = text(check(officer, "09:30 Basil Underhay, 02/12/2026, WX4 4ZZ"))

    assert 'value="basil underhay, wx4 4zz"' in begun_again(officer, shown)


def test_visit_that_surely_is_found_has_no_such_button(officer: Client) -> None:
    assert "c-again" not in text(check(officer, f"{PLANTED}, 05/11/1961", "Basil Underhay"))


@pytest.mark.clause("L5")
def test_visit_that_stands_twice_is_shown_once_and_recorded_twice(officer: Client) -> None:
    shown = text(check(officer, PLANTED, f"{PLANTED} WX1 9ZZ", "Jo Bloggs", PLANTED))

    assert "3 of 4 visits found something" in shown
    assert shown.count("Do not visit alone.") == 2
    assert shown.index(f"4. {PLANTED}") < shown.index("The same as visit 1:")
    assert shown.count("The same as visit") == 1
    assert checked() == 4
    assert AccessRecord.objects.filter(act=Act.SHOWN).count() == 3
