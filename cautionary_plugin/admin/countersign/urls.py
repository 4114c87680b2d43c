"""The URLs of countersigning."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import views

urlpatterns = [
    path(
        "cautionary/countersign/",
        gated(views.waiting, needs=Power.COUNTERSIGN, in_wagtail=True),
        name="cautionary_countersign",
    ),
    path(
        "cautionary/countersign/<slug:reference>/",
        gated(views.report, needs=Power.COUNTERSIGN, in_wagtail=True),
        name="cautionary_countersign_report",
    ),
    path(
        "cautionary/countersign/<slug:reference>/police/",
        gated(views.police, needs=Power.COUNTERSIGN, in_wagtail=True),
        name="cautionary_countersign_police",
    ),
]
