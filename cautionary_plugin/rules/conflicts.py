"""Who decides whether somebody with a conflict of interest may take part (B10).

The chair; in their absence the Monitoring Officer; and nobody on their own. The chair does not
decide either where their own deputy is the one concerned, nor on a case that they are shut out of,
nor on what they have declared of another member themselves.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

from .errors import Excluded, NotYourPost, SamePerson
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


def check_may_decide(person: Hashable, facts: Circumstances) -> None:
    """This person may decide on this declaration.

    :raises SamePerson: it is about them, or they declared it of another.
    :raises Excluded: they are shut out of the case themselves.
    :raises NotYourPost: it is another's to decide; says whose.
    """
    if person == facts.concerned:
        raise SamePerson("Nobody decides on their own conflict of interest.")
    if person == facts.declared_by:
        raise SamePerson("Whoever declares a conflict of another does not decide on it.")
    if person in facts.shut_out:
        raise Excluded("You are shut out of this case yourself.")
    if person not in deciders(facts):
        if decider(facts) is Decider.CHAIR:
            raise NotYourPost("The chair decides on this conflict of interest.")
        raise NotYourPost(
            "The Monitoring Officer decides on this conflict of interest: the chair is absent, "
            "concerned, or shut out of the case, declared it, or left it to them."
        )
