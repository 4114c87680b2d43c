"""The URLs of named systems."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.actions.systems import EITHER
from cautionary_plugin.rules.posts import Power

from . import views

HOME = "cautionary/systems/"

urlpatterns = [
    path(
        f"{HOME}new/name/",
        gated(views.name, needs=Power.KEEP_SYSTEMS, dangerous=True, in_wagtail=True),
        name="cautionary_system_name",
    ),
    path(
        f"{HOME}<slug:slug>/approve/",
        gated(views.approve, needs=Power.APPROVE_SYSTEMS, dangerous=True, in_wagtail=True),
        name="cautionary_system_approve",
    ),
    path(
        f"{HOME}<slug:slug>/end/",
        gated(views.end, needs=EITHER, dangerous=True, in_wagtail=True),
        name="cautionary_system_end",
    ),
]
