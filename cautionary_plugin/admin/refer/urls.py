"""The URLs of referring: by reference, never by name."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import cases, views

BASE = "cautionary/refer/"
ONE = f"{BASE}<slug:reference>/"


def _door(
    route: str,
    view: Callable[..., Any],
    name: str,
    *,
    needs: Power = Power.REFER,
    dangerous: bool = False,
) -> URLPattern:
    guarded = gated(view, needs=needs, dangerous=dangerous, in_wagtail=True)
    return path(route, guarded, name=name)


urlpatterns = [
    _door(BASE, views.waiting, "cautionary_refer"),
    _door(f"{BASE}another/", views.another, "cautionary_refer_another"),
    _door(f"{BASE}cases/", cases.mine, "cautionary_refer_cases"),
    _door(f"{BASE}cases/<slug:reference>/", cases.case, "cautionary_refer_case"),
    _door(
        f"{BASE}cases/<slug:reference>/withdraw/",
        cases.withdraw,
        "cautionary_case_withdraw",
        needs=Power.RUN_MEETINGS,
        dangerous=True,
    ),
    _door(ONE, views.report, "cautionary_refer_report"),
    _door(f"{ONE}put/", views.refer, "cautionary_refer_put"),
    _door(f"{ONE}back/", views.back, "cautionary_refer_back"),
    _door(f"{ONE}police/", views.police, "cautionary_refer_police"),
]
