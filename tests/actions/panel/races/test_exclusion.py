"""A conflict that is declared in the middle of a vote or of its record (B11)."""

import pytest

from cautionary_plugin.models import Entry, Vote
from tests.actions.panel.races.steps import close, declare, record, three_for, vote
from tests.panel import Panel, waiting_case
from tests.panel_items import carried, findings_recorded, opened_item
from tests.races import in_turn, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.clause("B11")
def test_vote_that_waits_for_the_declaration_is_refused(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = three_for(panel, item=findings_recorded(panel, opened_item(panel, case)))

    outcomes = in_turn(declare(case, panel.safety), vote(motion, panel.safety))

    assert refusals(outcomes) == ["Excluded"]
    assert Vote.objects.counting().count() == 4


@pytest.mark.clause("B11")
def test_vote_before_the_declaration_is_struck_by_it(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = three_for(panel, item=findings_recorded(panel, opened_item(panel, case)))

    outcomes = in_turn(vote(motion, panel.safety), declare(case, panel.safety))

    assert refusals(outcomes) == []
    closed = close(panel, motion)()
    assert (closed.votes_for, closed.carried) == (3, False)
    assert Vote.objects.get(user=panel.safety).struck_at is not None


@pytest.mark.clause("B11")
def test_close_that_waits_for_the_declaration_counts_without_that_vote(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = three_for(panel, item=findings_recorded(panel, opened_item(panel, case)))
    vote(motion, panel.safety)()

    outcomes = in_turn(declare(case, panel.safety), close(panel, motion))

    assert refusals(outcomes) == []
    motion.refresh_from_db()
    assert (motion.votes_for, motion.present, motion.carried) == (3, 5, False)


@pytest.mark.clause("B11")
def test_record_that_waits_for_the_declaration_is_refused(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = carried(panel, item=findings_recorded(panel, opened_item(panel, case)))

    outcomes = in_turn(declare(case, panel.members[2]), record(panel, motion))

    assert refusals(outcomes) == ["NotReady"]
    assert not Entry.objects.exists()


@pytest.mark.clause("B11")
def test_declaration_that_waits_for_the_record_comes_too_late(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = carried(panel, item=findings_recorded(panel, opened_item(panel, case)))

    outcomes = in_turn(record(panel, motion), declare(case, panel.members[2]))

    assert refusals(outcomes) == ["IllegalMove"]
    assert Entry.objects.count() == 1
