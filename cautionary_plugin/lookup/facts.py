"""What is known of an entry, what an officer asks, and what the answer is made of.

Plain frozen values without Django: whoever holds sealed rows builds :class:`Facts` from them.
None of these is ever written to a log; their ``repr`` shows no personal data.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

Kind = Literal["person", "premises"]
Strength = Literal["strong", "possible", "vague", "unlikely"]
Key = Hashable


@dataclass(frozen=True, slots=True)
class Address:
    """One address of an entry: its lines as written, its postcode, its UPRN."""

    lines: tuple[str, ...] = field(default=(), repr=False)
    postcode: str = field(default="", repr=False)
    uprn: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an entry says of a person or of premises, as far as it helps to recognise them.

    ``names`` are free strings, "Given Family", the main one first, aliases after it. Whatever
    is not known is empty or ``None`` and counts neither for nor against a match. ``group`` is the
    register that the entry stands in: whoever may not read it learns nothing of the entry.
    """

    kind: Kind = "person"
    names: tuple[str, ...] = field(default=(), repr=False)
    born_on: date | None = field(default=None, repr=False)
    approximate_birth_year: int | None = field(default=None, repr=False)
    addresses: tuple[Address, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    identifiers: tuple[str, ...] = field(default=(), repr=False)
    group: Hashable = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the officer typed: one box for anything, or boxes by kind, or both."""

    anything: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    alias: str = field(default="", repr=False)
    born_on: str | date = field(default="", repr=False)
    address: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    uprn: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)

    def is_empty(self) -> bool:
        """Tell whether nothing but white space was typed."""
        return not any(str(value or "").strip() for value in self._typed())

    def _typed(self) -> tuple[Any, ...]:
        return tuple(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that agrees or differs: a code for programs, words for people.

    The words name the fact ("date of birth differs"), never its value.
    """

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """One entry that may be who or what was asked for.

    *Vague* ones agree in all that was typed, which is true of too many: whoever typed it is asked
    for more. *Unlikely* ones only fill the list of an officer who asks for more; they are no answer
    by themselves. ``score`` runs from 0 to 1; ``agree`` and ``differ`` say what it rests on.
    """

    key: Key
    strength: Strength
    score: float
    agree: tuple[Reason, ...] = ()
    differ: tuple[Reason, ...] = ()
