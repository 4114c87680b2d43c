"""Votes and the close of a vote at once: one vote a post, and none is lost (B8, B19)."""

import pytest

from cautionary_plugin.models import Vote
from cautionary_plugin.rules.vocabulary import Choice
from tests.actions.panel.races.steps import close, three_for, vote
from tests.panel import Panel, deputised, leave, met, waiting_case
from tests.panel_items import findings_recorded, opened_item, voting
from tests.races import in_turn, race, refusals

pytestmark = pytest.mark.django_db(transaction=True)


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
