"""What the two thresholds cost, wherever they stand: ``python -m benchmarks.thresholds``.

Two errors are weighed against each other. A **miss**: an officer asks about somebody who is listed and
is not shown them, or is not told that it is they. A **false alarm**: somebody who is not listed is
shown as *possible*, or called *strong*. The costs below are a judgement, and stand here to be
argued with; everything else is counted, in invented districts of other seeds than the benchmark's.

Out of a thousand checks about ``LISTED`` are about somebody who is listed. The cost of a threshold
is what a thousand checks cost at it. The script changes nothing: ``weights.json`` holds the choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from benchmarks import officers
from benchmarks.people import District
from benchmarks.trial import Trial
from cautionary_plugin.lookup import tables
from cautionary_plugin.lookup.index import Index

SIZES = (1_000, 10_000)
SEED = 4_711
EACH = 60
LISTED = 30
"""Of a thousand checks: a register that marks more would be asked why."""


class Costs(NamedTuple):
    """What one error of each kind costs, in false looks at a stranger."""

    miss: float
    false_alarm: float


POSSIBLE = Costs(miss=100, false_alarm=1)
"""Who is not shown may hurt the officer; who is shown as *possible* is looked at twice."""

STRONG = Costs(miss=5, false_alarm=50)
"""Who is only *possible* is still shown; a stranger called *strong* is marked at the doorstep."""

PLACES = {
    "possible": ((-8.0, -7.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0), POSSIBLE),
    "strong": ((0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0), STRONG),
}
SHOWN = {"possible": ("strong", "possible"), "strong": ("strong",)}


def main() -> None:
    """Print a row for each place of each threshold, the one in the file marked."""
    for size in SIZES:
        district = District(SEED)
        entries = district.entries(size)
        index = Index(entries)
        listed = officers.trials(entries, EACH, SEED + 1)
        strangers = list(officers.strangers(district, entries, EACH * 5))
        for name, (places, costs) in PLACES.items():
            stands = tables.weights()["thresholds"][name]
            print(f"\n{name}, {size:,} entries, seed {SEED}: a miss costs {costs.miss:g}, ", end="")
            print(
                f"a false alarm {costs.false_alarm:g}; {LISTED} of 1,000 checks are of the listed"
            )
            print(f"   {'at':>6}{'missed':>9}{'false':>9}{'cost of 1,000':>15}")
            for place in places:
                with moved(name, place):
                    missed = 1 - share(index, listed, SHOWN[name])
                    false = share(index, strangers, SHOWN[name])
                cost = cost_of(missed, false, costs)
                mark = "  ←" if place == stands else ""
                print(f"   {place:>6g}{missed:>9.4f}{false:>9.4f}{cost:>15.1f}{mark}", flush=True)


def cost_of(missed: float, false: float, costs: Costs) -> float:
    """Give what a thousand checks cost with these shares of errors."""
    return LISTED * missed * costs.miss + (1_000 - LISTED) * false * costs.false_alarm


def share(index: Index, trials: Iterable[Trial], strengths: Sequence[str]) -> float:
    """Give the share of questions that show the entry asked about, or anybody for a stranger."""
    shown = [
        any(each.strength in strengths and one.key in (None, each.key) for each in found)
        for one in trials
        for found in [index.search(one.question)]
    ]
    return sum(shown) / len(shown)


@contextmanager
def moved(name: str, place: float) -> Iterator[None]:
    """Move a threshold for a while."""
    thresholds = tables.weights()["thresholds"]
    stood, thresholds[name] = thresholds[name], place
    yield
    thresholds[name] = stood


if __name__ == "__main__":
    main()
