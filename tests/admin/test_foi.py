"""Screen, CSV file and spreadsheet say the same, and no cell is a formula (L6)."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cautionary_plugin.actions.tallies import count_added, count_removed
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.foi import year_of
from cautionary_plugin.rules.vocabulary import Act, Risk, WhyEnded
from tests.council import Council, found_council, let_into_wagtail, through_the_door

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    council = found_council()
    let_into_wagtail(council.owner)
    then = timezone.now() - timedelta(days=365)
    count_added(council.register, [("person", Risk.LOW, None)] * 30, at=then)
    count_added(council.register, [("person", Risk.HIGH, None)] * 3, at=then)
    count_removed([(council.register.pk, then, WhyEnded.EXPIRED)] * 33, at=then)
    return council


def _arguments() -> list[Any]:
    first = year_of(timezone.localdate() - timedelta(days=365), starts=4).first
    return ["cpr", first.year, first.month]


def _open(browser: Any, kind: str) -> Any:
    return browser.get(reverse("cautionary_foi_file", args=[*_arguments(), kind]))


@pytest.mark.clause("L6")
def test_screen_csv_and_spreadsheet_say_the_same(council: Council) -> None:
    browser = through_the_door(council.owner)

    page = browser.get(reverse("cautionary_foi_year", args=_arguments())).content.decode()
    text = _open(browser, "csv").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(_open(browser, "xlsx").content))

    rows = [tuple(map(str, line)) for line in csv.reader(StringIO(text)) if len(line) == 2]
    cells = [
        tuple(str(cell) for cell in line if cell is not None)
        for line in book.active.iter_rows(values_only=True)
    ]
    assert ("Added in the year", "33") in rows
    assert ("High", "fewer than 5") in rows
    assert ("Low", "not shown") in rows
    for words, number in rows:
        assert words in page
        assert (words, number) in cells or not number
        assert f'<th scope="row">{words}</th><td>{number}</td>' in page or not number


@pytest.mark.clause("L6")
def test_name_that_looks_like_a_formula_stays_a_name(council: Council) -> None:
    register = council.register
    register.name = '=HYPERLINK("x")'
    register.save(update_fields=["name"])
    browser = through_the_door(council.owner)

    text = _open(browser, "csv").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(_open(browser, "xlsx").content))

    assert next(csv.reader(StringIO(text)))[0].startswith("'=HYPERLINK")
    assert book.active["A1"].data_type == "s"


def test_each_download_is_recorded(council: Council) -> None:
    browser = through_the_door(council.owner)

    answer = _open(browser, "xlsx")
    _open(browser, "csv")

    assert answer["Cache-Control"].find("no-store") >= 0
    assert "attachment" in answer["Content-Disposition"]
    assert AccessRecord.objects.filter(act=Act.FIGURES).count() == 2


def test_overview_lists_years_that_are_over(council: Council) -> None:
    browser = through_the_door(council.owner)

    page = browser.get(reverse("cautionary_foi")).content.decode()

    assert reverse("cautionary_foi_year", args=_arguments()) in page


def test_year_that_there_is_not_is_no_fault(council: Council) -> None:
    browser = through_the_door(council.owner)

    odd = browser.get(reverse("cautionary_foi_year", args=["cpr", 2020, 13]))
    early = browser.get(reverse("cautionary_foi_year", args=["cpr", 2020, 4]))
    unknown = _open(browser, "docx")

    assert [each.status_code for each in (odd, early, unknown)] == [404, 409, 404]
