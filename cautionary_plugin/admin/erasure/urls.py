"""The URLs of legal holds."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import views

urlpatterns = [
    path(
        "cautionary/holds/place/",
        gated(views.place, needs=Power.PLACE_LEGAL_HOLDS, dangerous=True, in_wagtail=True),
        name="cautionary_place_hold",
    ),
    path(
        "cautionary/holds/<uuid:pk>/lift/",
        gated(views.lift, needs=Power.PLACE_LEGAL_HOLDS, dangerous=True, in_wagtail=True),
        name="cautionary_lift_hold",
    ),
]
