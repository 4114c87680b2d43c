"""The whole grid: every state × every state × everybody who might move it."""

import pytest

from cautionary_plugin.rules.errors import IllegalMove
from cautionary_plugin.rules.posts import POWERS, PostKind, Power
from cautionary_plugin.rules.states import (
    ANYBODY,
    TABLES,
    THE_CLOCK,
    THE_PANEL,
    AppealState,
    CaseState,
    DivertState,
    EntryState,
    ItemState,
    MeetingState,
    ReportState,
    RequestState,
    ReviewState,
    check_move,
)
from cautionary_plugin.rules.vocabulary import Vocabulary

P = PostKind
HEARERS = {
    P.CMT_MEMBER,
    P.DIRECTOR,
    P.LEGAL_DIRECTOR,
    P.PANEL_CHAIR,
    P.PANEL_MEMBER,
    P.PANEL_SOCIAL_CARE,
    P.MONITORING_OFFICER,
}
CLERKS = {P.OWNER, P.DATA_PROTECTION, P.ADMINISTRATOR, P.PANEL_CLERK}
MEETINGS = {P.OWNER, P.PANEL_CHAIR, P.PANEL_CLERK}

# Written down a second time, by hand: aggregate → from → to → who moves it. Whatever is not here
# must be refused.
ALLOWED: dict[type[Vocabulary], dict[str, dict[str, set[str]]]] = {
    ReportState: {
        "draft": {"submitted": {"anybody"}},
        "submitted": {
            "returned": {P.OWNER, P.DIRECTOR, P.HEAD_OF_SERVICE, P.OPERATIONS_MANAGER},
            "countersigned": {
                P.OWNER,
                P.DIRECTOR,
                P.HEAD_OF_SERVICE,
                P.OPERATIONS_MANAGER,
                P.PANEL_CHAIR,
                P.LEGAL_DIRECTOR,
            },
        },
        "returned": {"submitted": {"anybody"}},
        "countersigned": {"decided": {P.OWNER, "the panel"}},
        "decided": {"submitted": {P.OWNER}},
    },
    EntryState: {
        "held": {
            "live": {P.OWNER, P.HEALTH_AND_SAFETY, P.PANEL_CHAIR},
            "ended": {"the clock", "the panel", P.OWNER},
        },
        "live": {"ended": {"the clock", "the panel", P.OWNER, P.HEALTH_AND_SAFETY} | HEARERS},
        "ended": {},
    },
    AppealState: {
        "lodged": {
            "proposed": HEARERS,
            "withdrawn": CLERKS,
        },
        "proposed": {
            "lodged": HEARERS,
            "decided": HEARERS,
            "withdrawn": CLERKS,
        },
        "decided": {},
        "withdrawn": {},
    },
    ReviewState: {
        "open": {"proposed": {P.OWNER}, "abandoned": {"the clock", P.CMT_MEMBER, P.OWNER}},
        "proposed": {
            "open": {P.HEALTH_AND_SAFETY},
            "signed": {P.HEALTH_AND_SAFETY},
            "closed": {P.HEALTH_AND_SAFETY},
            "abandoned": {"the clock", P.CMT_MEMBER, P.OWNER},
        },
        "signed": {"closed": {P.OWNER}, "abandoned": {"the clock", P.CMT_MEMBER, P.OWNER}},
        "closed": {},
        "abandoned": {},
    },
    CaseState: {
        "waiting": {
            "decided": {"the panel"},
            "lapsed": {"the panel"},
            "withdrawn": {"the clock"} | MEETINGS,
        },
        "decided": {},
        "lapsed": {},
        "withdrawn": {},
    },
    MeetingState: {
        "planned": {"open": MEETINGS, "cancelled": MEETINGS},
        "open": {"closed": MEETINGS},
        "closed": {},
        "cancelled": {},
    },
    ItemState: {
        "listed": {"open": MEETINGS, "adjourned": MEETINGS, "removed": {"the clock"} | MEETINGS},
        "open": {"voting": MEETINGS, "decided": MEETINGS, "adjourned": MEETINGS},
        "voting": {"open": MEETINGS, "adjourned": MEETINGS},
        "decided": {},
        "adjourned": {},
        "removed": {},
    },
    DivertState: {
        "prepared": {"requested": MEETINGS, "ended": {"the clock"} | MEETINGS},
        "requested": {
            "active": {P.MAIL_ADMINISTRATOR},
            "ended": {"the clock"} | MEETINGS,
            "ending": {"the clock"} | MEETINGS,
        },
        "active": {"requested": {"anybody"} | MEETINGS, "ending": {"the clock"} | MEETINGS},
        "ending": {"ended": {P.MAIL_ADMINISTRATOR}},
        "ended": {},
    },
    RequestState: {
        "open": {
            "reviewing": {P.OWNER, P.DATA_PROTECTION},
            "withdrawn": {P.OWNER, P.DATA_PROTECTION},
        },
        "reviewing": {"released": {P.DATA_PROTECTION}, "withdrawn": {P.OWNER, P.DATA_PROTECTION}},
        "released": {},
        "withdrawn": {},
    },
}


