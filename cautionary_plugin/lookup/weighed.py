"""The verdict on one record: how much speaks for it, and how each fact agrees."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Weighed:
    """The verdict on one record.

    ``bits`` is the evidence for it. Levels name how each fact agrees: one per typed word for
    ``families``, ``givens`` and ``streets``, one for each other fact (empty where either is
    silent). ``whole_street``: the street was typed as it is. ``strays`` counts typed words of a
    name that the entry has not, ``lost`` those of an address.
    """

    bits: float = 0.0
    families: list[str] = field(default_factory=list)
    givens: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    whole_street: bool = False
    localities: int = 0
    strays: int = 0
    lost: int = 0
    number: str = ""
    flat: str = ""
    postcode: str = ""
    born: str = ""
    codes: dict[str, str] = field(default_factory=dict)
