"""One question of a benchmark and what should come out."""

from __future__ import annotations

from typing import NamedTuple

from cautionary_plugin.lookup.facts import Question


class Trial(NamedTuple):
    """A question of some kind, and the key of the entry that it is about (``None``: a stranger)."""

    kind: str
    question: Question
    key: str | None
