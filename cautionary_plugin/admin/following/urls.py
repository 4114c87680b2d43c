"""The URLs of what follows a decision; for whoever keeps the schedule."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import views

BASE = "cautionary/following/"
ONE = f"{BASE}questionnaires/<uuid:pk>/"


def _door(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, gated(view, needs=Power.KEEP_SCHEDULE, in_wagtail=True), name=name)


urlpatterns = [
    _door(BASE, views.following, "cautionary_following"),
    _door(ONE, views.questionnaire, "cautionary_questionnaire"),
    _door(f"{ONE}return/", views.came_back, "cautionary_questionnaire_return"),
    _door(f"{ONE}specialist/", views.specialist, "cautionary_questionnaire_specialist"),
    _door(
        f"{BASE}items/<uuid:pk>/specialist/",
        views.specialist_at_item,
        "cautionary_item_specialist",
    ),
    _door(f"{BASE}actions/new/", views.note_action, "cautionary_follow_up_note"),
    _door(f"{BASE}actions/<uuid:pk>/", views.finish, "cautionary_follow_up_done"),
    _door(f"{BASE}court/new/", views.summons, "cautionary_summons"),
]
