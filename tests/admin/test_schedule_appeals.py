"""Appeals and reviews against the schedule, on the screens of clerk and hearers (B37, B50)."""

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Appeal, Entry
from cautionary_plugin.rules.vocabulary import HeardBy
from tests.admin.pages import text, url
from tests.council import browser_of
from tests.life import REPORTED
from tests.panel import Panel
from tests.panel_items import findings_recorded, opened_item, panel_entry

pytestmark = pytest.mark.django_db

GROUNDS = "I never came to that counter on the day that the letter names."


def lodged(panel: Panel, clerk: Client, risk: str) -> Appeal:
    """A clerk types in what came in against an entry that the first four members voted for."""
    item = findings_recorded(panel, opened_item(panel, present=4))
    entry: Entry = panel_entry(panel, risk=risk, item=item)
    typed = {
        "entry": entry.reference,
        "lodged_on": f"{timezone.localdate():%d %m %Y}",
        "grounds": GROUNDS,
        "late_reasons": "",
    }
    assert clerk.post(url("appeal_record"), typed).status_code == 302
    return Appeal.objects.get()


@pytest.mark.clause("B50")
def test_appeal_against_high_risk_goes_to_one_director(panel: Panel) -> None:
    clerk = browser_of(panel.clerk)
    appeal = lodged(panel, clerk, "high")
    page = url("appeal_hearers", appeal.reference)

    offered = text(clerk.get(page))
    assert "legaldirector" in offered
    assert "equality" not in offered
    member = clerk.post(page, {"users": [panel.equality.pk]})
    assert member.status_code == 400
    legal = panel.legaldirector
    named = clerk.post(page, {"users": [legal.pk]})

    assert named.status_code == 302
    appeal.refresh_from_db()
    assert appeal.heard_by == HeardBy.DIRECTOR
    hearing = browser_of(legal)
    assert appeal.reference in text(hearing.get(url("worklist")))
    shown = text(hearing.get(url("hearings_modeladmin_inspect", appeal.reference)))
    assert REPORTED in shown
    assert GROUNDS in shown
    assert AccessRecord.objects.filter(user=legal, reference=appeal.reference).exists()


@pytest.mark.clause("B37")
def test_review_of_low_and_medium_risk_goes_to_whoever_took_no_part(panel: Panel) -> None:
    clerk = browser_of(panel.clerk)
    appeal = lodged(panel, clerk, "medium")
    page = text(clerk.get(url("appeals_modeladmin_inspect", appeal.reference)))

    assert "Review" in page
    assert REPORTED not in page  # whoever clerks reads no register
    hearers = url("appeal_hearers", appeal.reference)
    monitoring = clerk.post(hearers, {"users": [panel.monitoring.pk]})
    assert monitoring.status_code == 400
    free = [panel.care, panel.equality]  # who did not come to the meeting
    assert clerk.post(hearers, {"users": [each.pk for each in free]}).status_code == 302

    appeal.refresh_from_db()
    assert appeal.heard_by == HeardBy.PANEL
    for member in free:
        browser = browser_of(member)
        assert appeal.reference in text(browser.get(url("worklist")))
        shown = text(browser.get(url("hearings_modeladmin_inspect", appeal.reference)))
        assert GROUNDS in shown


@pytest.mark.clause("B37")
def test_member_who_had_a_part_hears_nothing(panel: Panel) -> None:
    clerk = browser_of(panel.clerk)
    appeal = lodged(panel, clerk, "medium")

    for member in (panel.chair, panel.safety):
        answer = clerk.post(url("appeal_hearers", appeal.reference), {"users": [member.pk]})
        assert answer.status_code == 400
    browser = browser_of(panel.chair)
    assert appeal.reference not in text(browser.get(url("hearings_modeladmin_index")))
    assert browser.get(url("hearings_modeladmin_inspect", appeal.reference)).status_code == 404
    assert not appeal.hearers.exists()
