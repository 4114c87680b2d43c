"""A table of counts as an SVG; the screen shows the table itself beside it."""

from typing import Any

import pygal
from pygal.style import Style

from cautionary_plugin.rules.figures import Table, drawn

# Dark enough on white for the eye that tells no red from green (Okabe and Ito 2008).
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00")
LOOK = Style(
    background="white",
    plot_background="white",
    foreground="#222222",
    foreground_strong="#222222",
    foreground_subtle="#555555",
    colors=COLOURS,
    font_family="sans-serif",
    label_font_size=16,
    legend_font_size=16,
    major_label_font_size=16,
    opacity="1",
    transition="0s",
)


def svg(table: Table) -> bytes:
    """The chart as a picture: no script, nothing from another place, no suppressed count."""
    chart = pygal.StackedBar(
        style=LOOK,
        js=[],
        height=420,
        width=900,
        show_legend=len(table.rows) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        x_label_rotation=45 if len(table.columns) > 6 else 0,
        truncate_legend=-1,
        min_scale=1,
        include_x_axis=True,
        value_formatter="{:,.0f}".format,
        print_values=False,
    )
    chart.add_xml_filter(_without_script)
    chart.x_labels = table.columns
    for heading, counts in table.rows:
        chart.add(heading, [drawn(count) for count in counts])
    picture: bytes = chart.render()
    return picture


def _without_script(picture: Any) -> Any:
    for parent in picture.iter():
        for script in parent.findall("script"):
            parent.remove(script)
    return picture
