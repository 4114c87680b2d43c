"""The URLs of deciding."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import views

urlpatterns = [
    path(
        "cautionary/decide/",
        gated(views.waiting, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_decide",
    ),
    path(
        "cautionary/decide/<slug:reference>/",
        gated(views.report, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_decide_report",
    ),
    path(
        "cautionary/decide/<slug:reference>/police/",
        gated(views.police, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_decide_police",
    ),
    path(
        "cautionary/decide/<slug:reference>/done/",
        gated(views.done, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_decided",
    ),
    path(
        "cautionary/decide/<slug:reference>/as/<slug:outcome>/",
        gated(views.decide, needs=Power.DECIDE, dangerous=True, in_wagtail=True),
        name="cautionary_decide_as",
    ),
]
