"""Figures for the health and safety manager: charts with the table beside them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cautionary_plugin.access.gate import GatedRequest, gated
from cautionary_plugin.actions.figures import figures
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.models import Register
from cautionary_plugin.rules.figures import SMALLEST_SHOWN, Table, shown, total_shown
from cautionary_plugin.rules.posts import Power

from .chart import svg


@dataclass(frozen=True)
class Shown:
    """A table as the screen shows it: counts in words, small ones suppressed."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, list[str], str]]
    picture: str
    is_empty: bool


@require_safe
def show(request: GatedRequest) -> HttpResponse:
    """The figures of each register that the person answers for."""
    registers = [each for each in request.standing.over(Power.SEE_FIGURES) if each]
    told = [
        (register, [_shown(register, number, table) for number, table in enumerate(tables)])
        for register in sorted(registers, key=str)
        for tables in [figures(register=register, by=request.user, at=request.now)]
    ]
    return render(
        request,
        "cautionary_plugin/admin/figures/figures.html",
        title=_("Figures"),
        trail=[{"url": "", "label": _("Figures")}],
        registers=told,
        smallest=SMALLEST_SHOWN,
    )


def _shown(register: Register, number: int, table: Table) -> Shown:
    return Shown(
        title=table.title,
        columns=table.columns,
        rows=[
            (heading, [shown(count) for count in counts], total_shown(list(counts)))
            for heading, counts in table.rows
        ],
        picture=reverse("cautionary_figures_chart", args=[register.slug, number]),
        is_empty=table.is_empty,
    )


@require_safe
def chart(request: GatedRequest, slug: str, number: int) -> HttpResponse:
    """One chart, as a picture."""
    register = get_object_or_404(Register, slug=slug)
    tables = figures(register=register, by=request.user, at=request.now)
    table: Any = dict(enumerate(tables)).get(number)
    if table is None:
        return HttpResponse(status=404)
    return HttpResponse(svg(table), content_type="image/svg+xml")


urlpatterns = [
    path(
        "cautionary/figures/",
        gated(show, needs=Power.SEE_FIGURES, in_wagtail=True),
        name="cautionary_figures",
    ),
    path(
        "cautionary/figures/<slug:slug>/<int:number>.svg",
        gated(chart, needs=Power.SEE_FIGURES, in_wagtail=True),
        name="cautionary_figures_chart",
    ),
]
