"""Freedom of Information: the figures of a year, on screen and as files (L6)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cautionary_plugin.access.gate import GatedRequest, gated
from cautionary_plugin.actions.foi import YearlyFigures, year_now, yearly_figures, years_of
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import registers_under
from cautionary_plugin.admin.words import day
from cautionary_plugin.models import Register
from cautionary_plugin.rules.foi import Told, Year, in_words
from cautionary_plugin.rules.posts import Power

from .sheet import as_csv, as_xlsx, notes, tables_of

FOLDER = "cautionary_plugin/admin/figures"
FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@dataclass(frozen=True)
class Shown:
    """A table in words."""

    title: str
    rows: list[tuple[str, str]]
    why: str

    @classmethod
    def of(cls, told: Told) -> "Shown":
        return cls(told.title, [(words, in_words(cell)) for words, cell in told.rows], told.why)


@require_safe
def overview(request: GatedRequest) -> HttpResponse:
    """Each register, and the years of it that can be told."""
    registers = sorted(registers_under(request, Power.PUBLISH_FIGURES), key=str)
    now = year_now(at=request.now)
    return render(
        request,
        f"{FOLDER}/years.html",
        title=_("Freedom of Information"),
        trail=_trail(),
        desks=[
            (each, [(year.words, _url(each, year)) for year in years_of(each, at=request.now)])
            for each in registers
        ],
        now=now.words,
        over_on=day(now.after),
    )


@require_safe
def year(request: GatedRequest, slug: str, year: int, month: int) -> HttpResponse:
    """The figures of one year."""
    found = _figures(request, slug, year, month)
    return render(
        request,
        f"{FOLDER}/year.html",
        title=found.year.words,
        trail=_trail((found.year.words, "")),
        register=found.register,
        tables=[Shown.of(told) for told in tables_of(found)],
        notes=notes(found),
        files=[
            (_("Download as a spreadsheet"), _url(found.register, found.year, "xlsx")),
            (_("Download as CSV"), _url(found.register, found.year, "csv")),
        ],
    )


@require_safe
def document(request: GatedRequest, slug: str, year: int, month: int, kind: str) -> HttpResponse:
    """The same as a file."""
    if kind not in FILES:
        raise Http404
    found = _figures(request, slug, year, month)
    made, content_type = FILES[kind]
    name = f"{found.register.slug}-{found.year.first:%Y-%m}.{kind}"
    return HttpResponse(
        made(found),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _figures(request: GatedRequest, slug: str, year: int, month: int) -> YearlyFigures:
    register = get_object_or_404(Register, slug=slug)
    try:
        wanted = Year(date(year, month, 1))
    except ValueError as problem:
        raise Http404 from problem
    return yearly_figures(register=register, year=wanted, by=request.user, at=request.now)


def _url(register: Register, year: Year, kind: str = "") -> str:
    arguments: list[Any] = [register.slug, year.first.year, year.first.month]
    if kind:
        return reverse("cautionary_foi_file", args=[*arguments, kind])
    return reverse("cautionary_foi_year", args=arguments)


def _trail(*further: tuple[str, str]) -> list[dict[str, Any]]:
    steps = ((_("Freedom of Information"), reverse("cautionary_foi")), *further)
    return [{"label": label, "url": url} for label, url in steps]


def _door(route: str, view: Any, name: str) -> Any:
    opened = gated(view, needs=Power.PUBLISH_FIGURES, in_wagtail=True)
    return path(f"cautionary/freedom-of-information/{route}", opened, name=name)


urlpatterns = [
    _door("", overview, "cautionary_foi"),
    _door("<slug:slug>/<int:year>/<int:month>/", year, "cautionary_foi_year"),
    _door("<slug:slug>/<int:year>/<int:month>.<slug:kind>", document, "cautionary_foi_file"),
]
