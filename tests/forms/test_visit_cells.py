"""Cells that say that nothing is known, and dates of birth that a sheet left as numbers."""

import pytest

from cautionary_plugin.forms.visit_cells import is_nothing
from tests.forms.test_visit_headings import lines_of, only
from tests.forms.test_visit_rows import book, of_file

NOTHING = ["n/k", "N/K", "NK", "unknown", "Not known", "TBC", "tba", "-", "?", "None", "refused"]


@pytest.mark.clause("L4")
@pytest.mark.parametrize("cell", [*NOTHING, "na", "00/00/0000", "0"])
def test_date_of_birth_that_is_not_known_is_as_if_empty(cell: str) -> None:
    visit = only("Name;DOB;Post code", f"Jo Bloggs;{cell};WX9 9ZZ")

    assert visit.boxes == {"name": "Jo Bloggs", "postcode": "WX9 9ZZ"}
    assert visit.apart == cell


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "cell", [*NOTHING, "N/A", "Void", "VOID PROPERTY", "Vacant", "Unknown tenant", "The Occupier"]
)
def test_name_that_is_not_known_is_as_if_empty(cell: str) -> None:
    assert only("Name;Post code", f"{cell};WX9 9ZZ").boxes == {"postcode": "WX9 9ZZ"}


@pytest.mark.parametrize("cell", ["Na", "Shay Given", "Mr N A Known", "Novoid", "Jo Void"])
def test_name_that_may_be_one_is_asked(cell: str) -> None:
    assert not is_nothing(cell, "name")


def test_name_that_is_not_known_hides_nobody_in_the_notes() -> None:
    assert only("Name,Notes", "TBC,Jo Bloggs").boxes == {"anything": "Jo Bloggs"}


def test_tenant_that_is_not_known_is_no_second_visit() -> None:
    assert lines_of("Tenant,Joint tenant", "Jo Bloggs,n/a").count == 1


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("33209", "1990-12-02"),
        ("33209.0", "1990-12-02"),
        ("99999", "99999"),
        ("1961", "1961"),
        ("051161", "051161"),
    ],
)
def test_number_of_days_is_read_as_the_date_of_birth_it_counts(cell: str, read: str) -> None:
    assert only("Name,DOB", f"Jo Bloggs,{cell}").boxes["born_on"] == read


def test_number_of_days_of_a_workbook_is_read() -> None:
    [visit] = of_file(book(["Name", "DOB"], ["Jo Bloggs", 33209])).visits

    assert visit.boxes == {"name": "Jo Bloggs", "born_on": "1990-12-02"}
