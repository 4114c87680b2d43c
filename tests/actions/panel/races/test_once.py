"""What is done once, though several press at once: open, put, record, refer, correct (B19)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.items import open_item
from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.referrals import take_up, turn_down
from cautionary_plugin.models import (
    DirectorReferral,
    Entry,
    Letter,
    Motion,
    PanelCase,
    PanelDecision,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import PanelOutcome, Risk
from tests.actions.panel.races.steps import REASONS, record
from tests.panel import Panel, met, waiting_case
from tests.panel_items import carried, entry_terms, findings_recorded, panel_decision
from tests.races import in_turn, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.clause("B19")
def test_decision_recorded_four_times_at_once_is_one(panel: Panel) -> None:
    motion = carried(panel, risk=Risk.HIGH)

    outcomes = race(*[record(panel, motion)] * 4)

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert (PanelDecision.objects.count(), Entry.objects.count()) == (1, 1)
    assert DirectorReferral.objects.count() == 1


@pytest.mark.clause("B19")
def test_decision_that_waits_for_the_same_decision_is_refused(panel: Panel) -> None:
    motion = carried(panel, risk=Risk.HIGH)

    outcomes = in_turn(record(panel, motion), record(panel, motion))

    assert refusals(outcomes) == ["AlreadyDone"]
    assert (PanelDecision.objects.count(), Entry.objects.count()) == (1, 1)
    assert (DirectorReferral.objects.count(), Letter.objects.count()) == (1, 1)


def test_item_is_opened_once_and_one_at_a_time(panel: Panel) -> None:
    cases = [waiting_case(panel), waiting_case(panel)]
    met(panel)
    items = [case.items.get() for case in cases]

    outcomes = race(
        *[lambda: open_item(item=items[0], by=panel.clerk, at=timezone.now())] * 2,
        *[lambda: open_item(item=items[1], by=panel.chair, at=timezone.now())] * 2,
    )

    assert refusals(outcomes) == ["IllegalMove"] * 3


def test_one_motion_is_put(panel: Panel) -> None:
    item = findings_recorded(panel)

    def put() -> Motion:
        return put_motion(
            item=item,
            outcome=PanelOutcome.ENTRY,
            risk="medium",
            reasons=REASONS,
            terms=MotionTerms(entry=entry_terms()),
            by=panel.clerk,
            at=timezone.now(),
        )

    outcomes = race(*[put] * 3)

    assert refusals(outcomes) == ["IllegalMove"] * 2
    assert Motion.objects.count() == 1


def test_referral_is_answered_once(panel: Panel) -> None:
    panel_decision(panel, risk=Risk.HIGH)
    referral, owner = DirectorReferral.objects.get(), panel.council.owner

    outcomes = race(
        *[lambda: take_up(referral=referral, by=owner, at=timezone.now())] * 2,
        lambda: turn_down(referral=referral, reasons=REASONS, by=owner, at=timezone.now()),
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 2


def test_correction_is_asked_for_once(panel: Panel) -> None:
    decision = panel_decision(panel, PanelOutcome.NO_ACTION)

    outcomes = race(
        *[
            lambda: ask_for_correction(
                decision=decision, reasons=REASONS, by=panel.clerk, at=timezone.now()
            )
        ]
        * 3
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 2
    assert PanelCase.objects.filter(kind="correction").count() == 1