def _moves(states: type[Vocabulary], start: str, end: str, by: str) -> bool:
    try:
        check_move(states, start, end, by=by)
    except IllegalMove:
        return False
    return True


@pytest.mark.parametrize("states", TABLES, ids=lambda states: states.__name__)
@pytest.mark.parametrize("post", PostKind)
def test_post_moves_what_the_table_says_and_nothing_else(
    states: type[Vocabulary], post: PostKind
) -> None:
    found = {
        (start.value, end.value)
        for start in states
        for end in states
        if any(_moves(states, start, end, power) for power in POWERS[post])
    }

    assert found == {
        (start, end)
        for start, ends in ALLOWED[states].items()
        for end, movers in ends.items()
        if post in movers
    }


@pytest.mark.parametrize("states", TABLES, ids=lambda states: states.__name__)
@pytest.mark.parametrize("mover", [ANYBODY, THE_CLOCK, THE_PANEL])
def test_clock_panel_and_everybody_move_what_the_table_says_and_nothing_else(
    states: type[Vocabulary], mover: str
) -> None:
    found = {
        (start.value, end.value)
        for start in states
        for end in states
        if _moves(states, start, end, mover)
    }

    assert found == {
        (start, end)
        for start, ends in ALLOWED[states].items()
        for end, movers in ends.items()
        if mover in movers
    }


def test_every_aggregate_and_every_state_is_in_the_grid() -> None:
    assert {states: {each.value for each in states} for states in TABLES} == {
        states: set(rows) for states, rows in ALLOWED.items()
    }


@pytest.mark.parametrize("states", TABLES, ids=lambda states: states.__name__)
def test_every_move_has_a_mover_that_some_post_holds(states: type[Vocabulary]) -> None:
    held = frozenset[str]().union(*POWERS.values(), {ANYBODY, THE_CLOCK, THE_PANEL})
    for move, movers in TABLES[states].items():
        assert movers, move
        assert movers <= held, move


@pytest.mark.clause("A32")
@pytest.mark.parametrize("to", EntryState)
def test_entry_that_ended_never_comes_back(to: EntryState) -> None:
    for mover in (*Power, ANYBODY, THE_CLOCK, THE_PANEL):
        assert not _moves(EntryState, EntryState.ENDED, to, mover)


@pytest.mark.clause("A31")
def test_no_post_signs_a_review_on_both_lines() -> None:
    for kind, powers in POWERS.items():
        assert not {Power.SIGN_REVIEWS, Power.SIGN_REVIEWS_FOR_SAFETY} <= powers, kind


@pytest.mark.clause("A25")
def test_whoever_decides_hears_no_appeal_by_the_same_post() -> None:
    for kind, powers in POWERS.items():
        assert not {Power.DECIDE, Power.HEAR_APPEALS} <= powers, kind


def test_what_was_done_before_is_told_as_that() -> None:
    with pytest.raises(IllegalMove, match="This was done before: it stands at “Open” already"):
        check_move(ItemState, "open", "open", by=Power.RUN_MEETINGS)


def test_refusal_names_both_states_in_words() -> None:
    with pytest.raises(IllegalMove, match="“Ended” cannot go to “Live”"):
        check_move(EntryState, "ended", "live", by=Power.DECIDE)
