"""Charts say what their table says, and nothing that the table hides."""

from xml.etree.ElementTree import fromstring

import pytest
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.actions.figures import count
from cautionary_plugin.admin.figures.chart import COLOURS, svg
from cautionary_plugin.rules.figures import Measure, Table
from cautionary_plugin.rules.vocabulary import Trigger
from tests.council import Council, found_council, let_into_wagtail, through_the_door

SVG = "{http://www.w3.org/2000/svg}"


def _bars(table: Table, colour: str) -> list[float]:
    drawn = fromstring(svg(table)).iter(f"{SVG}rect")  # noqa: S314 - our own picture
    return [float(bar.get("height", 0)) for bar in drawn if bar.get("fill") == colour]


def test_bar_is_as_high_as_its_count() -> None:
    table = Table("Reports", ("Nov", "Dec"), (("Threats", (10, 20)),))

    november, december = _bars(table, COLOURS[0])

    assert december == pytest.approx(2 * november, rel=0.01)


@pytest.mark.clause("L6")
def test_count_that_is_suppressed_is_not_drawn() -> None:
    table = Table("Reports", ("Nov", "Dec"), (("Threats", (3, 20)), ("Acts", (4, 4))))

    picture = fromstring(svg(table))  # noqa: S314
    first, *others = _bars(table, COLOURS[0])
    in_bars = [bar for bar in picture.iter(f"{SVG}rect") if bar.get("fill") == COLOURS[1]]

    assert first > 100
    assert others == [14.0]  # the sign of the legend
    assert len(in_bars) == 1


def test_picture_holds_no_script_and_takes_words_as_words() -> None:
    picture = svg(Table("t", ("<script>",), (("</svg>", (9,)), ("b", (1,)))))

    assert b"<script" not in picture
    assert b"&lt;script&gt;" in picture


@pytest.mark.django_db
def test_screen_shows_each_table_with_its_chart() -> None:
    council: Council = found_council()
    let_into_wagtail(council.owner)
    for _each in range(6):
        count(
            register=council.register,
            measure=Measure.REPORTED,
            part=Trigger.THREAT,
            at=timezone.now(),
        )
    count(register=council.register, measure=Measure.WAITED, part="5", at=timezone.now())
    browser = through_the_door(council.owner)

    shown = browser.get(reverse("cautionary_figures")).content.decode()
    picture = browser.get(reverse("cautionary_figures_chart", args=["cpr", 0]))
    missing = browser.get(reverse("cautionary_figures_chart", args=["cpr", 9]))

    assert "<td>6</td>" in shown
    assert "<td>fewer than 5</td>" in shown
    assert reverse("cautionary_figures_chart", args=["cpr", 0]) in shown
    assert picture["Content-Type"] == "image/svg+xml"
    assert missing.status_code == 404
