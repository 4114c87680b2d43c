"""Who decides whether somebody with a conflict of interest may take part (B10).

The chair; in their absence the Monitoring Officer; and nobody on their own. The chair does not
decide either where their own deputy is the one concerned, nor on a case that they are shut out of,
nor on what they have declared of another member themselves.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

from .errors import AlreadyDone, Excluded, NotYourPost, SamePerson
from .vocabulary import Vocabulary

Keys = Collection[Hashable]


class Decider(Vocabulary):
    """Whose decision it is."""

    CHAIR = "chair", "The chair"
    MONITORING_OFFICER = "monitoring", "The Monitoring Officer"


@dataclass(frozen=True)
class Circumstances:
    """What decides whose decision it is: keys of accounts.

    :ivar concerned: the member who declared, or of whom it was declared.
    :ivar chairs: who holds the post of the chair; ``deputies`` who stands in for them.
    :ivar declared_by: who declared it, where that was not the member.
    :ivar shut_out: everybody who is shut out of this case.
    :ivar absent: who gave apologies for the meeting on whose agenda the case is.
    :ivar passed_on: the chair has left this decision to the Monitoring Officer.
    """

    concerned: Hashable
    chairs: Keys
    deputies: Keys
    monitoring: Keys
    shut_out: Keys
    declared_by: Hashable = None
    absent: Keys = ()
    passed_on: bool = False


def decider(facts: Circumstances) -> Decider:
    """Whose decision it is."""
    fit = [
        chair for chair in facts.chairs if chair not in facts.shut_out and chair not in facts.absent
    ]
    among_them = {facts.concerned, facts.declared_by} & {*facts.chairs, *facts.deputies}
    if facts.passed_on or among_them or not fit:
        return Decider.MONITORING_OFFICER
    return Decider.CHAIR


def deciders(facts: Circumstances) -> frozenset[Hashable]:
    """The accounts that may decide."""
    if decider(facts) is Decider.CHAIR:
        able = {*facts.chairs, *facts.deputies} - {*facts.absent}
    else:
        able = {*facts.monitoring}
    return frozenset(able - {facts.concerned, facts.declared_by} - {*facts.shut_out})


LEFT = "This conflict of interest was left to the Monitoring Officer, who decides on it now."


def _why_not_the_chair(facts: Circumstances) -> str:
    if facts.passed_on:
        return "it was left to them"
    if facts.concerned in (*facts.chairs, *facts.deputies):
        return "it is about the chair, or about the chair’s deputy"
    if facts.declared_by in (*facts.chairs, *facts.deputies):
        return "the chair, or the chair’s deputy, has declared it"
    if facts.chairs and all(chair in facts.absent for chair in facts.chairs):
        return "the chair sent apologies for the meeting"
    return "no chair is there who could decide"


def check_may_decide(person: Hashable, facts: Circumstances) -> None:
    """This person may decide on this declaration.

    :raises SamePerson: it is about them, or they declared it of another.
    :raises Excluded: they are shut out of the case themselves.
    :raises AlreadyDone: the chair, or their deputy, after it was left to the Monitoring Officer.
    :raises NotYourPost: it is another's to decide; says whose, and why.
    """
    if person == facts.concerned:
        raise SamePerson("Nobody decides on their own conflict of interest.")
    if person == facts.declared_by:
        raise SamePerson("Whoever declares a conflict of another does not decide on it.")
    if person in facts.shut_out:
        raise Excluded("You are shut out of this case yourself.")
    if person not in deciders(facts):
        why = _why_not_the_chair(facts)
        if decider(facts) is Decider.CHAIR:
            raise NotYourPost("The chair decides on this conflict of interest.")
        if facts.passed_on and person in (*facts.chairs, *facts.deputies):
            raise AlreadyDone(LEFT)
        raise NotYourPost(f"The Monitoring Officer decides on this conflict of interest: {why}.")
