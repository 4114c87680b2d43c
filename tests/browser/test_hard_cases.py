"""Five hard cases of an officer on a phone, among people who are easily taken for one another."""

import pytest
from playwright.sync_api import Page, expect

from cautionary_plugin.lookup.register import CROWD
from tests.browser.pictures import Take
from tests.council import Council, found_council, list_entries, make_reader, row

pytestmark = pytest.mark.browser

FATHER = row(
    name="Terence Oakenshaw",
    date_of_birth="11/04/1951",
    address="Flat 2, 14 Tolbooth Wynd, Weldham",
    postcode="WX10 1PF",
    handling="Meet Mr Oakenshaw senior at the office only.",
)
SON = FATHER | {
    "name": "Terence Oakenshaw",
    "date_of_birth": "09/08/1979",
    "handling": "Do not discuss his tenancy at the door.",
}
HEARD = row(
    name="Siobhán Featherstone-Ní Bhraonáin",
    date_of_birth="03/12/1968",
    address="31 Mercat Lane, Weldham",
    postcode="WX4 2QT",
    handling="Visit in twos.",
)
HOUSE = row(
    kind="premises",
    name="",
    date_of_birth="",
    address="The Old Forge, Church Lane, Weldham",
    postcode="WX7 7ZX",
    hazard="A dog that bites",
    markers="Dangerous animal",
    handling="Ask for the dog to be shut in.",
)
NAMESAKES = [
    row(
        name="Rowland Cattermole",
        date_of_birth=f"{number + 1:02}/05/{1960 + number}",
        address=f"{number} Pendle Row, Weldham",
        postcode=f"WX{number} 4AB",
        handling=f"The handling of namesake {number}.",
    )
    for number in range(1, CROWD + 1)
]


@pytest.fixture
def officer(transactional_db: None, phone: Page, enter) -> Page:
    """The phone of an officer who is signed in and verified."""
    council: Council = found_council()
    list_entries(council, FATHER, SON, HEARD, HOUSE, *NAMESAKES)
    enter(phone, make_reader(council))
    return phone


def _ask(page: Page, words: str) -> None:
    page.goto("/cautionary/check/")
    page.get_by_label("Name, address, postcode").fill(words)
    page.get_by_role("button", name="Check the register").click()


@pytest.mark.clause("L4")
def test_five_hard_cases_on_a_phone(officer: Page, assert_accessible, take: Take) -> None:
    # Father and son in one flat: day and month swapped, the flat as "2/14".
    _ask(officer, "terry okenshaw 2/14 tolbooth 4/11/51")
    expect(officer.get_by_role("heading", name="Found: Terence Oakenshaw")).to_have_count(1)
    expect(officer.get_by_text("Meet Mr Oakenshaw senior")).to_be_in_viewport()
    assert_accessible(officer)
    take(officer, "hard-father-and-son")

    # A double name in two languages, spelt by ear, and a postcode without a figure in it.
    _ask(officer, "shevaun fetherstone mercat lane")
    expect(officer.get_by_text("Visit in twos.")).to_be_in_viewport()
    assert_accessible(officer)
    take(officer, "hard-spelt-by-ear")

    # A house that has a name and no number.
    _ask(officer, "old forge")
    expect(officer.get_by_text("Ask for the dog to be shut in.")).to_be_in_viewport()
    assert_accessible(officer)
    take(officer, "hard-house-name")

    # A crowd of namesakes: nobody is shown, and the officer is asked for more …
    _ask(officer, "rowland cattermole")
    expect(officer.get_by_role("heading", name="Several are possible")).to_be_in_viewport()
    expect(officer.get_by_text("The handling of namesake")).to_have_count(0)
    assert_accessible(officer)
    take(officer, "hard-several")

    # … and with a date that is spoken rather than written, it is one of them.
    _ask(officer, "cattermole, born 5 may 1964")
    expect(officer.get_by_text("The handling of namesake 4.")).to_be_in_viewport()
    expect(officer.get_by_text("The handling of namesake 3.")).to_have_count(0)
    assert_accessible(officer)
    take(officer, "hard-told-apart")
