"""Two at one item of the panel: one winner, a plain word to the other, no vote lost (B19)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.conflicts import declare_conflict
from cautionary_plugin.actions.panel.corrections import ask_for_correction
from cautionary_plugin.actions.panel.deciding import record_decision
from cautionary_plugin.actions.panel.items import adjourn_item, open_item
from cautionary_plugin.actions.panel.meetings import close_meeting
from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.referrals import take_up, turn_down
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote
from cautionary_plugin.models import (
    DirectorReferral,
    Entry,
    Letter,
    Motion,
    PanelCase,
    PanelDecision,
    UrgentAddition,
    Vote,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Choice, PanelOutcome, Risk
from tests.life import submitted
from tests.panel import Panel, deputised, found_panel, leave, met, waiting_case
from tests.panel_items import (
    carried,
    entry_terms,
    findings_recorded,
    opened_item,
    panel_decision,
    urgent,
    voted,
    voting,
)
from tests.races import in_turn, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

REASONS = "Legal's advice is missing, and wanted."


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def vote(motion: Motion, by: Any, choice: Choice = Choice.FOR) -> Callable[[], Vote]:
    return lambda: cast_vote(motion=motion, choice=choice, by=by, at=timezone.now())


def close(panel: Panel, motion: Motion) -> Callable[[], Motion]:
    return lambda: close_vote(motion=motion, by=panel.clerk, at=timezone.now())


def adjourn(panel: Panel, motion: Motion) -> Callable[[], Any]:
    item = motion.item
    return lambda: adjourn_item(item=item, reasons=REASONS, by=panel.clerk, at=timezone.now())


def record(panel: Panel, motion: Motion) -> Callable[[], PanelDecision]:
    return lambda: record_decision(motion=motion, by=panel.clerk, at=timezone.now())


def declare(case: PanelCase, member: Any) -> Callable[[], Any]:
    told = {"reasons": "I live two doors from the customer."}
    return lambda: declare_conflict(case=case, member=member, by=member, at=timezone.now(), **told)


def three_for(panel: Panel, **options: Any) -> Motion:
    """A motion that lacks one vote for: safety and care have not voted, and one abstains."""
    motion = voting(panel, **options)
    for member in (panel.chair, panel.complaints, panel.customer):
        vote(motion, member)()
    vote(motion, panel.equality, Choice.ABSTAIN)()
    return motion


# --- Votes -----------------------------------------------------------------------------------


@pytest.mark.clause("B8")
@pytest.mark.clause("B19")
def test_one_member_votes_four_times_at_once(panel: Panel) -> None:
    motion = voting(panel)

    outcomes = race(
        *[vote(motion, panel.safety)] * 2, *[vote(motion, panel.safety, Choice.AGAINST)] * 2
    )

    assert refusals(outcomes) == ["AlreadyDone"] * 3
    assert Vote.objects.count() == 1


@pytest.mark.clause("B8")
def test_second_vote_of_a_member_waits_and_is_refused(panel: Panel) -> None:
    motion = voting(panel)

    outcomes = in_turn(vote(motion, panel.safety), vote(motion, panel.safety, Choice.AGAINST))

    assert refusals(outcomes) == ["AlreadyDone"]
    assert Vote.objects.get().choice == "for"


@pytest.mark.clause("B8")
def test_holder_goes_as_they_vote_and_the_deputy_votes_too(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel)
    deputy = deputised(panel, meeting, "safety", arrives=True)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case, meeting=meeting)))

    def vote_and_leave() -> Vote:
        cast = vote(motion, panel.safety)()
        leave(panel, meeting, panel.safety)
        return cast

    outcomes = in_turn(vote_and_leave, vote(motion, deputy, Choice.AGAINST))

    assert refusals(outcomes) == ["AlreadyDone"]
    assert Vote.objects.get().user == panel.safety


@pytest.mark.clause("B8")
def test_holder_and_deputy_vote_together(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel)
    deputy = deputised(panel, meeting, "safety", arrives=True)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case, meeting=meeting)))

    outcomes = race(*[vote(motion, panel.safety)] * 2, *[vote(motion, deputy)] * 2)

    assert sorted(refusals(outcomes)) == ["AlreadyDone", "NoSeat", "NoSeat"]
    assert Vote.objects.get().user == panel.safety


@pytest.mark.clause("B19")
def test_vote_that_comes_before_the_close_counts(panel: Panel) -> None:
    motion = three_for(panel)

    outcomes = in_turn(vote(motion, panel.safety), close(panel, motion))

    assert refusals(outcomes) == []
    motion.refresh_from_db()
    assert (motion.votes_for, motion.carried) == (4, True)


@pytest.mark.clause("B19")
def test_vote_that_comes_after_the_close_is_refused(panel: Panel) -> None:
    motion = three_for(panel)

    outcomes = in_turn(close(panel, motion), vote(motion, panel.safety))

    assert refusals(outcomes) == ["AlreadyDone"]
    motion.refresh_from_db()
    assert (motion.votes_for, motion.carried, Vote.objects.count()) == (3, False, 4)


@pytest.mark.clause("B19")
def test_votes_and_two_closes_at_once_lose_no_vote(panel: Panel) -> None:
    motion = three_for(panel)

    outcomes = race(
        vote(motion, panel.safety),
        vote(motion, panel.care),
        close(panel, motion),
        close(panel, motion),
    )

    assert "AlreadyDone" in refusals(outcomes)
    motion.refresh_from_db()
    cast_for = Vote.objects.filter(choice=Choice.FOR).count()
    assert motion.votes_for == cast_for
    assert motion.carried is (cast_for >= 4)


# --- Exclusion -------------------------------------------------------------------------------


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


# --- Adjourning ------------------------------------------------------------------------------


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


# --- Recording -------------------------------------------------------------------------------


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


@pytest.mark.clause("B19")
def test_record_against_adjournment_has_one_winner(panel: Panel) -> None:
    motion = carried(panel)

    outcomes = race(record(panel, motion), adjourn(panel, motion))

    assert len(refusals(outcomes)) == 1
    decided = PanelDecision.objects.exists()
    motion.item.refresh_from_db()
    assert motion.item.state == ("decided" if decided else "adjourned")
    assert Entry.objects.exists() is decided


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


@pytest.mark.clause("B41")
def test_ratification_against_the_close_of_the_meeting(panel: Panel) -> None:
    addition = urgent(panel)
    item = findings_recorded(panel, opened_item(panel, addition.case, meeting=met(panel)))
    motion = voted(panel, voting(panel, PanelOutcome.RATIFY, item=item))
    meeting = item.meeting

    race(
        record(panel, motion),
        lambda: close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now()),
    )

    entry = Entry.objects.get()
    assert (entry.state, entry.provisional) == ("live", False)


def ratifying(panel: Panel) -> Motion:
    """The motion that ratifies an urgent addition is carried, and waits to be recorded."""
    addition = urgent(panel)
    item = findings_recorded(panel, opened_item(panel, addition.case, meeting=met(panel)))
    return voted(panel, voting(panel, PanelOutcome.RATIFY, item=item))


def close_the_meeting(panel: Panel, motion: Motion) -> Callable[[], Any]:
    meeting = motion.item.meeting
    return lambda: close_meeting(meeting=meeting, by=panel.clerk, at=timezone.now())


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
