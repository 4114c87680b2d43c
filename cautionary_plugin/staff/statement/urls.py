"""The URLs of giving an account. A password is enough: what others said is not shown."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated

from . import views

ONE = "accounts/<uuid:key>/"

urlpatterns = [
    path("accounts/", gated(views.invitations, needs=Need.SIGNED_IN), name="my_accounts"),
    path(ONE, gated(views.give, needs=Need.SIGNED_IN), name="give_account"),
    path(f"{ONE}decline/", gated(views.decline, needs=Need.SIGNED_IN), name="decline_account"),
]
