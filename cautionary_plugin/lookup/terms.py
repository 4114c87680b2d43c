"""A question as it is weighed: per typed word the known words like it, per fact its worth.

All ids are those of one :class:`store.Store` at one moment.
"""

from __future__ import annotations

from collections.abc import Sequence
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


class Term(NamedTuple):
    """One typed word: where it may stand, what its absence costs, and whether it is an initial."""

    in_name: bool
    in_street: bool
    floor: float
    initial: str = ""


class Lead(NamedTuple):
    """Where candidates come from: slots, and what each gains over a stranger to the fact."""

    gain: float
    slots: Sequence[Slot]


TermHit = tuple[int, Hit]
"""The position of a term, and what a known word is worth to it."""


@dataclass(slots=True)
class Terms:
    """Everything that is weighed, the leads to candidates, and the bounds for the search.

    ``other_postcode`` and ``other_date`` are what it costs at least to have another one than was
    typed; the gains of the leads count from there.
    """

    words: list[Term] = field(default_factory=list)
    by_name: dict[WordId, list[TermHit]] = field(default_factory=dict)
    by_street: dict[WordId, list[TermHit]] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    flats: frozenset[str] = frozenset()
    flat_bits: float = 0.0
    turned_bits: float = 0.0
    postcodes: dict[WordId, Hit] = field(default_factory=dict)
    sector: str = ""
    sector_bits: float = 0.0
    born: tuple[Born, ...] = ()
    born_bits: dict[str, float] = field(default_factory=dict)
    year_bits: float = 0.0
    codes: list[dict[str, CodeHit]] = field(default_factory=list)
    other_postcode: float = 0.0
    other_date: float = 0.0
    leads: list[Lead] = field(default_factory=list)

    def floor(self, *, in_name: bool, in_street: bool) -> float:
        """Add up what the absence of all words costs that may stand in these places only."""
        return sum(
            term.floor
            for term in self.words
            if (term.in_name, term.in_street) == (in_name, in_street)
        )
