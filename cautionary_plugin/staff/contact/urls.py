"""The URLs of one's customers; who they are takes the second factor, and no post."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated

from . import views

ONE = "customers/<uuid:pk>/"

urlpatterns = [
    path("customers/", gated(views.customers, needs=Need.VERIFIED), name="my_customers"),
    path(ONE, gated(views.customer, needs=Need.VERIFIED), name="my_customer"),
    path(
        f"{ONE}delegate/",
        gated(views.hand_over, needs=Need.VERIFIED, dangerous=True),
        name="delegate_customer",
    ),
]
