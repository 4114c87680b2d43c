"""What a motion would put into an entry, or into a single point of contact, if it is carried.

Plain facts as JSON keeps them, sealed with the motion, and read back before they are recorded.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, repr=False)
class SpocTerms:
    """A single point of contact as it is proposed (B24–B26).

    :ivar officer: key of the officer's account, as text.
    :ivar allocation: where the officer is based (``vocabulary.Allocation``).
    :ivar override: why elsewhere than the rules suggest; may be empty where it is not.
    """

    officer: str
    contact: str
    email: str
    allocation: str
    reasons: str
    override: str = ""


@dataclass(frozen=True, repr=False)
class EntryTerms:
    """An entry on the schedule as it is proposed.

    :ivar audience: slugs of the services that it is for, with reasons (L1).
    :ivar restrictions: limits on contact and on services, as the vocabulary has them.
    :ivar no_restrictions: why no service is restricted, where none is (B34, B47).
    :ivar permitted_contact: how the individual may reach the council, beside those limits.
    :ivar no_contact_limits: why contact is not limited, where it is not (B33, B46).
    :ivar second_identifier: how it was checked that this is the person (L3).
    :ivar another_person: why an entry that looks the same is about another (L3).
    """

    handling: str
    basis: str
    legal_condition: str
    markers: list[str]
    control_measures: list[str]
    audience: list[str]
    audience_reasons: str
    second_identifier: str = ""
    another_person: str = ""
    restrictions: list[str] = field(default_factory=list)
    no_restrictions: str = ""
    permitted_contact: str = ""
    no_contact_limits: str = ""


@dataclass(frozen=True, repr=False)
class MotionTerms:
    """What follows from a motion that is carried: an entry, a point of contact, both or neither."""

    entry: EntryTerms | None = None
    spoc: SpocTerms | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "MotionTerms":
        entry, spoc = told.get("entry"), told.get("spoc")
        return cls(EntryTerms(**entry) if entry else None, SpocTerms(**spoc) if spoc else None)
