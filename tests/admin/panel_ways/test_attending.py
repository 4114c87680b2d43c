"""Conflicts that are left to the Monitoring Officer, apologies and deputies."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.models import ConflictDeclaration, OutboxMessage
from tests.admin.pages import get, post, text
from tests.admin.panel_ways.pages import said
from tests.council import browser_of
from tests.panel import Panel, conflicted, met, planned, waiting_case

pytestmark = pytest.mark.django_db


# A conflict is left to the Monitoring Officer


@pytest.mark.clause("B10")
def test_leaving_a_conflict_to_the_monitoring_officer_is_asked_first(panel: Panel) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality)
    conflict, chair = ConflictDeclaration.objects.get(), browser_of(panel.chair)

    asked = text(get(chair, "conflict_pass_on", conflict.pk))
    assert "The Monitoring Officer is told by e-mail and decides in place of the chair." in asked
    assert conflict.reasons not in asked
    assert ConflictDeclaration.objects.get().passed_on_at is None

    told = said(chair, "conflict_pass_on", conflict.pk, step="record")
    assert f"in {case.reference} is left to the Monitoring Officer." in told
    again = get(chair, "conflict_decide", conflict.pk)
    assert again.status_code == 409
    assert "was left to the Monitoring Officer, who decides on it now." in text(again)


@pytest.mark.clause("B10", "B11")
def test_who_is_excluded_is_not_asked_to_leave_a_conflict(panel: Panel) -> None:
    case = waiting_case(panel)
    conflict = conflicted(case, panel.equality)
    conflicted(case, panel.chair)

    assert get(browser_of(panel.chair), "conflict_pass_on", conflict.pk).status_code == 403


@pytest.mark.clause("B10")
def test_conflict_that_is_decided_says_so_to_whoever_opens_it_again(panel: Panel) -> None:
    conflict = conflicted(waiting_case(panel), panel.equality)
    chair, monitoring = browser_of(panel.chair), browser_of(panel.monitoring)
    typed = {"excluded": "yes", "reasons": "They share a garden wall.", "step": "record"}

    told = said(chair, "conflict_decide", conflict.pk, **typed)
    assert f"in {conflict.case.reference} is decided. The member is told." in told

    for reader in (chair, monitoring):
        again = get(reader, "conflict_decide", conflict.pk)
        assert again.status_code == 409
        assert "It is decided." in text(again)
    own = get(browser_of(panel.equality), "conflict_decide", conflict.pk)
    assert own.status_code in (403, 404)


# Apologies and deputies


@pytest.mark.clause("B8")
def test_member_who_cannot_come_can_come_after_all(panel: Panel) -> None:
    meeting = planned(panel)
    member, mine = browser_of(panel.customer), meeting.attendees.get(user=panel.customer)

    shown = said(member, "meeting_apologies", meeting.reference)
    assert "It is noted that you cannot come." in shown
    assert reverse("cautionary_meeting_coming", args=[meeting.reference]) in shown

    shown = said(member, "meeting_coming", meeting.reference)
    assert "It is noted that you can come after all." in shown
    assert reverse("cautionary_meeting_coming", args=[meeting.reference]) not in shown
    mine.refresh_from_db()
    assert mine.apologies_at is None


@pytest.mark.clause("B8")
def test_clerk_takes_back_apologies_and_a_member_only_their_own(
    panel: Panel, clerk: Client
) -> None:
    meeting = planned(panel)
    seat = meeting.attendees.get(user=panel.customer)
    assert "The apologies are noted." in said(clerk, "attendance", seat.pk, "apologies")

    assert post(browser_of(panel.care), "attendance", seat.pk, "coming").status_code == 403
    assert "can come after all" in said(clerk, "attendance", seat.pk, "coming")

    seat.refresh_from_db()
    assert seat.apologies_at is None


@pytest.mark.clause("B8")
def test_apologies_stand_once_the_meeting_is_closed(panel: Panel) -> None:
    meeting = met(panel, present=5)
    member, seat = browser_of(panel.equality), meeting.attendees.get(user=panel.equality)
    post(member, "meeting_apologies", meeting.reference)
    close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())

    assert post(member, "meeting_coming", meeting.reference).status_code == 409
    seat.refresh_from_db()
    assert seat.apologies_at is not None


@pytest.mark.clause("B10")
def test_conflicts_are_the_chairs_again_when_the_chair_comes_after_all(panel: Panel) -> None:
    conflicted(waiting_case(panel), panel.equality)
    meeting, chair = planned(panel), browser_of(panel.chair)
    post(chair, "meeting_apologies", meeting.reference)
    before = OutboxMessage.objects.filter(kind="conflict", to=panel.chair).count()

    post(chair, "meeting_coming", meeting.reference)

    assert get(chair, "conflict_decide", ConflictDeclaration.objects.get().pk).status_code == 200
    assert OutboxMessage.objects.filter(kind="conflict", to=panel.chair).count() == before + 1


@pytest.mark.clause("B8")
def test_post_without_deputies_names_whom_to_ask(panel: Panel) -> None:
    meeting = planned(panel)
    member = browser_of(panel.customer)

    shown = text(get(member, "meeting_deputy", meeting.reference, panel.posts["customer"].pk))

    assert "Ask the owner:" in shown
    assert panel.owner.get_username() in shown.partition("Ask the owner:")[2]
