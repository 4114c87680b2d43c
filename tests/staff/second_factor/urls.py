"""The doors, and behind them rooms that say what was asked of whoever comes in."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cautionary_plugin.access.gate import Need, gated
from cautionary_plugin.staff.second_factor.urls import urlpatterns as doors


def room(request: HttpRequest) -> HttpResponse:
    """Somewhere inside."""
    return HttpResponse("Inside.")


rooms = [
    path("", gated(room, needs=Need.VERIFIED), name="home"),
    path("check/", gated(room, needs=Need.READER), name="check"),
    path("access/", gated(room, needs=Need.VERIFIED), name="my_access"),
    path("training/", gated(room, needs=Need.SIGNED_IN), name="my_training"),
    path("report/", gated(room, needs=Need.SIGNED_IN), name="report"),
    path("reports/", gated(room, needs=Need.SIGNED_IN), name="my_reports"),
    path("accounts/", gated(room, needs=Need.SIGNED_IN), name="my_accounts"),
    path("people/", gated(room, needs=Need.VERIFIED), name="people"),
    path("dangerous/", gated(room, needs=Need.VERIFIED, dangerous=True), name="dangerous"),
]

urlpatterns = [
    path("register/", include(([*doors, *rooms], "cautionary"))),
    path("provider/", room, name="provider"),
]
