"""Entries are shared with partners that may have them, after they were read back (A41–A44)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.partners import name_site
from cautionary_plugin.models import AccessRecord, Disclosure, Entry
from cautionary_plugin.rules.sharing import NO_WARNING
from cautionary_plugin.rules.vocabulary import Act, Risk
from tests.admin.pages import source, url
from tests.admin.partners.typed import REASON, RECORD, SECOND, page_of
from tests.council import PLANTED, Council, let_into_wagtail, list_entries, row, through_the_door
from tests.panel import found_panel
from tests.panel_items import panel_entry
from tests.partners import Desk, known, ready, shared

pytestmark = pytest.mark.django_db


@pytest.mark.clause("A44")
@pytest.mark.clause("A41")
def test_owner_shares_an_entry_after_it_was_read_back(
    owner: Client, team: Desk, entry: Entry
) -> None:
    partner = ready(team)
    screen = url("entry_share", entry.reference)
    told = {"partners": [partner.reference], "reason": REASON}

    page = source(owner.get(screen))
    assert PLANTED in page  # what they will read
    assert "spade" not in page
    back = source(owner.post(screen, told))
    assert "cannot be called back" in " ".join(back.split())
    assert entry.reference in back
    assert PLANTED in back
    assert "spade" not in back
    assert not Disclosure.objects.exists()
    assert owner.post(screen, {**told, **RECORD}).status_code == 302

    assert Disclosure.objects.get().partner == partner
    sharing = source(owner.get(url("entry_sharing", entry.reference)))
    assert "Linden Homes" in sharing
    assert REASON in sharing
    assert entry.reference in source(owner.get(page_of(partner)))


@pytest.mark.clause("A41")
def test_low_risk_of_the_schedule_is_offered_to_no_partner(team: Desk) -> None:
    ready(team)
    panel = found_panel(council=team.council)
    let_into_wagtail(panel.owner)
    browser = through_the_door(panel.owner)
    low = panel_entry(panel, risk=Risk.LOW)
    share = url("entry_share", low.reference)

    page = source(browser.get(url("entry_sharing", low.reference)))

    assert NO_WARNING in page
    assert share not in page
    Entry.objects.update(risk=Risk.MEDIUM)
    page = source(browser.get(url("entry_sharing", low.reference)))
    assert NO_WARNING not in page
    assert share in page


@pytest.mark.clause("A44")
def test_sharing_asks_for_the_code_again(
    owner: Client, team: Desk, entry: Entry, settings: Any
) -> None:
    partner = ready(team)
    settings.CAUTIONARY_STEP_UP_AFTER = timedelta(0)

    opened = owner.get(url("entry_share", entry.reference))
    told = {"partners": [partner.reference], "reason": REASON, **RECORD}
    posted = owner.post(url("entry_share", entry.reference), told)

    assert reverse("cautionary:second_factor") in opened["Location"]
    assert posted.status_code in (302, 403)
    assert not Disclosure.objects.exists()


@pytest.mark.clause("A41")
def test_several_entries_are_shared_by_their_references(
    owner: Client, team: Desk, council: Council
) -> None:
    entries = list_entries(council, row(), row(**SECOND))
    partner = ready(team)
    screen = url("partner_share", partner.reference)
    references = "\n".join(each.reference for each in entries)

    wrong = owner.post(screen, {"references": "CPR-1999-0001", "reason": REASON, **RECORD})
    assert wrong.status_code == 400
    assert "There is no entry with this reference: CPR-1999-0001" in source(wrong)
    back = source(owner.post(screen, {"references": references, "reason": REASON}))
    assert PLANTED in back  # whose they are, and what leaves of them
    assert SECOND["name"] in back
    assert back.count("Handling instructions: ") == len(entries)
    opened = AccessRecord.objects.filter(act=Act.VIEWED).values_list("reference", flat=True)
    assert set(opened) == {each.reference for each in entries}
    done = owner.post(screen, {"references": references, "reason": REASON, **RECORD})

    assert done.status_code == 302, source(done)
    assert {each.entry for each in Disclosure.objects.all()} == set(entries)
    assert Disclosure.objects.values("mail").distinct().count() == 1


@pytest.mark.clause("A43")
def test_partner_without_contact_is_never_offered_and_the_attempt_recorded(
    owner: Client, team: Desk, entry: Entry
) -> None:
    gardeners = known(team, name="Verge & Hedge", has_contact=False)

    assert gardeners.reference not in source(owner.get(url("entry_share", entry.reference)))
    assert "Verge &amp; Hedge" in source(owner.get(url("entry_sharing", entry.reference)))
    forged = owner.post(
        url("entry_share", entry.reference),
        {"partners": [gardeners.reference], "reason": REASON, **RECORD},
    )
    assert forged.status_code == 400
    told = {"references": entry.reference, "reason": REASON, **RECORD}
    refused = owner.post(url("partner_share", gardeners.reference), told)

    assert refused.status_code == 403
    assert AccessRecord.objects.filter(act=Act.NOT_SHARED).count() == 1
    assert not Disclosure.objects.exists()


@pytest.mark.clause("A42")
def test_partners_at_a_shared_site_are_offered_by_it(
    owner: Client, team: Desk, entry: Entry
) -> None:
    house = name_site(name="Charrington House", by=team.keeper, at=timezone.now())
    ready(team, sites=[house])

    owner.post(url("entry_sites", entry.reference), {"sites": [house.pk], **RECORD})

    assert "works at Charrington House" in source(owner.get(url("entry_share", entry.reference)))
    assert "Charrington House" in source(owner.get(url("entry_sharing", entry.reference)))


def test_sent_again_from_the_entry(owner: Client, team: Desk, entry: Entry) -> None:
    partner = ready(team)
    first = shared(team, partner, entry)

    owner.post(url("entry_send_again", entry.reference, partner.reference), RECORD)

    assert Disclosure.objects.get().mail != first
