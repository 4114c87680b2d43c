"""Motions and votes: complete, quorate, one vote a post, four for (B7, B8, B11, B15–B23)."""

from typing import Any

import pytest
from django.utils import timezone

from cautionary_plugin.actions.panel.conflicts import decide_conflict
from cautionary_plugin.actions.panel.motions import put_motion
from cautionary_plugin.actions.panel.votes import cast_vote, close_vote, votes_seen_by
from cautionary_plugin.models import AccessRecord, Motion, Vote
from cautionary_plugin.rules.errors import (
    AlreadyDone,
    BadInput,
    Excluded,
    IllegalMove,
    NoSeat,
    NotReady,
    NotYourPost,
)
from cautionary_plugin.rules.panel_terms import MotionTerms
from cautionary_plugin.rules.vocabulary import Act, Choice, PanelOutcome, Risk
from tests.life import submitted
from tests.panel import (
    Panel,
    arrive,
    conflicted,
    deputised,
    found_panel,
    leave,
    met,
    waiting_case,
)
from tests.panel_items import (
    carried,
    entry_terms,
    findings_recorded,
    opened_item,
    panel_entry,
    voted,
    voting,
)

pytestmark = pytest.mark.django_db

REASONS = "The panel weighed what the reports say of it."


@pytest.fixture
def panel() -> Panel:
    return found_panel()


def put(panel: Panel, item: Any, **told: Any) -> Motion:
    facts: dict[str, Any] = {
        "outcome": PanelOutcome.ENTRY,
        "risk": "medium",
        "reasons": REASONS,
        "terms": MotionTerms(entry=entry_terms()),
        "by": panel.clerk,
        "at": timezone.now(),
    }
    return put_motion(item=item, **(facts | told))


def vote(motion: Motion, by: Any, choice: Choice = Choice.FOR) -> Vote:
    return cast_vote(motion=motion, choice=choice, by=by, at=timezone.now())


def close(panel: Panel, motion: Motion) -> Motion:
    return close_vote(motion=motion, by=panel.clerk, at=timezone.now())


# --- What is put -----------------------------------------------------------------------------


@pytest.mark.clause("B20")
def test_nothing_is_put_before_the_panel_has_answered(panel: Panel) -> None:
    item = opened_item(panel, present=3)

    with pytest.raises(NotReady) as error:
        put(panel, item)

    assert len(error.value.missing) == 6  # the quorum and five answers, said at once
    assert "Health, conditions and disabilities come first." in error.value.missing
    assert not Motion.objects.exists()


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


def test_everything_wrong_with_the_terms_is_said_at_once(panel: Panel) -> None:
    item = findings_recorded(panel)
    terms = entry_terms(
        handling=" ",
        basis="",
        legal_condition="",
        audience=[],
        audience_reasons="",
        control_measures=[],
        second_identifier="",
        no_restrictions="",
    )

    with pytest.raises(BadInput) as error:
        put(panel, item, risk="", reasons="", terms=MotionTerms(entry=terms))

    assert set(error.value.problems) == {
        "risk",
        "reasons",
        "handling",
        "basis",
        "legal_condition",
        "audience",
        "control_measures",
        "second_identifier",
        "no_restrictions",
    }


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"markers": ["gossip"]}, "markers"),
        ({"control_measures": ["gossip"]}, "control_measures"),
        ({"audience": ["housing", "nobody"]}, "audience"),
        ({"audience_reasons": "None."}, "audience_reasons"),
        ({"restrictions": ["elections"], "no_restrictions": ""}, "restrictions"),
    ],
)
def test_entry_keeps_to_the_vocabularies(panel: Panel, told: dict[str, Any], field: str) -> None:
    item = findings_recorded(panel)

    with pytest.raises(BadInput) as error:
        put(panel, item, terms=MotionTerms(entry=entry_terms(**told)))

    assert set(error.value.problems) == {field}


