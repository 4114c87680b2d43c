"""The owner's screens in the Wagtail admin: register, access record, legacy lists."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.pictures import Take
from tests.council import Council, found_council, let_into_wagtail, list_entries, row

pytestmark = pytest.mark.browser

LIST = """name,date of birth,address,markers,risk,handling,incident date,basis,services,end date
{good}
Lone Name,,,Violence,High,Take care,01/01/2026,Heard in the pub,housing,
"""


@pytest.fixture
def council(transactional_db: None) -> Council:
    council = found_council()
    list_entries(council, row(), row(name="Wilfred Plume", date_of_birth="01/02/1970"))
    let_into_wagtail(council.owner)
    return council


@pytest.mark.parametrize(
    "path",
    [
        "register/",
        "register/CPR-{year}-0001/",
        "register/CPR-{year}-0001/history/",
        "access-record/",
    ],
    ids=["register", "inspect", "history", "access-record"],
)
def test_record_screens_are_accessible(
    page: Page, council: Council, enter, assert_accessible, take: Take, path: str, request
):
    enter(page, council.owner)
    page.goto("/admin/cautionary/" + path.format(year=timezone.localdate().year))

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)
    take(page, "admin-" + request.node.callspec.id)


@pytest.mark.clause("A39")
def test_owner_brings_in_a_list_and_declares_the_old_one_destroyed(
    desk: Page, council: Council, enter, assert_accessible, take: Take, tmp_path
):
    cells = row(name="Marmaduke Fennimore")
    wanted = (
        "name date_of_birth address markers risk handling incident_date basis services end_date"
    )
    good = ",".join(f'"{cells[column]}"' for column in wanted.split())
    file = tmp_path / "old list.csv"
    file.write_text(LIST.format(good=good), encoding="utf-8")
    enter(desk, council.owner)

    desk.goto("/admin/cautionary/legacy/")
    desk.get_by_role("link", name="Bring in a list").click()
    assert_accessible(desk)
    desk.get_by_label("The list").set_input_files(file)
    desk.get_by_role("button", name="Check the list").click()
    expect(desk.get_by_text("stands alone")).to_be_visible()
    assert_accessible(desk)
    take(desk, "legacy-plan")
    desk.get_by_role("button", name="Enter 1 row").click()
    expect(desk.get_by_role("heading", name="The list is in")).to_be_visible()
    desk.get_by_role("link", name="To the declaration").click()
    desk.get_by_role("button", name="I declare that the old list is destroyed").click()

    expect(desk.get_by_role("button", name="I declare")).to_have_count(0)
    desk.goto("/cautionary/check/")
    desk.get_by_label("Name, address, postcode").fill("marmaduke fenimore gantry mews")
    desk.get_by_role("button", name="Check the register").click()
    expect(desk.get_by_text("Marmaduke Fennimore")).to_be_visible()
