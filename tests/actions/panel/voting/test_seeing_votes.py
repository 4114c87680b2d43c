"""Nobody sees how others voted before they have voted themselves (B11, B19)."""

import pytest

from cautionary_plugin.actions.panel.votes import votes_seen_by
from cautionary_plugin.rules.vocabulary import Choice
from tests.actions.panel.voting.steps import close, vote
from tests.panel import Panel, conflicted, waiting_case
from tests.panel_items import findings_recorded, opened_item, voting

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B19")
def test_nobody_sees_how_others_voted_before_they_have(panel: Panel) -> None:
    motion = voting(panel)
    vote(motion, panel.chair)
    assert votes_seen_by(motion, panel.safety) == []
    assert votes_seen_by(motion, panel.clerk) == []

    vote(motion, panel.safety, Choice.AGAINST)

    assert len(votes_seen_by(motion, panel.safety)) == 2
    for member in panel.members[3:]:
        vote(motion, member)
    closed = close(panel, motion)
    assert len(votes_seen_by(closed, panel.clerk)) == 5


@pytest.mark.clause("B11")
def test_excluded_member_sees_no_votes(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case)))
    vote(motion, panel.chair)
    vote(motion, panel.safety)
    conflicted(case, panel.safety)

    assert votes_seen_by(motion, panel.safety) == []
    assert len(votes_seen_by(motion, panel.chair)) == 2
