"""The URLs of one's training. A password is enough: nothing of the register is shown."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated

from . import starters, views

urlpatterns = [
    path(
        "training/read/<int:pk>/",
        gated(views.confirm, needs=Need.SIGNED_IN),
        name="confirm_reading",
    ),
    path("training/starters/", gated(starters.starters, needs=Need.SIGNED_IN), name="starters"),
    path(
        "training/starters/confirm/",
        gated(starters.confirm, needs=Need.SIGNED_IN),
        name="confirm_starter",
    ),
    path("training/", gated(views.my_training, needs=Need.SIGNED_IN), name="my_training"),
]
