"""The factors of part 3 of the policy: each is answered on its own, at addition and at review.

A14–A19. Some go with persons only, one with animals only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import BadInput
from .vocabulary import SubjectKind, Vocabulary

FEWEST_SIGNS = 10


class Factor(Vocabulary):
    """What is taken into account, in the policy's own order."""

    SEVERITY = "severity", "The level of violence, or the severity of the threats"
    DANGER = "danger", "The danger posed by the animal"
    TIME_SINCE = "time_since", "The length of time since the incident"
    PREVIOUS_CONDUCT = "previous_conduct", "The previous conduct of the individual"
    CURRENT_CONDUCT = "current_conduct", "The current conduct of the individual"
    ONE_OFF = "one_off", "Was the incident a one off?"
    ILLNESS = "illness", "Was it likely triggered by an illness or a difficult time of life?"
    LIKELY_AGAIN = "likely_again", "Is the individual likely to be violent in future?"
    ANIMAL_PRESENT = "animal_present", "Is the animal still present?"


OF_A_PERSON = (
    Factor.SEVERITY,
    Factor.TIME_SINCE,
    Factor.PREVIOUS_CONDUCT,
    Factor.CURRENT_CONDUCT,
    Factor.ONE_OFF,
    Factor.ILLNESS,
    Factor.LIKELY_AGAIN,
)
OF_PREMISES = (Factor.DANGER, Factor.TIME_SINCE, Factor.ANIMAL_PRESENT)


@dataclass(frozen=True)
class TimeSince:
    """A15, computed: how long ago something happened.

    :ivar days: whole days.
    """

    days: int

    @property
    def in_words(self) -> str:
        """ "43 days"; from two years on, "2 years and 3 months" would hide what counts: days."""
        return "today" if self.days == 0 else f"{self.days} day{'s' if self.days > 1 else ''}"


def factors_for(kind: str) -> tuple[Factor, ...]:
    """The factors that are asked about a person, or about premises."""
    return OF_A_PERSON if kind == SubjectKind.PERSON else OF_PREMISES


def check_answered(answers: Mapping[str, str], *, kind: str) -> dict[str, str]:
    """Every factor has an answer of its own that says something.

    :returns: the answers to the factors that are asked, and no others.
    :raises BadInput: under the code of each factor that is blank or says too little.
    """
    asked = {factor.value: answers.get(factor.value, "").strip() for factor in factors_for(kind)}
    problems = {
        code: ["Answer this factor, in a sentence."]
        for code, answer in asked.items()
        if sum(sign.isalnum() for sign in answer) < FEWEST_SIGNS
    }
    if problems:
        raise BadInput(problems)
    return asked
