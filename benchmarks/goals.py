"""The goals of the lookup, what a run reached of them, and whether that is enough."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.tables import table

FEBRL = "FEBRL 4"

Limits = Sequence[tuple[str, str, float]]

# What, on which register, at least so much.
AT_LEAST: Limits = (
    ("found: all kinds", "10,000", 0.996),
    ("found: name alone", "10,000", 0.99),
    ("found: with a second fact", "10,000", 0.999),
    ("found: all kinds", "100,000", 0.985),
    ("found: name alone", "100,000", 0.96),
    ("found: with a second fact", "100,000", 0.995),
    ("found: name", FEBRL, 0.90),
    ("found: name + date", FEBRL, 0.988),
    ("found: name + address", FEBRL, 0.999),
    ("found: address", FEBRL, 0.998),
    ("times faster than trigrams 0.45", "10,000", 2),
    ("times faster than trigrams 0.45", "100,000", 8),
)
# What, on which register, at most so much.
AT_MOST: Limits = (
    ("strangers found: name + date", "10,000", 0.002),
    ("strangers found: name + address", "10,000", 0.002),
    ("strangers found: address", "10,000", 0.01),
    ("strangers found: name + date", "100,000", 0.005),
    ("strangers found: name + address", "100,000", 0.005),
    ("strangers found: address", "100,000", 0.02),
    ("strangers found: name", "1,000", 0.01),
    ("strangers found: name", "10,000", 0.04),
    ("p95 ms, SQLite", "10,000", 2),
    ("p95 ms, PostgreSQL", "10,000", 3),
    ("p95 ms, SQLite", "100,000", 4),
    ("p95 ms, PostgreSQL", "100,000", 5),
)


class Goals:
    """What was reached, noted as the run goes on and printed in the end."""

    def __init__(self) -> None:
        self._reached: dict[tuple[str, str], float] = {}
        self._beyond: list[tuple[str, str, float]] = []

    def note(self, what: str, register: str, reached: float) -> None:
        """Note a figure; one that no goal is about is left out of the table."""
        self._reached[what, register] = reached

    def against(self, what: str, register: str, ours: float, theirs: float) -> None:
        """Note a figure that may not fall behind a peer's of the same run."""
        self._reached[what, register] = ours
        self._beyond.append((what, register, theirs))

    def print(self) -> None:
        """Print each goal, what was reached, and whether it is met."""
        rows = [self._row(*goal, sign="≥") for goal in AT_LEAST]
        rows += [self._row(*goal, sign="≤") for goal in AT_MOST]
        rows += [self._row(*goal, sign="≥") for goal in self._beyond]
        rows.sort(key=lambda row: (row[1] != FEBRL, len(row[1]), row[1]))
        table("### Goals", ("goal", "register", "wanted", "reached", "met"), rows)

    def _row(self, what: str, register: str, limit: float, *, sign: str) -> tuple[str, ...]:
        reached = self._reached.get((what, register))
        wanted = f"{sign} {_written(what, limit)}"
        if reached is None:
            return what, register, wanted, "not run", "–"
        return what, register, wanted, _written(what, reached), _met(reached, limit, sign)


def _met(reached: float, limit: float, sign: str) -> str:
    return "yes" if (reached <= limit if sign == "≤" else reached >= limit) else "no"


def _written(what: str, figure: float) -> str:
    if what.startswith("strangers"):
        return f"{figure:.2%}"
    if what.startswith("p95"):
        return f"{figure:.1f}"
    return f"{figure:.1f} ×" if what.startswith("times") else f"{figure:.4f}"
