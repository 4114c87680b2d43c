"""The URLs of subject access requests."""

from typing import Any

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import downloads, views

ONE = "<slug:reference>/"


def _door(
    route: str, view: Any, name: str, *, needs: Power = Power.PREPARE_PACKS, grave: bool = False
) -> Any:
    opened = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/access-requests/{route}", opened, name=name)


urlpatterns = [
    _door("", views.overview, "cautionary_access_requests"),
    _door("new/", views.receive, "cautionary_access_request_new"),
    _door(ONE, views.show, "cautionary_access_request"),
    _door(f"{ONE}identity/", views.identity, "cautionary_access_request_identity"),
    _door(f"{ONE}prepare/", views.prepare, "cautionary_access_request_prepare"),
    _door(f"{ONE}lines/<uuid:pk>/", views.line, "cautionary_access_request_line"),
    _door(f"{ONE}lines/<uuid:pk>/file/", downloads.file, "cautionary_access_request_line_file"),
    _door(
        f"{ONE}release/",
        views.release,
        "cautionary_access_request_release",
        needs=Power.RELEASE_PACKS,
        grave=True,
    ),
    _door(f"{ONE}withdraw/", views.withdraw, "cautionary_access_request_withdraw"),
    _door(
        f"{ONE}pack.<slug:kind>", downloads.document, "cautionary_access_request_file", grave=True
    ),
]
