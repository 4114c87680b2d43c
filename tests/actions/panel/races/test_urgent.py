"""An urgent addition, its ratification and the end of its meeting at once: they agree (B41)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.models import Entry, Motion, PanelCase, PanelDecision, UrgentAddition
from cautionary_plugin.rules.vocabulary import PanelOutcome
from tests.actions.panel.races.steps import adjourn, record
from tests.life import submitted
from tests.panel import Panel, met
from tests.panel_items import findings_recorded, opened_item, urgent, voted, voting
from tests.races import in_turn, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def ratifying(panel: Panel) -> Motion:
    """The motion that ratifies an urgent addition is carried, and waits to be recorded."""
    addition = urgent(panel)
    item = findings_recorded(panel, opened_item(panel, addition.case, meeting=met(panel)))
    return voted(panel, voting(panel, PanelOutcome.RATIFY, item=item))


def close_the_meeting(panel: Panel, motion: Motion) -> Callable[[], Any]:
    meeting = motion.item.meeting
    return lambda: close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())


@pytest.mark.clause("B41")
def test_ratification_against_the_close_of_the_meeting(panel: Panel) -> None:
    motion = ratifying(panel)

    race(record(panel, motion), close_the_meeting(panel, motion))

    entry = Entry.objects.get()
    assert (entry.state, entry.provisional) == ("live", False)


@pytest.mark.clause("B41")
def test_close_that_waits_for_the_ratification_lets_nothing_lapse(panel: Panel) -> None:
    motion = ratifying(panel)

    outcomes = in_turn(record(panel, motion), close_the_meeting(panel, motion))

    assert refusals(outcomes) == []
    entry = Entry.objects.get()
    assert (entry.state, entry.provisional) == ("live", False)
    assert UrgentAddition.objects.get().ratified is True


@pytest.mark.clause("B41")
def test_ratification_that_waits_for_adjournment_and_close_is_refused(panel: Panel) -> None:
    motion = ratifying(panel)

    def adjourn_and_close() -> None:
        adjourn(panel, motion)()
        close_the_meeting(panel, motion)()

    outcomes = in_turn(adjourn_and_close, record(panel, motion))

    assert refusals(outcomes) == ["IllegalMove"]
    entry = Entry.objects.get()
    assert (entry.state, entry.why_ended) == ("ended", "unratified")
    assert UrgentAddition.objects.get().ratified is False
    assert not PanelDecision.objects.exists()


@pytest.mark.clause("B41")
def test_ratification_adjournment_and_close_at_once_agree(panel: Panel) -> None:
    motion = ratifying(panel)

    race(
        record(panel, motion),
        adjourn(panel, motion),
        close_the_meeting(panel, motion),
        close_the_meeting(panel, motion),
    )

    entry, addition = Entry.objects.get(), UrgentAddition.objects.get()
    decided = PanelDecision.objects.exists()
    assert (entry.state == "live") is (addition.ratified is not False)
    assert decided is (addition.ratified is True) is not entry.provisional


@pytest.mark.clause("B41")
def test_addition_that_waits_for_the_same_addition_is_refused(panel: Panel) -> None:
    report = submitted(panel.council)

    outcomes = in_turn(lambda: urgent(panel, report=report), lambda: urgent(panel, report=report))

    assert refusals(outcomes) == ["NotReady"]
    assert (Entry.objects.count(), UrgentAddition.objects.count()) == (1, 1)
    assert PanelCase.objects.filter(kind="ratification").count() == 1


@pytest.mark.clause("B41")
def test_one_report_added_at_once_by_chair_and_director(panel: Panel) -> None:
    report = submitted(panel.council)
    away = {"by": panel.legaldirector, "absence": "The chair cannot be reached by phone."}

    outcomes = race(
        lambda: urgent(panel, report=report),
        lambda: urgent(panel, report=report, **away),
        lambda: urgent(panel, report=report),
    )

    assert refusals(outcomes) == ["NotReady"] * 2
    assert (Entry.objects.count(), UrgentAddition.objects.count()) == (1, 1)


@pytest.mark.clause("B41")
def test_same_person_added_at_once_from_two_reports_is_told_apart(panel: Panel) -> None:
    reports = [submitted(panel.council), submitted(panel.council)]

    outcomes = race(*[lambda each=each: urgent(panel, report=each) for each in reports])

    assert refusals(outcomes) == ["BadInput"]
    assert Entry.objects.count() == 1
