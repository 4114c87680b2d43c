"""The URLs of one's tasks. The second factor is asked for: what is asked may tell of a customer."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated

from . import views

BASE = "tasks/"

urlpatterns = [
    path(BASE, gated(views.tasks, needs=Need.VERIFIED), name="my_tasks"),
    path(
        f"{BASE}advice/<uuid:key>/",
        gated(views.advice, needs=Need.VERIFIED),
        name="advice_asked",
    ),
    path(
        f"{BASE}actions/<uuid:key>/",
        gated(views.follow_up, needs=Need.VERIFIED),
        name="my_follow_up",
    ),
    path(
        f"{BASE}court/<uuid:key>/",
        gated(views.support, needs=Need.VERIFIED),
        name="court_support",
    ),
]
