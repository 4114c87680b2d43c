"""The URLs of "Who looked"."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import View, gated
from cautionary_plugin.rules.posts import Power

from . import usage

MONTH = "<slug:slug>/<int:year>/<int:number>/"


def _path(route: str, view: View, name: str, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=Power.SEE_ACCESS_RECORD, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/who-looked/{route}", behind, name=f"cautionary_who_looked{name}")


urlpatterns = [
    _path("", usage.overview, ""),
    _path(MONTH, usage.month, "_month"),
    _path(f"{MONTH}people/", usage.people, "_people"),
    _path(f"{MONTH}entries/", usage.entries, "_entries"),
    _path(f"{MONTH}sign/", usage.sign, "_sign", grave=True),
]
