"""The URLs of an item and of its steps."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import Needs, View, gated
from cautionary_plugin.rules.posts import Power

from . import views

RUNS = Power.RUN_MEETINGS
AT_THE_TABLE = frozenset({Power.RUN_MEETINGS, Power.SIT_ON_PANEL})


def _path(route: str, view: View, name: str, needs: Needs, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/panel/items/<uuid:pk>/{route}", behind, name=f"cautionary_{name}")


urlpatterns = [
    _path("", views.item, "item", AT_THE_TABLE),
    _path("look/", views.look, "item_look", AT_THE_TABLE),
    _path("open/", views.begin, "item_open", RUNS),
    _path("health/", views.health, "item_health", RUNS),
    _path("consult/", views.consult, "item_consult", Power.CONSULT_SOCIAL_CARE),
    _path("findings/", views.findings, "item_findings", RUNS),
    _path("motion/<slug:outcome>/", views.motion, "item_motion", RUNS),
    _path("vote/", views.vote, "item_vote", Power.SIT_ON_PANEL),
    _path("take-back/", views.take_back, "item_take_back", RUNS),
    _path("close/", views.close, "item_close", RUNS),
    _path("record/", views.record, "item_record", RUNS, grave=True),
    _path("adjourn/", views.adjourn, "item_adjourn", RUNS),
    _path("correction/", views.correction, "item_correction", RUNS),
]
