"""The URLs of points of contact, diverts, and the tasks of whoever runs mail."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import View, gated
from cautionary_plugin.rules.posts import Power

from . import diverts, mail_rules, views


def _path(route: str, view: View, name: str, needs: Power, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/{route}", behind, name=f"cautionary_{name}")


KEEPS, RUNS = Power.KEEP_SCHEDULE, Power.RUN_DIVERTS
ONE = "diverts/<slug:reference>/"

urlpatterns = [
    _path("contacts/<uuid:pk>/change/", views.replace, "spoc_replace", KEEPS, grave=True),
    _path("contacts/<uuid:pk>/end/", views.end, "spoc_end", KEEPS, grave=True),
    _path("contacts/<uuid:pk>/divert/", views.prepare, "divert_prepare", KEEPS),
    _path(ONE, diverts.divert, "divert", KEEPS),
    _path(f"{ONE}ask/", diverts.ask_one, "divert_ask", KEEPS),
    _path(f"{ONE}nobody/", diverts.nobody, "divert_nobody", KEEPS),
    _path(f"{ONE}answers/<uuid:pk>/", diverts.answer, "divert_answer", KEEPS),
    _path(f"{ONE}request/", diverts.ask_for, "divert_request", KEEPS),
    _path(f"{ONE}end/", diverts.end, "divert_end", KEEPS, grave=True),
    _path("mail-rules/", mail_rules.mail_rules, "mail_rules", RUNS),
    _path("mail-rules/<slug:reference>/", mail_rules.mail_rule, "mail_rule", RUNS),
]
