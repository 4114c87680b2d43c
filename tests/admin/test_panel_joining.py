"""The clerk sees that a customer is on the schedule already, and makes the case its renewal."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.models import AccessRecord, Entry, PanelCase
from cautionary_plugin.rules.vocabulary import Act, CaseKind
from tests.council import let_into_wagtail, through_the_door
from tests.life import REPORTED
from tests.panel import Panel, conflicted, planned
from tests.panel_items import panel_entry
from tests.referrals import panel_report, refer

pytestmark = [pytest.mark.django_db, pytest.mark.clause("B4"), pytest.mark.clause("B52")]

CHECKED = "The tenancy file has the same date of birth."


@pytest.fixture
def clerk(panel: Panel) -> Client:
    let_into_wagtail(panel.clerk)
    return through_the_door(panel.clerk)


def repeated(panel: Panel, **told: object) -> PanelCase:
    """A referral, on the agenda of the next meeting."""
    planned(panel)
    return refer(panel, panel_report(panel, **told))


def page_of(case: PanelCase) -> str:
    return reverse("cautionary_case_join", args=[case.reference])


def test_clerk_joins_a_referral_to_the_entry(panel: Panel, clerk: Client) -> None:
    entry = panel_entry(panel)
    case = repeated(panel)
    meeting = case.items.get().meeting
    agenda = clerk.get(reverse("cautionary_meeting", args=[meeting.reference]))
    assert page_of(case) in agenda.content.decode()

    asked = unescape(clerk.get(page_of(case)).content.decode())
    assert entry.reference in asked
    assert REPORTED in asked
    typed = {"entry": entry.reference, "checked": CHECKED}
    read_back = unescape(clerk.post(page_of(case), typed | {"step": "read_back"}).content.decode())
    assert CHECKED in read_back
    done = clerk.post(page_of(case), typed | {"step": "record"})

    assert done.url == reverse("cautionary_meeting", args=[meeting.reference])
    case.refresh_from_db()
    assert (case.kind, case.entry) == (CaseKind.RENEWAL, entry)
    assert Entry.objects.count() == 1


def test_nobody_alike_leaves_nothing_to_join(panel: Panel, clerk: Client) -> None:
    case = repeated(panel)

    response = clerk.get(page_of(case))

    assert "No live entry of the schedule looks like the same person." in response.content.decode()
    assert "<textarea" not in response.content.decode()
    assert AccessRecord.objects.filter(act=Act.CHECKED, user=panel.clerk).exists()


def test_entry_that_is_not_alike_is_no_choice(panel: Panel, clerk: Client) -> None:
    entry = panel_entry(panel)
    case = repeated(panel)

    typed = {"entry": "UBS-1999-0001", "checked": CHECKED, "step": "record"}
    response = clerk.post(page_of(case), typed)

    assert response.status_code == 400
    case.refresh_from_db()
    assert (case.kind, case.entry) == (CaseKind.REFERRAL, None)
    assert entry.case_file_id != case.case_file_id


@pytest.mark.clause("B11")
def test_who_is_shut_out_joins_nothing_and_is_shown_nobody(panel: Panel) -> None:
    panel_entry(panel)
    case = repeated(panel, at=timezone.now())
    conflicted(case, panel.chair)
    let_into_wagtail(panel.chair)

    response = through_the_door(panel.chair).get(page_of(case))

    assert response.status_code == 403
    assert REPORTED not in response.content.decode()
