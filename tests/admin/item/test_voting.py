"""Votes on a motion, and the decision that is recorded."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.panel.findings import consult_system
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import Entry, PanelCase, PanelDecision, Vote
from cautionary_plugin.rules.risk_definitions import DEFINITIONS
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import CaseKind, Choice, Risk, System
from tests.admin.item.pages import PLAIN_HEALTH, url
from tests.admin.pages import text
from tests.council import browser_of
from tests.panel import Panel, leave, met, on_agenda, waiting_case
from tests.panel_items import FINDINGS, carried, findings_recorded, opened_item, voted, voting

pytestmark = pytest.mark.django_db


# Votes


@pytest.mark.clause("B19")
def test_motion_that_was_put_by_mistake_is_taken_back_on_the_page(
    panel: Panel, clerk: Client
) -> None:
    motion = voting(panel)
    offer = "Take the motion back"
    assert offer in text(clerk.get(url(motion.item)))
    assert offer not in text(browser_of(panel.safety).get(url(motion.item)))

    done = clerk.post(url(motion.item, "take_back"), {"seen": 1})

    assert done.headers["Location"].endswith("#motion")
    shown = text(clerk.get(url(motion.item)))
    assert "What is put to the vote?" in shown
    assert "Voting opens when a motion is put." in shown
    minutes = clerk.get(reverse("cautionary_minutes", args=[motion.item.meeting.reference]))
    assert "Withdrawn before anybody voted." in text(minutes)


def test_motion_with_a_vote_is_not_taken_back_and_the_page_says_so(
    panel: Panel, clerk: Client
) -> None:
    motion = voting(panel)
    cast_vote(motion=motion, choice=Choice.FOR, by=panel.safety, at=timezone.now())
    assert "Take the motion back" not in text(clerk.get(url(motion.item)))

    refused = clerk.post(url(motion.item, "take_back"), {"seen": 1})

    assert refused.status_code == 400
    assert "Somebody has voted" in text(refused)
    assert motion.item.motions.get().closed_at is None


@pytest.mark.clause("B19")
def test_vote_is_asked_once_more_before_it_counts(panel: Panel) -> None:
    motion = voting(panel)
    member = browser_of(panel.safety)
    typed = {"choice": "against", "motion": 1}
    assert "Vote on the motion" in text(member.get(url(motion.item)))

    read = member.post(url(motion.item, "vote"), typed)
    assert "A vote that is cast is not changed." in text(read)
    assert not Vote.objects.exists()
    done = member.post(url(motion.item, "vote"), typed | {"step": "record"})

    assert done.headers["Location"].endswith("#votes")
    assert Vote.objects.get().choice == Choice.AGAINST
    assert "You have voted: Against." in text(member.get(url(motion.item)))


@pytest.mark.clause("B19")
def test_who_has_voted_is_seen_and_how_is_not_before_the_close(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    at = timezone.now()
    cast_vote(motion=motion, choice=Choice.ABSTAIN, by=panel.safety, at=at)

    for browser in (clerk, browser_of(panel.chair)):
        shown = text(browser.get(url(motion.item)))
        votes = shown.partition('id="votes"')[2].partition('id="close"')[0]
        assert "1 of 6 have voted" in votes
        assert panel.posts["safety"].title in votes.partition("Still to vote")[0]
        assert "Abstained" not in votes

    for member in (panel.chair, panel.complaints, panel.care):
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=at)
    clerk.post(url(motion.item, "close"), {"seen": 1})
    assert "Abstained" in text(clerk.get(url(motion.item)))


def test_those_who_have_not_voted_are_named_before_the_close(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    for member in panel.members[:5]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())

    shown = text(clerk.get(url(motion.item)))

    assert "Close the vote without them" in shown
    assert panel.posts["equality"].title in shown.partition("Still to vote")[2]


@pytest.mark.clause("B8")
def test_second_vote_for_a_post_is_told_plainly(panel: Panel) -> None:
    motion = voting(panel)
    member = browser_of(panel.safety)
    typed = {"choice": "for", "motion": 1, "step": "record"}
    member.post(url(motion.item, "vote"), typed)

    again = member.post(url(motion.item, "vote"), typed | {"choice": "against"})

    assert again.status_code == 400
    assert "You have voted on this motion." in text(again)
    assert Vote.objects.get().choice == Choice.FOR


def test_vote_on_a_motion_that_was_replaced_meanwhile_does_not_count(panel: Panel) -> None:
    first = voted(panel, voting(panel), votes_for=3, against=1)
    second = voting(panel, item=first.item)
    member = browser_of(panel.safety)

    response = member.post(
        url(first.item, "vote"), {"choice": "for", "motion": 1, "step": "record"}
    )

    assert response.status_code == 400
    assert "Another motion was put meanwhile." in text(response)
    assert not second.votes.exists()


def test_clerk_has_no_vote(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)

    assert "Vote for" not in text(clerk.get(url(motion.item)))
    assert clerk.post(url(motion.item, "vote"), {"choice": "for", "motion": 1}).status_code == 403


def test_member_runs_nothing(panel: Panel) -> None:
    item = opened_item(panel)
    member = browser_of(panel.safety)

    assert "Record the answer" not in text(member.get(url(item)))
    for step in ("health", "findings", "close", "record", "adjourn"):
        assert member.post(url(item, step), PLAIN_HEALTH).status_code == 403


@pytest.mark.clause("B7")
def test_vote_is_not_closed_without_a_quorum(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    for name in ("chair", "complaints", "safety"):
        leave(panel, motion.item.meeting, panel.people[name])

    response = clerk.post(url(motion.item, "close"), {"seen": 1})

    assert response.status_code == 400
    assert "not quorate" in text(response)
    motion.refresh_from_db()
    assert motion.closed_at is None


# The decision


@pytest.mark.clause("B19")
def test_three_votes_are_read_back_as_not_carried(panel: Panel, clerk: Client) -> None:
    motion = voted(panel, voting(panel), votes_for=3, against=1)

    shown = text(clerk.get(url(motion.item)))

    assert "Not carried: 3 for, 1 against, 0 abstained" in shown
    assert "The case is closed without an entry and without a letter." in shown
    clerk.post(url(motion.item, "record"), {"seen": motion.number})
    assert not PanelDecision.objects.get().carried
    assert not Entry.objects.filter(register=panel.register).exists()


@pytest.mark.clause("B3")
def test_read_back_says_all_that_will_be_recorded(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)
    consult_system(
        item=item,
        system=System.MOSAIC,
        relevant=True,
        adjustments=["advocate"],
        by=panel.care,
        at=timezone.now(),
    )
    motion = carried(panel, item=findings_recorded(panel, item))

    shown = text(clerk.get(url(motion.item)))
    read = shown.partition('id="decision"')[2]

    for told in (
        "Carried: 4 for",
        DEFINITIONS[Risk.MEDIUM],
        motion.reasons,
        "See him with a colleague beside you.",
        "The tenancy file has the same date of birth.",
        FINDINGS["criteria"],
        FINDINGS["exceptional"],
        FINDINGS["letter_reasons"],
        FINDINGS["spoc_reasons"],
        "The file and the presenter were asked.",
        "Invite an advocate or a support worker",
        "A letter is due from",
        panel.posts["chair"].title,
        panel.posts["equality"].title,
        "sits, has not voted",
    ):
        assert told in read, told


@pytest.mark.clause("B3")
def test_decision_is_recorded_once_and_then_only_shown(panel: Panel, clerk: Client) -> None:
    motion = carried(panel)
    clerk.post(url(motion.item, "record"), {"seen": 1})

    again = clerk.post(url(motion.item, "record"), {"seen": 1})
    shown = text(clerk.get(url(motion.item)))

    assert again.status_code == 400
    assert "The decision on this item is recorded." in text(again)
    assert PanelDecision.objects.count() == 1
    assert "It never changes." in shown
    for form in ("health", "findings", "close", "record", "adjourn"):
        assert url(motion.item, form) not in shown


@pytest.mark.clause("B3")
def test_correction_brings_a_new_case_and_leaves_the_decision(panel: Panel, clerk: Client) -> None:
    motion = carried(panel)
    clerk.post(url(motion.item, "record"), {"seen": 1})
    reasons = "The level was read out wrongly, and the minutes show it."

    response = clerk.post(url(motion.item, "correction"), {"reasons": reasons, "step": "record"})

    assert response.status_code == 302
    case = PanelCase.objects.get(kind=CaseKind.CORRECTION)
    assert case.corrects == PanelDecision.objects.get()


def test_adjourned_item_says_why(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    empty = clerk.post(url(item, "adjourn"), {})
    assert empty.status_code == 400
    clerk.post(url(item, "adjourn"), {"reasons": "The presenter is ill, and nobody can stand in."})

    assert "nobody can stand in" in text(clerk.get(url(item)))
    item.refresh_from_db()
    assert item.state == ItemState.ADJOURNED


def test_next_item_is_offered_by_its_reference(panel: Panel, clerk: Client) -> None:
    first, second = waiting_case(panel), waiting_case(panel)
    meeting = met(panel)
    item = on_agenda(meeting, first)
    adjourn_item(item=item, reasons="The clerk asks for it.", by=panel.clerk, at=timezone.now())

    shown = text(clerk.get(url(item)))

    assert f"Next: item {on_agenda(meeting, second).position}, {second.reference}" in shown


def test_steps_lead_back_to_the_page_when_they_are_only_opened(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    for step in ("open", "health", "findings", "close", "record", "adjourn", "look"):
        assert clerk.get(url(item, step)).headers["Location"].startswith(url(item))
