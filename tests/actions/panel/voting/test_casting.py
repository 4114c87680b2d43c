"""One vote a post, by name, of members who sit and are not shut out (B8, B11–B13)."""

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.conflicts import decide_conflict
from cautionary_plugin.models import AccessRecord, Vote
from cautionary_plugin.rules.errors import AlreadyDone, BadInput, Excluded, NoSeat, NotYourPost
from cautionary_plugin.rules.vocabulary import Act, Choice
from tests.actions.panel.voting.steps import close, vote
from tests.panel import Panel, conflicted, deputised, leave, met, waiting_case
from tests.panel_items import findings_recorded, opened_item, voting

pytestmark = pytest.mark.django_db


def test_vote_is_by_name_and_for_a_post(panel: Panel) -> None:
    motion = voting(panel)

    cast = vote(motion, panel.safety, Choice.AGAINST)

    assert (cast.user, cast.post, cast.choice) == (panel.safety, panel.posts["safety"], "against")
    assert not cast.as_deputy
    line = AccessRecord.objects.get(act=Act.VOTED)
    assert (line.user, line.reference) == (panel.safety, motion.item.case.reference)


@pytest.mark.clause("B8")
def test_nobody_votes_twice(panel: Panel) -> None:
    motion = voting(panel)
    vote(motion, panel.safety)

    with pytest.raises(AlreadyDone):
        vote(motion, panel.safety, Choice.AGAINST)

    assert Vote.objects.get().choice == "for"


@pytest.mark.clause("B8")
def test_holder_and_deputy_have_one_vote_between_them(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel)
    deputy = deputised(panel, meeting, "safety", arrives=True)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case, meeting=meeting)))
    with pytest.raises(NoSeat):
        vote(motion, deputy)
    vote(motion, panel.safety)
    leave(panel, meeting, panel.safety)

    with pytest.raises(AlreadyDone, match="for this post"):
        vote(motion, deputy)

    assert Vote.objects.count() == 1


@pytest.mark.clause("B8")
def test_deputy_who_was_not_briefed_has_no_seat(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel, present=5)
    deputy = deputised(panel, meeting, "equality", briefed=False, arrives=True)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case, meeting=meeting)))

    with pytest.raises(NoSeat):
        vote(motion, deputy)


@pytest.mark.clause("B12")
@pytest.mark.clause("B13")
@pytest.mark.parametrize("who", ["operations", "legal", "clerk", "monitoring", "legaldirector"])
def test_presenter_legal_and_clerk_have_no_vote(panel: Panel, who: str) -> None:
    motion = voting(panel)

    with pytest.raises(NotYourPost):
        vote(motion, panel.people[who])


def test_member_who_is_not_in_the_room_does_not_vote(panel: Panel) -> None:
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, present=5)))

    with pytest.raises(NoSeat):
        vote(motion, panel.equality)


@pytest.mark.clause("B11")
def test_excluded_member_does_not_vote_and_their_vote_is_struck(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case)))
    vote(motion, panel.safety)
    conflicted(case, panel.safety)
    conflicted(case, panel.care)

    with pytest.raises(Excluded):
        vote(motion, panel.care)
    for member in (panel.chair, panel.complaints, panel.customer):
        vote(motion, member)
    vote(motion, panel.equality, Choice.ABSTAIN)
    closed = close(panel, motion)

    assert (closed.votes_for, closed.present, closed.carried) == (3, 4, False)
    struck = Vote.objects.get(user=panel.safety)
    assert struck.struck_at is not None


@pytest.mark.clause("B8")
@pytest.mark.clause("B11")
def test_deputy_votes_for_a_post_whose_holder_was_excluded(panel: Panel) -> None:
    case = waiting_case(panel)
    meeting = met(panel)
    deputy = deputised(panel, meeting, "safety", arrives=True)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case, meeting=meeting)))
    vote(motion, panel.safety, Choice.AGAINST)
    conflicted(case, panel.safety)

    cast = vote(motion, deputy)

    assert (cast.as_deputy, cast.post) == (True, panel.posts["safety"])
    assert list(motion.votes.counting()) == [cast]


@pytest.mark.clause("B11")
def test_member_who_may_take_part_after_all_votes(panel: Panel) -> None:
    case = waiting_case(panel)
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, case)))
    conflict = conflicted(case, panel.safety)
    decide_conflict(
        conflict=conflict,
        excluded=False,
        reasons="They share a surname and nothing else.",
        by=panel.chair,
        at=timezone.now(),
    )

    assert vote(motion, panel.safety).choice == "for"


def test_vote_is_for_against_or_abstained(panel: Panel) -> None:
    with pytest.raises(BadInput):
        vote(voting(panel), panel.safety, "perhaps")  # type: ignore[arg-type]  # no choice
