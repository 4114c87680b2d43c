"""Who a person is and where premises are: the facts by which somebody is recognised.

They live sealed, as JSON, on the case file's subject; these are their shapes.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as people write it.

    :ivar lines: from flat or house to town, without the postcode.
    :ivar uprn: Unique Property Reference Number, up to twelve digits, as text.
    """

    lines: tuple[str, ...]
    postcode: str = ""
    uprn: str = ""

    @property
    def in_one_line(self) -> str:
        return ", ".join([*self.lines, *filter(None, [self.postcode])])

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PostalAddress":
        return cls(tuple(data["lines"]), data.get("postcode", ""), data.get("uprn", ""))


@dataclass(frozen=True, slots=True)
class PersonIdentity:
    """By what a person is recognised (L3), apart from the date of birth, which has its own field.

    :ivar names: the main name first, then aliases; each "Given names Family name".
    :ivar approximate_birth_year: where the date of birth is not known.
    :ivar identifiers: other numbers that the council knows the person by.
    """

    names: tuple[str, ...]
    approximate_birth_year: int | None = None
    addresses: tuple[PostalAddress, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PersonIdentity":
        return cls(
            names=tuple(data["names"]),
            approximate_birth_year=data.get("approximate_birth_year"),
            addresses=tuple(PostalAddress.from_json(each) for each in data.get("addresses", ())),
            phones=tuple(data.get("phones", ())),
            emails=tuple(data.get("emails", ())),
            identifiers=tuple(data.get("identifiers", ())),
        )


@dataclass(frozen=True, slots=True)
class PremisesIdentity:
    """Where the premises are, and what is met there (A2).

    :ivar hazard: the animal or hazard, in the words of the report.
    """

    address: PostalAddress = field(default_factory=lambda: PostalAddress(()))
    hazard: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PremisesIdentity":
        return cls(PostalAddress.from_json(data["address"]), data.get("hazard", ""))
