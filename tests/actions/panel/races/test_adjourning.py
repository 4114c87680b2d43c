"""An item that is adjourned while it is voted on, closed or recorded: one winner (B19)."""

import pytest

from cautionary_plugin.models import Entry, PanelDecision, Vote
from tests.actions.panel.races.steps import adjourn, close, record, three_for, vote
from tests.panel import Panel
from tests.panel_items import carried
from tests.races import in_turn, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.clause("B19")
def test_last_vote_before_the_adjournment_stays_on_the_record(panel: Panel) -> None:
    motion = three_for(panel)

    outcomes = in_turn(vote(motion, panel.safety), adjourn(panel, motion))

    assert refusals(outcomes) == []
    motion.refresh_from_db()
    assert (motion.withdrawn, motion.votes_for, motion.carried) == (True, 4, False)


@pytest.mark.clause("B19")
def test_last_vote_after_the_adjournment_is_refused(panel: Panel) -> None:
    motion = three_for(panel)

    outcomes = in_turn(adjourn(panel, motion), vote(motion, panel.safety))

    assert refusals(outcomes) == ["AlreadyDone"]
    assert Vote.objects.counting().count() == 4


def test_close_against_adjournment_has_one_winner(panel: Panel) -> None:
    motion = three_for(panel)
    vote(motion, panel.safety)()

    outcomes = race(close(panel, motion), adjourn(panel, motion), adjourn(panel, motion))

    motion.refresh_from_db()
    assert motion.withdrawn is not motion.carried
    assert len(refusals(outcomes)) in (1, 2)
    assert motion.item.case.items.filter(state="adjourned").count() == 1


@pytest.mark.clause("B19")
def test_record_against_adjournment_has_one_winner(panel: Panel) -> None:
    motion = carried(panel)

    outcomes = race(record(panel, motion), adjourn(panel, motion))

    assert len(refusals(outcomes)) == 1
    decided = PanelDecision.objects.exists()
    motion.item.refresh_from_db()
    assert motion.item.state == ("decided" if decided else "adjourned")
    assert Entry.objects.exists() is decided
