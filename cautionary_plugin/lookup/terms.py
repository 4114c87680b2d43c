"""A question as it is weighed: per typed word the known words like it, per fact its worth.

All ids are those of one :class:`store.Store` at one moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from cautionary_plugin.lookup.dates import Born
from cautionary_plugin.lookup.evidence import Hit
from cautionary_plugin.lookup.vocabulary import Slot, WordId


class CodeHit(NamedTuple):
    """What it is worth that an entry has this code, and which fact it is."""

    bits: float
    kind: str
    level: str


@dataclass(slots=True)
class Term:
    """One typed word: the known words like it, its greatest worth, what its absence costs."""

    names: dict[WordId, Hit] = field(default_factory=dict)
    streets: dict[WordId, Hit] = field(default_factory=dict)
    best: float = 0.0
    floor: float = 0.0
    initial: str = ""


@dataclass(slots=True)
class Lead:
    """Where candidates come from: slots, and what each gains over a stranger to the fact."""

    gain: float
    slots: Iterable[Slot]
    length: int


@dataclass(slots=True)
class Terms:
    """Everything that is weighed, the leads to candidates, and the bounds for the search.

    ``best`` is the worth of a perfect match; ``slack`` the most that an entry can gain
    without a lead to it (initials, flats, birth year).
    """

    names: list[Term] = field(default_factory=list)
    streets: list[Term] = field(default_factory=list)
    either: list[Term] = field(default_factory=list)
    numbers: dict[str, float] = field(default_factory=dict)
    flats: frozenset[str] = frozenset()
    flat_bits: float = 0.0
    postcodes: dict[WordId, Hit] = field(default_factory=dict)
    sector: str = ""
    sector_bits: float = 0.0
    born: tuple[Born, ...] = ()
    born_bits: dict[str, float] = field(default_factory=dict)
    year_bits: float = 0.0
    codes: list[dict[str, CodeHit]] = field(default_factory=list)
    best: float = 0.0
    slack: float = 0.0
    leads: list[Lead] = field(default_factory=list)
