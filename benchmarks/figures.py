"""The arithmetic of the benches: percentiles, thresholds at a recall, shares."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor


def p95(seconds: Sequence[float]) -> float:
    """Give the milliseconds within which 95 of 100 are done: the nearest rank, no interpolation."""
    return sorted(seconds)[ceil(len(seconds) * 0.95) - 1] * 1e3


def threshold(scores: Sequence[float], recall: float) -> float:
    """Give the highest score that so large a share of these scores still reaches."""
    may_go = floor(len(scores) * (1 - recall) + 1e-9)
    return sorted(scores)[may_go]


def share(hits: Sequence[bool]) -> float:
    """Give the share of those that are true; NaN of nothing."""
    return sum(hits) / len(hits) if hits else float("nan")
