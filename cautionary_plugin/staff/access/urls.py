"""The URLs of "my access"."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated

from . import views

urlpatterns = [
    path("access/", gated(views.my_access, needs=Need.VERIFIED), name="my_access"),
    path("access/ask/", gated(views.ask_for_access, needs=Need.VERIFIED), name="ask_for_access"),
    path(
        "access/posts/<int:pk>/accept/",
        gated(views.accept_post, needs=Need.VERIFIED, dangerous=True),
        name="accept_post",
    ),
    path(
        "access/emergency/",
        gated(views.emergency, needs=Need.VERIFIED, dangerous=True),
        name="emergency",
    ),
]
