"""Who decides on a conflict of interest: the whole table (B10)."""

from itertools import product

import pytest

from cautionary_plugin.rules.conflicts import (
    Circumstances,
    Decider,
    check_may_decide,
    decider,
    deciders,
)
from cautionary_plugin.rules.errors import AlreadyDone, Excluded, NotYourPost, SamePerson

CHAIR, DEPUTY, MONITORING, MEMBER = "chair", "deputy", "monitoring", "member"
PEOPLE = (CHAIR, DEPUTY, MONITORING, MEMBER)


def facts(**told: object) -> Circumstances:
    return Circumstances(
        **{  # type: ignore[arg-type]
            "concerned": MEMBER,
            "chairs": {CHAIR},
            "deputies": {DEPUTY},
            "monitoring": {MONITORING},
            "shut_out": {MEMBER},
        }
        | told
    )


@pytest.mark.clause("B10")
@pytest.mark.parametrize(
    ("told", "whose"),
    [
        ({}, Decider.CHAIR),
        ({"concerned": CHAIR, "shut_out": {CHAIR}}, Decider.MONITORING_OFFICER),
        ({"concerned": DEPUTY, "shut_out": {DEPUTY}}, Decider.MONITORING_OFFICER),
        ({"shut_out": {MEMBER, CHAIR}}, Decider.MONITORING_OFFICER),
        ({"shut_out": {MEMBER, DEPUTY}}, Decider.CHAIR),
        ({"absent": {CHAIR}}, Decider.MONITORING_OFFICER),
        ({"absent": {DEPUTY}}, Decider.CHAIR),
        ({"chairs": set()}, Decider.MONITORING_OFFICER),
        ({"chairs": set(), "deputies": set()}, Decider.MONITORING_OFFICER),
        ({"passed_on": True}, Decider.MONITORING_OFFICER),
        ({"declared_by": CHAIR}, Decider.MONITORING_OFFICER),
        ({"declared_by": DEPUTY}, Decider.MONITORING_OFFICER),
        ({"declared_by": "clerk"}, Decider.CHAIR),
    ],
)
def test_chair_decides_unless_absent_concerned_or_shut_out(told: dict, whose: Decider):
    assert decider(facts(**told)) is whose


@pytest.mark.clause("B10")
@pytest.mark.parametrize("concerned", PEOPLE)
@pytest.mark.parametrize("also_out", [None, *PEOPLE])
@pytest.mark.parametrize("absent", [None, *PEOPLE])
@pytest.mark.parametrize("passed_on", [False, True])
def test_nobody_decides_on_their_own_or_while_shut_out(
    concerned: str, also_out: str | None, absent: str | None, passed_on: bool
):
    out = {concerned, also_out} - {None}
    case = facts(concerned=concerned, shut_out=out, absent={absent} - {None}, passed_on=passed_on)
    able = deciders(case)

    assert not able & out
    for person in PEOPLE:
        if person == concerned:
            with pytest.raises(SamePerson):
                check_may_decide(person, case)
        elif person in out:
            with pytest.raises(Excluded):
                check_may_decide(person, case)
        elif person in able:
            check_may_decide(person, case)
        else:
            left = passed_on and person in (CHAIR, DEPUTY)
            with pytest.raises(AlreadyDone if left else NotYourPost):
                check_may_decide(person, case)


@pytest.mark.clause("B10")
@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"absent": {CHAIR}}, "the chair sent apologies for the meeting"),
        ({"concerned": DEPUTY, "shut_out": {DEPUTY}}, "it is about the chair, or about the"),
        ({"declared_by": DEPUTY}, "the chair, or the chair’s deputy, has declared it"),
        ({"passed_on": True}, "left to the Monitoring Officer"),
    ],
)
def test_chair_is_told_why_it_is_not_theirs(told: dict, why: str):
    with pytest.raises((NotYourPost, AlreadyDone), match=why):
        check_may_decide(CHAIR, facts(**told))


@pytest.mark.clause("B10")
def test_it_is_never_both_the_chair_and_the_monitoring_officer():
    for concerned, out, absent in product(PEOPLE, repeat=3):
        case = facts(concerned=concerned, shut_out={concerned, out}, absent={absent})
        able = deciders(case)
        assert not (MONITORING in able and able & {CHAIR, DEPUTY})


def test_somebody_who_holds_both_posts_does_not_decide_on_themselves():
    case = facts(concerned="both", chairs={"both"}, monitoring={"both"}, shut_out={"both"})

    assert deciders(case) == frozenset()


@pytest.mark.clause("B10")
def test_whoever_declared_it_of_another_does_not_decide():
    told = facts(declared_by=CHAIR)

    assert deciders(told) == {MONITORING}
    with pytest.raises(SamePerson):
        check_may_decide(CHAIR, told)
