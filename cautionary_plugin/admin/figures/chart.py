"""A table of counts as stacked bars, in SVG: no script, no style sheet, nothing from elsewhere.

The screen shows the table itself beside it, so the picture needs no numbers on its bars.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from cautionary_plugin.rules.figures import Table, drawn

# Told apart on white by eyes that tell no red from green (Okabe and Ito 2008).
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00")
WIDTH, HEIGHT = 900, 420
LEFT, TOP, RIGHT = 60, 20, 10
LINE = 26
LABELS = 40
STEPS = 4


def svg(table: Table) -> bytes:
    """The chart of a table; counts that are suppressed are left out of it."""
    bars = [
        [drawn(counts[column]) or 0 for _heading, counts in table.rows]
        for column in _columns(table)
    ]
    floor = HEIGHT - LABELS - LINE * _legend_lines(table)
    top = _rounded_up(max(map(sum, bars), default=0))
    picture = Element(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"},
    )
    _rectangle(picture, 0, 0, WIDTH, HEIGHT, "#fff")
    _scale(picture, top, floor)
    _bars(picture, bars, top, floor)
    _names(picture, table, floor)
    _legend(picture, table, floor + LABELS)
    return tostring(picture)


def _columns(table: Table) -> range:
    return range(len(table.columns))


def _rounded_up(most: int) -> int:
    """The top of the scale: a multiple of the steps, so that each line is a whole number."""
    return max(STEPS, -(-most // STEPS) * STEPS)


def _scale(picture: Element, top: int, floor: int) -> None:
    for step in range(STEPS + 1):
        y = floor - (floor - TOP) * step / STEPS
        _rectangle(picture, LEFT, y, WIDTH - LEFT - RIGHT, 1, "#ccc")
        _text(picture, LEFT - 8, y + 5, f"{top * step // STEPS:,}", anchor="end")


def _slots(table_columns: int) -> Iterator[tuple[int, float, float]]:
    """Number, left edge and width of the place of each column."""
    width = (WIDTH - LEFT - RIGHT) / max(table_columns, 1)
    for number in range(table_columns):
        yield number, LEFT + number * width, width


def _bars(picture: Element, bars: list[list[int]], top: int, floor: int) -> None:
    for number, left, width in _slots(len(bars)):
        y = float(floor)
        for colour, count in zip(_colours(), bars[number], strict=False):
            height = (floor - TOP) * count / top
            y -= height
            if height:
                _rectangle(picture, left + width * 0.15, y, width * 0.7, height, colour)


def _names(picture: Element, table: Table, floor: int) -> None:
    for number, left, width in _slots(len(table.columns)):
        _text(picture, left + width / 2, floor + 22, table.columns[number], anchor="middle")


def _legend_lines(table: Table) -> int:
    return -(-len(table.rows) // 2) if len(table.rows) > 1 else 0


def _legend(picture: Element, table: Table, top: int) -> None:
    if len(table.rows) < 2:
        return
    for number, (colour, (heading, _counts)) in enumerate(
        zip(_colours(), table.rows, strict=False)
    ):
        x, y = LEFT + (number % 2) * (WIDTH - LEFT) // 2, top + number // 2 * LINE
        _rectangle(picture, x, y, 14, 14, colour)
        _text(picture, x + 22, y + 12, heading)


def _colours() -> Iterator[str]:
    while True:
        yield from COLOURS


def _rectangle(
    picture: Element, x: float, y: float, width: float, height: float, colour: str
) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    SubElement(picture, "rect", {**place, "fill": colour})


def _text(picture: Element, x: float, y: float, words: str, anchor: str = "start") -> None:
    look = {"font-family": "sans-serif", "font-size": "14", "fill": "#222", "text-anchor": anchor}
    SubElement(picture, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", **look}).text = words
