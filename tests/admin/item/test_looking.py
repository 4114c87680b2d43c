"""The head of an item's page, and who may look."""

import pytest
from django.test import Client
from django.utils import timezone

from cautionary_plugin.actions.panel.votes import cast_vote
from cautionary_plugin.models import AccessRecord
from cautionary_plugin.rules.vocabulary import Act, Choice
from tests.admin.item.pages import PLAIN_HEALTH, TYPED_FINDINGS, url
from tests.admin.pages import text
from tests.council import browser_of
from tests.life import REPORTED
from tests.panel import Panel, conflicted, deputised, leave, met, on_agenda, waiting_case
from tests.panel_items import opened_item, voting
from tests.queries import fewest_queries

pytestmark = pytest.mark.django_db

STATEMENT = "He comes to the counter each week and shouts until staff leave."


# The head of the page


@pytest.mark.clause("B7")
def test_head_tells_the_quorum_now_and_who_sits_for_each_post(panel: Panel, clerk: Client) -> None:
    case = waiting_case(panel)
    conflicted(case, panel.equality, decided=True, by=panel.chair)
    meeting = met(panel, present=5)
    item = opened_item(panel, case, meeting=meeting)
    shown = text(clerk.get(url(item)))

    assert "Quorate: 5 sit, 4 needed" in shown
    assert "excluded" in shown

    leave(panel, meeting, panel.customer)
    leave(panel, meeting, panel.care)
    shown = text(clerk.get(url(item)))

    assert "Not quorate: 3 sit, 4 needed" in shown
    assert "Call a briefed deputy, or adjourn it." in shown
    assert "left at" in shown


@pytest.mark.clause("B8")
def test_briefed_deputy_sits_and_is_shown_as_one(panel: Panel, clerk: Client) -> None:
    meeting = met(panel, present=["chair", "complaints", "customer", "care"])
    deputised(panel, meeting, "safety", arrives=True)
    item = opened_item(panel, meeting=meeting)

    shown = text(clerk.get(url(item)))

    assert "Quorate: 5 sit, 4 needed" in shown
    assert "sits as deputy" in shown


def test_page_costs_the_same_however_many_vote(panel: Panel, clerk: Client) -> None:
    motion = voting(panel)
    cast_vote(motion=motion, choice=Choice.FOR, by=panel.chair, at=timezone.now())
    before = fewest_queries(lambda: clerk.get(url(motion.item)))
    for member in panel.members[1:]:
        cast_vote(motion=motion, choice=Choice.FOR, by=member, at=timezone.now())

    assert fewest_queries(lambda: clerk.get(url(motion.item))) == before


# Who may look


@pytest.mark.clause("B11")
def test_excluded_member_learns_the_reference_and_nothing_else(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    member = browser_of(panel.complaints)
    assert STATEMENT in text(member.get(url(item)))
    conflicted(case, panel.complaints)

    answers = [member.get(url(item)), member.post(url(item, "vote"), {"choice": "for"})]

    for answer in answers:
        assert answer.status_code == 403
        assert "You are excluded from this case." in text(answer)
        assert case.reference in text(answer)
        for secret in (STATEMENT, REPORTED.split()[1], "Quorate"):
            assert secret not in text(answer)
    refused = AccessRecord.objects.filter(act=Act.REFUSED, user=panel.complaints)
    assert refused.filter(screen="cautionary_item").exists()


@pytest.mark.clause("B11")
def test_excluded_chair_does_not_run_the_item(panel: Panel) -> None:
    case = waiting_case(panel)
    item = opened_item(panel, case)
    conflicted(case, panel.chair)
    chair = browser_of(panel.chair)

    for step, typed in (("health", PLAIN_HEALTH), ("findings", TYPED_FINDINGS), ("adjourn", {})):
        answer = chair.post(url(item, step), typed)
        assert answer.status_code == 403
        assert STATEMENT not in text(answer)
    item.refresh_from_db()
    assert item.health == ""


@pytest.mark.clause("B8")
def test_deputy_looks_once_they_are_briefed_for_this_meeting(panel: Panel) -> None:
    meeting = met(panel, present=4)
    item = opened_item(panel, meeting=meeting)
    unbriefed = browser_of(deputised(panel, meeting, "care", briefed=False, arrives=True))
    briefed = browser_of(deputised(panel, meeting, "equality", arrives=True))

    assert unbriefed.get(url(item)).status_code == 403
    assert STATEMENT in text(briefed.get(url(item)))


@pytest.mark.clause("B14")
def test_member_sees_nothing_before_the_papers_are_released(panel: Panel, clerk: Client) -> None:
    item = on_agenda(met(panel, released=False), waiting_case(panel))
    member = browser_of(panel.safety)

    assert STATEMENT not in text(member.get(url(item)))
    assert STATEMENT in text(clerk.get(url(item)))


def test_opening_the_page_is_recorded(panel: Panel, clerk: Client) -> None:
    item = opened_item(panel)

    clerk.get(url(item))

    lines = AccessRecord.objects.filter(act=Act.READ_CASE, user=panel.clerk)
    assert lines.get().reference == item.case.reference
