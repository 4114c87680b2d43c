"""A motion that was put by mistake is taken back while nobody has voted (B19)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.items import adjourn_item
from cautionary_plugin.actions.panel.motions import take_back_motion
from cautionary_plugin.models import AccessRecord, Motion
from cautionary_plugin.rules.errors import AlreadyDone, Excluded, IllegalMove, NotReady, NotYourPost
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.states import ItemState
from cautionary_plugin.rules.vocabulary import Act, PanelOutcome
from tests.actions.panel.voting.steps import put, vote
from tests.panel import Panel, conflicted
from tests.panel_items import voted, voting

pytestmark = pytest.mark.django_db


def take_back(panel: Panel, motion: Motion, by: str = "clerk") -> Motion:
    return take_back_motion(motion=motion, by=panel.people[by], at=timezone.now())


@pytest.mark.clause("B19")
def test_motion_that_was_taken_back_leaves_room_for_the_right_one(panel: Panel) -> None:
    wrong = voting(panel, PanelOutcome.NO_ACTION)
    lines = AccessRecord.objects.filter(act=Act.ITEM).count()

    taken = take_back(panel, wrong)

    assert (taken.withdrawn, taken.carried, taken.closed_by) == (True, False, panel.clerk)
    assert taken.item.state == ItemState.OPEN
    assert AccessRecord.objects.filter(act=Act.ITEM).count() == lines + 1
    with pytest.raises(AlreadyDone):
        vote(wrong, panel.safety)
    right = voted(panel, put(panel, taken.item))
    assert (right.number, right.carried) == (2, True)
    decision = record_decision(motion=right, by=panel.clerk, at=timezone.now())
    assert decision.entry is not None


@pytest.mark.clause("B19")
def test_motion_on_which_somebody_has_voted_is_not_taken_back(panel: Panel) -> None:
    motion = voting(panel)
    vote(motion, panel.safety)

    with pytest.raises(IllegalMove, match="Somebody has voted"):
        take_back(panel, motion)

    motion.refresh_from_db()
    assert (motion.withdrawn, motion.closed_at) == (False, None)


@pytest.mark.clause("B11", "B19")
def test_vote_that_was_struck_keeps_its_motion_from_being_taken_back(panel: Panel) -> None:
    motion = voting(panel)
    vote(motion, panel.safety)
    conflicted(motion.item.case, panel.safety)
    assert not motion.votes.counting().exists()

    with pytest.raises(IllegalMove):
        take_back(panel, motion)


def test_motion_is_taken_back_once_and_not_after_its_close(panel: Panel) -> None:
    motion = voting(panel)
    take_back(panel, motion)
    with pytest.raises(AlreadyDone):
        take_back(panel, motion)

    closed = voted(panel, put(panel, motion.item))
    with pytest.raises(AlreadyDone):
        take_back(panel, closed)


@pytest.mark.parametrize("who", ["safety", "operations", "legal"])
def test_motion_is_taken_back_by_who_runs_the_meeting(panel: Panel, who: str) -> None:
    motion = voting(panel)

    with pytest.raises(NotYourPost):
        take_back(panel, motion, who)

    assert take_back(panel, motion, "chair").withdrawn


@pytest.mark.clause("B11")
def test_chair_who_is_shut_out_takes_nothing_back(panel: Panel) -> None:
    motion = voting(panel)
    conflicted(motion.item.case, panel.chair)

    with pytest.raises(Excluded):
        take_back(panel, motion, "chair")


def test_what_was_lost_before_can_be_recorded_and_what_was_taken_back_cannot(panel: Panel) -> None:
    lost = voted(panel, voting(panel), votes_for=3, against=1)
    terms = MotionTerms()
    mistake = put(panel, lost.item, outcome=PanelOutcome.LETTER, risk="", terms=terms)
    with pytest.raises(IllegalMove):
        record_decision(motion=lost, by=panel.clerk, at=timezone.now())

    taken = take_back(panel, mistake)

    with pytest.raises(NotReady, match="withdrawn"):
        record_decision(motion=taken, by=panel.clerk, at=timezone.now())
    decision = record_decision(motion=lost, by=panel.clerk, at=timezone.now())
    assert (decision.motion, decision.carried) == (lost, False)


def test_motion_that_was_adjourned_is_not_taken_back(panel: Panel) -> None:
    motion = voting(panel)
    told = "The Operations Manager has not come."
    adjourn_item(item=motion.item, reasons=told, by=panel.clerk, at=timezone.now())

    with pytest.raises(AlreadyDone):
        take_back(panel, motion)
    motion.item.refresh_from_db()
    assert motion.item.state == ItemState.ADJOURNED
