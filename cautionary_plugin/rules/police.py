"""If a crime has been committed, the Police must be informed (A12).

What is known lies sealed on the report, in the shape of :class:`PoliceFacts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .errors import BadInput, NotReady
from .vocabulary import Vocabulary


class Crime(Vocabulary):
    """Whether a crime was committed."""

    YES = "yes", "Yes"
    NO = "no", "No"


@dataclass(frozen=True, repr=False)
class PoliceFacts:
    """What is known of the crime and of what the Police were told.

    :ivar crime: a code of :class:`Crime`; empty while nobody has said.
    :ivar reference: the force's own.
    """

    crime: str = ""
    informed_on: date | None = None
    informed_by: str = ""
    reference: str = ""

    def to_json(self) -> dict[str, str]:
        return {
            "crime": self.crime,
            "informed_on": self.informed_on.isoformat() if self.informed_on else "",
            "informed_by": self.informed_by,
            "reference": self.reference,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PoliceFacts":
        day = data.get("informed_on")
        return cls(
            crime=data.get("crime") or "",
            informed_on=date.fromisoformat(day) if day else None,
            informed_by=data.get("informed_by") or "",
            reference=data.get("reference") or "",
        )


def check_police_facts(facts: PoliceFacts, *, on: date, occurred_on: date | None) -> PoliceFacts:
    """What is known can be true; all of it need not be known yet.

    :returns: the facts; without a crime there is nothing that the Police were told.
    :raises BadInput: under ``crime`` or ``informed_on``.
    """
    if facts.crime not in list(Crime):
        raise BadInput({"crime": ["Say whether a crime was committed."]})
    if facts.crime == Crime.NO:
        return PoliceFacts(crime=facts.crime)
    if facts.informed_on and facts.informed_on > on:
        raise BadInput({"informed_on": ["The date is in the future."]})
    if facts.informed_on and occurred_on and facts.informed_on < occurred_on:
        raise BadInput({"informed_on": ["The date is before the incident."]})
    return facts


def missing_of_police(facts: PoliceFacts) -> list[str]:
    """What must still be known before a decision, as sentences."""
    if facts.crime == Crime.NO:
        return []
    if facts.crime != Crime.YES:
        return ["It is not recorded whether a crime was committed."]
    parts = [
        (facts.informed_on, "when the Police were informed"),
        (facts.informed_by.strip(), "who informed the Police"),
        (facts.reference.strip(), "the Police's reference"),
    ]
    return [
        f"A crime was committed, and {part} is not recorded." for known, part in parts if not known
    ]


def check_police_settled(facts: PoliceFacts) -> None:
    """Whether a crime was committed is known, and then when, by whom and under which reference
    the Police were informed.

    :raises NotReady: something of it is not recorded.
    """
    if missing := missing_of_police(facts):
        raise NotReady(" ".join(missing), missing=missing)