@pytest.mark.clause("B18")
def test_low_risk_is_about_vexatious_contact_alone(panel: Panel) -> None:
    item = findings_recorded(panel)

    with pytest.raises(BadInput) as error:
        put(panel, item, risk="low", terms=MotionTerms(entry=entry_terms(markers=["violence"])))

    assert set(error.value.problems) == {"markers"}
    vexatious = MotionTerms(entry=entry_terms(Risk.LOW))
    assert put(panel, item, risk="low", terms=vexatious).risk == "low"


def test_basis_names_no_colleague(panel: Panel) -> None:
    report = submitted(panel.council)
    reporter = report.reporter
    reporter.first_name, reporter.last_name = "Wilhelmina", "Oatcake"
    reporter.save()
    item = findings_recorded(panel, opened_item(panel, waiting_case(panel, report=report)))
    terms = entry_terms(basis="He shouted at Wilhelmina Oatcake at the counter.")

    with pytest.raises(BadInput) as error:
        put(panel, item, terms=MotionTerms(entry=terms))

    assert set(error.value.problems) == {"basis"}


def test_who_looks_the_same_is_told_apart(panel: Panel) -> None:
    panel_entry(panel)
    item = findings_recorded(
        panel, opened_item(panel, waiting_case(panel), meeting=panel.register.meetings.get())
    )

    with pytest.raises(BadInput) as error:
        put(panel, item)

    assert set(error.value.problems) == {"another_person"}
    apart = entry_terms(another_person="A cousin of the same name, born on the same day.")
    assert put(panel, item, terms=MotionTerms(entry=apart)).pk


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


# --- Who votes -------------------------------------------------------------------------------


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
        vote(voting(panel), panel.safety, "perhaps")  # type: ignore[arg-type]


# --- How a vote ends -------------------------------------------------------------------------


@pytest.mark.clause("B19")
@pytest.mark.parametrize(
    ("votes_for", "against", "is_carried"),
    [(4, 0, True), (4, 2, True), (3, 1, False), (3, 0, False), (0, 6, False), (6, 0, True)],
)
def test_four_for_or_it_is_not_carried(
    panel: Panel, votes_for: int, against: int, is_carried: bool
) -> None:
    motion = voted(panel, voting(panel), votes_for=votes_for, against=against)

    assert (motion.votes_for, motion.votes_against) == (votes_for, against)
    assert motion.carried is is_carried
    assert motion.item.state == "open"


@pytest.mark.clause("B19")
def test_abstentions_carry_nothing(panel: Panel) -> None:
    motion = voting(panel)
    for member in panel.members[:3]:
        vote(motion, member)
    for member in panel.members[3:]:
        vote(motion, member, Choice.ABSTAIN)

    closed = close(panel, motion)

    assert (closed.votes_for, closed.abstentions, closed.carried) == (3, 3, False)


@pytest.mark.clause("B7")
def test_vote_is_not_closed_without_a_quorum(panel: Panel) -> None:
    motion = voting(panel, item=findings_recorded(panel, opened_item(panel, present=4)))
    for member in panel.members[:4]:
        vote(motion, member)
    leave(panel, motion.item.meeting, panel.members[0])

    with pytest.raises(NotReady, match="not quorate"):
        close(panel, motion)

    arrive(panel, motion.item.meeting, panel.members[4])
    closed = close(panel, motion)
    assert (closed.present, closed.votes_for, closed.carried) == (4, 4, True)


def test_closed_vote_takes_no_vote_and_is_not_closed_again(panel: Panel) -> None:
    motion = carried(panel)

    with pytest.raises(AlreadyDone):
        vote(motion, panel.care)
    with pytest.raises(AlreadyDone):
        close(panel, motion)

    assert Vote.objects.count() == 4


def test_votes_needed_are_the_registers_own(panel: Panel) -> None:
    panel.register.votes_needed = 5
    panel.register.save()

    assert carried(panel).carried is False


# --- Who sees how others voted ---------------------------------------------------------------


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
