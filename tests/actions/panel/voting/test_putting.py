"""A motion is put when all is answered, with a quorum, one at a time (B7, B11, B18, B20)."""

from typing import Any

import pytest

from cautionary_plugin.models import Motion
from cautionary_plugin.rules.errors import BadInput, IllegalMove, NotReady, NotYourPost
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import PanelOutcome
from tests.actions.panel.voting.steps import put
from tests.life import submitted
from tests.panel import Panel, arrive, conflicted, deputised, leave, met, waiting_case
from tests.panel_items import carried, findings_recorded, opened_item, panel_entry, voted, voting

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B15", "B17", "B20", "B23")
def test_nothing_is_put_before_the_panel_has_answered(panel: Panel) -> None:
    item = opened_item(panel, present=3)

    with pytest.raises(NotReady) as error:
        put(panel, item)

    assert len(error.value.missing) == 6  # the quorum and five answers, said at once
    assert "Health, conditions and disabilities come first." in error.value.missing
    assert not Motion.objects.exists()


@pytest.mark.clause("B15", "B16")
@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"criteria_met": False}, "does not meet the criteria"),
        ({"exceptional": " "}, "exceptional circumstances"),
    ],
)
def test_nobody_is_put_on_the_schedule_against_what_was_found(
    panel: Panel, found: dict[str, Any], told: str
) -> None:
    item = findings_recorded(panel, **found)

    with pytest.raises(NotReady, match=told):
        put(panel, item)

    other = put(panel, item, outcome=PanelOutcome.LETTER, risk="", terms=MotionTerms())
    assert other.number == 1


@pytest.mark.clause("B7")
def test_motion_is_put_while_four_sit(panel: Panel) -> None:
    case = waiting_case(panel)
    item = findings_recorded(panel, opened_item(panel, case, present=4))
    leave(panel, item.meeting, panel.members[3])

    with pytest.raises(NotReady, match="not quorate"):
        put(panel, item)

    arrive(panel, item.meeting, panel.members[3])
    assert put(panel, item).number == 1


@pytest.mark.clause("B7")
@pytest.mark.clause("B11")
def test_quorum_is_lost_by_an_exclusion_and_regained_with_a_deputy(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel, present=4)
    item = findings_recorded(panel, opened_item(panel, case, meeting=meeting))
    conflicted(case, panel.members[1])
    with pytest.raises(NotReady, match="3 of 4"):
        put(panel, item)

    deputised(panel, meeting, "complaints", arrives=True)

    assert put(panel, item).item_id == item.pk


def test_one_motion_at_a_time(panel: Panel) -> None:
    motion = voting(panel)

    with pytest.raises(IllegalMove):
        put(panel, motion.item)


def test_motion_is_put_by_who_runs_the_meeting(panel: Panel) -> None:
    item = findings_recorded(panel)

    for who in (panel.operations, panel.safety):
        with pytest.raises(NotYourPost):
            put(panel, item, by=who)
    assert put(panel, item, by=panel.chair).put_by == panel.chair


def test_one_entry_for_one_incident(panel: Panel) -> None:
    report = submitted(panel.council)
    item = opened_item(panel, waiting_case(panel, report=report))
    panel_entry(panel, item=findings_recorded(panel, item))
    again = opened_item(panel, waiting_case(panel, report=report), meeting=item.meeting)
    item = findings_recorded(panel, again)

    with pytest.raises(NotReady, match="on the schedule already"):
        put(panel, item)


@pytest.mark.clause("B18")
def test_outcome_that_does_not_fit_is_refused(panel: Panel) -> None:
    item = findings_recorded(panel)

    with pytest.raises(BadInput) as error:
        put(panel, item, outcome=PanelOutcome.RATIFY, risk="", terms=MotionTerms())

    assert set(error.value.problems) == {"outcome"}


def test_after_a_motion_was_carried_no_other_is_put(panel: Panel) -> None:
    motion = carried(panel)

    with pytest.raises(NotReady, match="carried"):
        put(panel, motion.item)


def test_after_a_motion_was_not_carried_another_is_put(panel: Panel) -> None:
    motion = voted(panel, voting(panel), votes_for=3, against=1)

    other = put(panel, motion.item, outcome=PanelOutcome.LETTER, risk="", terms=MotionTerms())

    assert other.number == 2
