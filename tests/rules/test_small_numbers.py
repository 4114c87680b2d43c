"""No hidden number is recovered, nor narrowed to one, by a reader who knows how it was hidden."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cautionary_plugin.rules.small_numbers import (
    SMALLEST,
    Cell,
    Flow,
    Hidden,
    alone,
    may_be_broken_down,
    protect,
    protect_flow,
)

pytestmark = pytest.mark.clause("L6")

Table = tuple[int, ...]
Told = tuple[Cell, ...] | None


def _tables(total: int, rows: int) -> Iterator[Table]:
    """Every table of so many rows that adds up to a total."""
    if rows == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _tables(total - first, rows - 1):
            yield (first, *rest)


@cache
def _by_what_is_told(total: int, rows: int) -> dict[Told, list[Table]]:
    """The attacker's book: what is told → every table that would be told so."""
    book: dict[Told, list[Table]] = {}
    for table in _tables(total, rows):
        book.setdefault(protect(table), []).append(table)
    return book


@pytest.mark.parametrize(
    ("rows", "most"), [(2, 60), (3, 32), (4, 28)], ids=["two rows", "three rows", "four rows"]
)
def test_whoever_knows_the_rule_narrows_no_hidden_row_to_one_number(rows: int, most: int) -> None:
    for total in range(SMALLEST * rows, most):
        for told, tables in _by_what_is_told(total, rows).items():
            for row in range(rows):
                if told is None or not isinstance(told[row], int):
                    assert len({table[row] for table in tables}) > 1, (total, told)


@st.composite
def _large_tables(draw: st.DrawFn) -> Table:
    rows = draw(st.integers(2, 7))
    counts = st.lists(st.integers(0, 60), min_size=rows, max_size=rows)
    return tuple(draw(counts.filter(lambda each: may_be_broken_down(sum(each), rows))))


@settings(max_examples=300)
@given(_large_tables())
def test_no_row_is_worked_out_from_the_total(table: Table) -> None:
    told = protect(table)
    if told is None:
        return
    hidden = [row for row, cell in enumerate(told) if not isinstance(cell, int)]
    missing = sum(table) - sum(cell for cell in told if isinstance(cell, int))
    shown = max((cell for cell in told if isinstance(cell, int)), default=0)
    bounds = [
        (1, 4) if told[row] is Hidden.FEW else (max(SMALLEST, shown), missing) for row in hidden
    ]
    for this, (least, most) in enumerate(bounds):
        others = [each for at, each in enumerate(bounds) if at != this]
        low = max(least, missing - sum(high for _low, high in others))
        high = min(most, missing - sum(low for low, _high in others))
        assert low < high, (table, told)


@given(_large_tables())
def test_what_is_told_is_true_and_no_small_number_is_told(table: Table) -> None:
    for count, cell in zip(table, protect(table) or (), strict=False):
        assert cell in (count, Hidden.FEW, Hidden.MORE)
        assert not isinstance(cell, int) or cell == 0 or cell >= SMALLEST


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ((12, 0, 9), (12, 0, 9)),
        ((20, 3, 9, 8), (Hidden.MORE, Hidden.FEW, Hidden.MORE, 8)),
        ((1, 15), (Hidden.FEW, Hidden.MORE)),
        ((1, 8, 8, 8), None),
    ],
)
def test_rows_are_told_like_this(table: Table, told: Told) -> None:
    assert protect(table) == told


def test_breakdown_takes_five_in_each_row_on_average() -> None:
    assert may_be_broken_down(15, 3)
    assert not may_be_broken_down(14, 3)


# --- Years: the end of one is the start of the next -------------------------------------------

Year = tuple[int, int]  # added, removed


def _told(start: int, years: tuple[Year, ...]) -> tuple[Flow, ...]:
    flows = []
    for added, removed in years:
        end = start + added - removed
        flows.append(protect_flow(start=start, added=added, removed=removed, end=end))
        start = end
    return tuple(flows)


TOP = 9  # the most that are ever listed in the attacker's book
MOST = TOP + SMALLEST


def _possible(start: int) -> Iterator[tuple[Year, Year]]:
    """Two years of a register that starts with so many entries."""
    years = list(product(range(MOST), repeat=2))
    for first in years:
        end = start + first[0] - first[1]
        if 0 <= end <= TOP:
            yield from (
                (first, second) for second in years if 0 <= end + second[0] - second[1] <= TOP
            )


@pytest.mark.parametrize("start", [0, 3, 5, 9])
def test_two_years_side_by_side_give_no_hidden_number_away(start: int) -> None:
    """All that can have happened, by what would be told of it."""
    book: dict[tuple[Flow, ...], list[tuple[int, ...]]] = {}
    for years in _possible(start):
        (added, removed), (more, less) = years
        end = start + added - removed
        numbers = added, removed, end, more, less, end + more - less
        book.setdefault(_told(start, years), []).append(numbers)

    for told, possible in book.items():
        cells = [cell for each in told for cell in (each.added, each.removed, each.end)]
        for place, cell in enumerate(cells):
            values = {numbers[place] for numbers in possible}
            assert isinstance(cell, int) or len(values) > 1, told


@given(
    st.integers(0, 200),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6),
)
def test_each_hidden_flow_may_be_any_of_four_numbers(start: int, years: list[Year]) -> None:
    stock = start
    for added, removed in years:
        if stock + added < removed:
            continue
        end = stock + added - removed
        told = protect_flow(start=stock, added=added, removed=removed, end=end)
        if not told.is_told:
            more = end - stock
            others = [
                (each, each - more)
                for each in range(300)
                if each >= more
                and protect_flow(start=stock, added=each, removed=each - more, end=end) == told
            ]
            assert len({each for each, _removed in others}) >= 4
            assert len({each for _added, each in others}) >= 4
        stock = end


def test_small_stock_is_told_as_few_and_hides_the_years_beside_it() -> None:
    assert protect_flow(start=20, added=0, removed=17, end=3) == Flow(
        20, Hidden.ANY, Hidden.ANY, Hidden.FEW
    )
    assert protect_flow(start=20, added=9, removed=5, end=24).is_told


def test_a_count_that_stands_alone() -> None:
    assert [alone(count) for count in (0, 1, 4, 5)] == [0, Hidden.FEW, Hidden.FEW, 5]
