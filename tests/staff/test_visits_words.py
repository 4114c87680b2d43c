"""What a list says besides whom it means hides nobody from the answers."""

import pytest
from django.test import Client

from tests.council import Council, found_council, list_entries, make_reader, row, through_the_door
from tests.staff.rounds import check, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    council = found_council()
    list_entries(
        council,
        row(
            name="Darren Thornley",
            date_of_birth="04/03/1970",
            address="14 Mill Lane, Weldham",
            postcode="WX1 4AB",
        ),
        row(name="Kelly Marsh", address="Flat 10, 12-26 High Street", postcode="WX2 7QQ"),
    )
    return council


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "line",
    [
        "Darren Thornley last visit 03/09/2026",
        "Darren Thornley tenancy from 01/04/2015",
        "Darren Thornley 14 Mill Lane since 01/04/2015",
        "Darren Thornley 25/12/2026",
        "Darren Thornley 4/3/70 last visit 03/09/26",
        "Name,Contact\nDarren Thornley,Housing Officer Sam Reeves",
        "Name,Flat,Notes\nDarren Thornley,,New tenant boiler service with the surveyor at 3",
        "Flat 2, 14 Mill Lane, WX1 4AB",
        "Flat 10, 12-26 High Street, WX2 7QQ",
        "Visit, Darren Thornley, Flat 2 14 Mill Lane",
    ],
)
def test_line_finds_whom_it_names(council: Council, line: str) -> None:
    officer = through_the_door(make_reader(council))

    shown = text(check(officer, line))

    assert "1 of 1 visit found something" in shown


def test_column_that_was_left_out_is_named(council: Council) -> None:
    officer: Client = through_the_door(make_reader(council))

    shown = text(check(officer, "Name,Notes\nDarren Thornley,New tenant"))

    assert "Not read where a visit has a name or an address of its own: Notes<" in shown
