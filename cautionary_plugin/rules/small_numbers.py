"""Small numbers are not told, nor to be worked out from what is told beside them (L6).

A count of one to four may point at somebody. Below five, the same threshold as in other public
statistics about individuals: four people of one estate know each other. Nought is told: it is
about nobody.

What is decided here never depends on a hidden number, but for one case that leaves each row of
its table open (:func:`protect`). So nobody learns anything from *how* it was decided, not even
with this file at hand; ``tests/rules/test_small_numbers.py`` tries it as such a reader would.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

SMALLEST = 5


class Hidden(Enum):
    """A cell without its number.

    ``FEW`` stands for one to four; ``MORE`` for five or more, and is hidden so that no total
    gives a few away; ``ANY`` for any number at all.
    """

    FEW = "fewer than 5"
    MORE = "not shown"
    ANY = "not shown (small numbers)"


Cell = int | Hidden


def is_few(count: int) -> bool:
    """Whether a count may point at somebody."""
    return 0 < count < SMALLEST


def alone(count: int) -> Cell:
    """A count that stands in no sum."""
    return Hidden.FEW if is_few(count) else count


@dataclass(frozen=True)
class Flow:
    """How a register grew and shrank in a year, as it may be told."""

    start: Cell
    added: Cell
    removed: Cell
    end: Cell

    @property
    def is_told(self) -> bool:
        """Whether what was added and removed is told, so that tables may break it down."""
        return isinstance(self.added, int)


def protect_flow(*, start: int, added: int, removed: int, end: int) -> Flow:
    """The four numbers of a year; the end of one year is the start of the next.

    Whoever knows how many were listed knows how much more was added than removed. So where any of
    the four is small neither is told: then either may be any of four numbers at least, whatever
    the years before and after say.
    """
    if any(map(is_few, (start, added, removed, end))):
        return Flow(alone(start), Hidden.ANY, Hidden.ANY, alone(end))
    return Flow(start, added, removed, end)


def may_be_broken_down(total: int, rows: int) -> bool:
    """Whether a total is large enough for so many rows: five in each on average."""
    return total >= SMALLEST * rows


def protect(counts: Sequence[int]) -> tuple[Cell, ...] | None:
    """The rows of a table whose total is known; None where none of them may be told.

    With a small row the two largest are hidden too: what is missing from the total may then be
    spread over them in more than one way. It may not where the small ones are ones and the
    largest no larger than the next; then nothing is told, and each row may be one or the other.

    :param counts: add up to the total, which may be broken down (:func:`may_be_broken_down`).
    """
    few = [row for row, count in enumerate(counts) if is_few(count)]
    if not few:
        return tuple(counts)
    by_size = sorted(range(len(counts)), key=lambda row: (-counts[row], row))
    large = [row for row in by_size if counts[row] >= SMALLEST][:2]
    told = [row for row in range(len(counts)) if row not in (*few, *large)]
    least = len(few) + sum(_least(row, told, counts) for row in large)
    if sum(counts[row] for row in (*few, *large)) <= least:
        return None
    cells: list[Cell] = list(counts)
    for row in few:
        cells[row] = Hidden.FEW
    for row in large:
        cells[row] = Hidden.MORE
    return tuple(cells)


def _least(row: int, told: list[int], counts: Sequence[int]) -> int:
    """What a hidden large row must be at least, for it is larger than all that are told."""
    beaten = (counts[other] + (other < row) for other in told)
    return max((SMALLEST, *beaten))
