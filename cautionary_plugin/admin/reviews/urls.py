"""The URLs of what is done with reviews, and of the quarter's check."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import View, gated
from cautionary_plugin.rules.posts import Power

from . import quarter, views


def _path(route: str, view: View, name: str, needs: Power, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/reviews/{route}", behind, name=f"cautionary_{name}")


SIGNS, SAFETY = Power.SIGN_REVIEWS, Power.SIGN_REVIEWS_FOR_SAFETY

urlpatterns = [
    _path("lapsing/", quarter.lapsing, "lapsing", Power.READ_BASIS),
    _path("quarter/<slug:slug>/", quarter.quarter, "quarter", SIGNS, grave=True),
    _path("entry/<slug:reference>/", views.begin, "review_open", SIGNS),
    _path("<uuid:pk>/propose/", views.propose, "review_propose", SIGNS, grave=True),
    _path("<uuid:pk>/sign/", views.sign, "review_sign", SAFETY, grave=True),
    _path("<uuid:pk>/send-back/", views.send_back, "review_send_back", SAFETY),
    _path("<uuid:pk>/close/", views.close, "review_close", SIGNS, grave=True),
]
