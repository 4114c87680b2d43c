"""Partners in a browser: made ready by two people, given two entries, told to delete one."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cautionary_plugin.actions.partners import add_contact, name_site
from cautionary_plugin.models import Entry
from tests.browser.pictures import Take, tall
from tests.certificates import PARTNER, issue, sign_as_council, the_authority
from tests.council import Council, found_council, let_into_wagtail, list_entries, row
from tests.openssl import decrypt, verify
from tests.partners import SIGNED, Desk, desk, known, ready, trust

pytestmark = pytest.mark.browser

LOOKS = ["phone-light", "desk-dark"]
SECOND = {"name": "Barnaby Wetherell-Stokes", "address": "9 Tern Row, Weldham"}
REASON = "Their officers visit this address every week."


@pytest.fixture
def council(transactional_db: None, settings: Any, tmp_path: Path) -> Council:
    sign_as_council(settings, tmp_path)
    return found_council()


@pytest.fixture
def team(council: Council) -> Desk:
    team = desk(council)
    for person in (council.owner, team.keeper, team.approver):
        let_into_wagtail(person)
    return team


@pytest.fixture
def entries(council: Council) -> list[Entry]:
    return list_entries(council, row(), row(**SECOND))


@pytest.fixture(params=LOOKS)
def how(request: pytest.FixtureRequest) -> str:
    """How the page looks: on which screen, light or dark."""
    return str(request.param)


@pytest.fixture
def look(how: str, open_page: Any) -> Page:
    page: Page = open_page(how)
    return page


@pytest.fixture
def take(take: Take, how: str) -> Take:
    """Take the whole page, named after how it looks."""
    whole = tall(take)
    return lambda page, name: whole(page, f"{name}-{how}")


def file_of(content: bytes, name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _to_partner() -> list[bytes]:
    """What has gone to the partner, as it goes over the wire."""
    return [each.message().as_bytes() for each in mail.outbox if each.to == [PARTNER]]


@pytest.mark.clause("A46")
def test_second_person_compares_and_approves_a_certificate(
    look: Page, how: str, open_page: Any, team: Desk, enter: Any, assert_accessible: Any, take: Take
) -> None:
    trust(team)
    partner = known(team)
    add_contact(
        partner=partner,
        name="Ottoline Fairbrother",
        email=PARTNER,
        by=team.keeper,
        at=timezone.now(),
    )
    enter(look, team.keeper)
    look.goto(f"/admin/cautionary/partners/{partner.reference}/")
    assert_accessible(look)
    look.get_by_role("link", name="Upload a certificate").click()
    unfit = issue(days=(-30, -1))
    look.get_by_label("The file").set_input_files(file_of(unfit.pem, "old.pem"))
    look.get_by_role("button", name="Upload it").click()
    expect(look.get_by_role("alert")).to_contain_text("has expired")
    assert_accessible(look)
    take(look, "certificate-refused")
    look.get_by_label("The file").set_input_files(file_of(issue().pem, "theirs.pem"))
    look.get_by_role("button", name="Upload it").click()
    expect(look.get_by_text("waits for a second person")).to_be_visible()
    look.get_by_role("link", name="Record an agreement").click()
    assert_accessible(look)
    take(look, "agreement")
    today = timezone.localdate()
    look.get_by_label("follows the council").check()
    look.get_by_label("indemnifies").check()
    look.get_by_label("Signed on").fill(f"{today:%d %m %Y}")
    look.get_by_label("Binding from").fill(f"{today:%d %m %Y}")
    look.get_by_label("Binding until").fill(f"{today + timedelta(days=365):%d %m %Y}")
    look.get_by_label("The signed document").set_input_files(file_of(SIGNED, "agreement.pdf"))
    look.get_by_role("button", name="Record it").click()

    second = open_page(how)
    enter(second, team.approver)
    second.goto(reverse("cautionary_worklist"))
    second.get_by_role("link", name="Compare and approve a partner").click()
    assert_accessible(second)
    take(second, "certificate-approve")
    second.get_by_label("I have rung the partner").check()
    second.get_by_role("button", name="Read it back").click()
    second.get_by_role("button", name="Approve it").click()
    expect(second.get_by_text("Entries can be shared with this partner.")).to_be_visible()
    assert_accessible(second)
    take(second, "partner")


@pytest.mark.clause("A44")
@pytest.mark.clause("A46")
@pytest.mark.clause("L14")
def test_owner_shares_two_entries_and_takes_one_back(
    look: Page,
    team: Desk,
    entries: list[Entry],
    enter: Any,
    assert_accessible: Any,
    take: Take,
    tmp_path: Path,
) -> None:
    theirs, owner = issue(), team.council.owner
    house = name_site(name="Charrington House", by=team.keeper, at=timezone.now())
    partner = ready(team, issued=theirs, sites=[house])
    known(team, name="Verge & Hedge Grounds Maintenance", has_contact=False)
    enter(look, owner)
    first, second = entries

    look.goto(f"/admin/cautionary/register/{first.reference}/")
    look.get_by_role("link", name="Whom it is for").click()
    assert_accessible(look)
    look.get_by_role("link", name="Change the sites").click()
    look.get_by_label("Charrington House").check()
    look.get_by_role("button", name="Record it").click()
    look.get_by_role("link", name="Share it with partners").click()
    assert_accessible(look)
    look.get_by_label("works at Charrington House").check()
    look.get_by_label("Why do they need this entry?").fill(REASON)
    take(look, "share")
    look.get_by_role("button", name="Read it back").click()
    assert_accessible(look)
    take(look, "share-read-back")
    look.get_by_role("button", name="Share it").click()
    expect(look.get_by_text(REASON)).to_be_visible()
    assert_accessible(look)
    take(look, "sharing")

    look.goto(f"/admin/cautionary/partners/{partner.reference}/")
    look.get_by_role("link", name="Share entries").click()
    look.get_by_label("References of the entries").fill(second.reference)
    look.get_by_label("Why does the partner need them?").fill(REASON)
    look.get_by_role("button", name="Read it back").click()
    look.get_by_role("button", name="Share them").click()
    expect(look.get_by_role("link", name=second.reference)).to_be_visible()
    for entry, message in zip(entries, _to_partner(), strict=True):
        signed = decrypt(message, issued=theirs, folder=tmp_path)
        assert entry.reference in verify(signed, authority=the_authority(), folder=tmp_path)

    look.goto(f"/admin/cautionary/register/{first.reference}/sharing/")
    look.get_by_role("link", name="Take it back").click()
    assert_accessible(look)
    look.get_by_role("button", name="Take it back").click()
    expect(look.get_by_text("has not said yet that it did")).to_be_visible()
    look.goto(f"/admin/cautionary/partners/{partner.reference}/")
    expect(look.get_by_role("link", name="Record that it is deleted")).to_be_visible()
    assert_accessible(look)
    take(look, "partner-shared")
    look.goto("/admin/cautionary/partners/")
    assert_accessible(look)
    take(look, "partners")


@pytest.mark.clause("L1")
def test_owner_changes_whom_an_entry_is_for(
    look: Page, team: Desk, entries: list[Entry], enter: Any, assert_accessible: Any, take: Take
) -> None:
    enter(look, team.council.owner)
    look.goto(f"/admin/cautionary/register/{entries[0].reference}/sharing/services/")
    assert_accessible(look)
    look.get_by_label("Housing").fill("")
    look.get_by_label("Revenues and Benefits").fill("They call about arrears every month.")
    take(look, "audience")
    look.get_by_role("button", name="Read it back").click()
    expect(look.get_by_text("Taken out")).to_be_visible()
    assert_accessible(look)
    look.get_by_role("button", name="Change it").click()
    expect(look.get_by_text("They call about arrears every month.")).to_be_visible()


def test_authorities_are_listed_for_who_approves(
    look: Page, team: Desk, enter: Any, assert_accessible: Any, take: Take
) -> None:
    trust(team)
    enter(look, team.approver)
    look.goto("/admin/cautionary/authorities/")
    expect(look.get_by_role("heading", name="Weldham Test Authority")).to_be_visible()
    assert_accessible(look)
    take(look, "authorities")
