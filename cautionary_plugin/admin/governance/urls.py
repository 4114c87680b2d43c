"""The URLs of governance; for the owner and the data protection officer."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import View, gated
from cautionary_plugin.rules.posts import Power

from . import views

BASE = "cautionary/governance/"
STEP = f"{BASE}<slug:slug>/<slug:step>/"


def _door(route: str, view: View, name: str) -> URLPattern:
    return path(route, gated(view, needs=Power.GOVERN, in_wagtail=True), name=f"cautionary_{name}")


urlpatterns = [
    _door(BASE, views.governance, "governance"),
    _door(STEP, views.confirm, "go_live_step"),
    _door(f"{STEP}take-back/", views.take_back, "go_live_take_back"),
]
