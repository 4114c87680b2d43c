"""The URLs of training; for those who record briefings."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import View, gated
from cautionary_plugin.rules.posts import Power

from . import reading, sessions, staff, views

BASE = "cautionary/training/"
ONE = f"{BASE}sessions/<int:pk>/"


def _door(route: str, view: View, name: str, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=Power.RECORD_BRIEFINGS, dangerous=grave, in_wagtail=True)
    return path(route, behind, name=f"cautionary_{name}")


urlpatterns = [
    _door(BASE, views.training, "training"),
    _door(f"{BASE}reading/<int:pk>/", reading.reading, "reading"),
    _door(f"{BASE}remind/", staff.remind, "remind_staff"),
    _door(f"{BASE}starters/", staff.starters, "starters"),
    _door(f"{BASE}sessions/plan/", sessions.plan, "session_plan"),
    _door(ONE, sessions.session, "session"),
    _door(f"{ONE}expect/", sessions.expected, "session_expect"),
    _door(f"{ONE}close/", sessions.close, "session_close", grave=True),
    _door(f"{ONE}call-off/", sessions.call_off, "session_call_off"),
    _door(f"{BASE}attendances/<int:pk>/take-off/", sessions.off_the_list, "attendance_take_off"),
]
