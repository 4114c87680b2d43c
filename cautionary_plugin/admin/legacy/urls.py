"""The URLs of bringing in a list."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import views

urlpatterns = [
    path(
        "cautionary/legacy/bring-in/",
        gated(views.upload, needs=Power.IMPORT, in_wagtail=True),
        name="cautionary_legacy_upload",
    ),
    path(
        "cautionary/legacy/bring-in/<uuid:pk>/",
        gated(views.plan, needs=Power.IMPORT, in_wagtail=True),
        name="cautionary_legacy_plan",
    ),
    path(
        "cautionary/legacy/bring-in/<uuid:pk>/enter/",
        gated(views.enter, needs=Power.IMPORT, dangerous=True, in_wagtail=True),
        name="cautionary_legacy_enter",
    ),
    path(
        "cautionary/legacy/<int:pk>/declare/",
        gated(views.declare, needs=Power.DECLARE_DESTROYED, dangerous=True, in_wagtail=True),
        name="cautionary_legacy_declare",
    ),
]
