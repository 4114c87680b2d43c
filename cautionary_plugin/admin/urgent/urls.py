"""The URLs of urgent additions and of referrals to a director."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import Needs, View, gated
from cautionary_plugin.rules.posts import Power

from . import referrals, views

ADDS = frozenset(views.ADDS)


def _path(route: str, view: View, name: str, needs: Needs, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/{route}", behind, name=f"cautionary_{name}")


urlpatterns = [
    _path("urgent/", views.reports, "urgent", ADDS),
    _path("urgent/<slug:reference>/added/", views.added, "urgent_added", ADDS),
    _path("urgent/<slug:slug>/<slug:reference>/", views.add, "urgent_add", ADDS, grave=True),
    _path("referrals/", referrals.referrals, "referrals", Power.DECIDE),
    _path("referrals/<uuid:pk>/", referrals.referral, "referral", Power.DECIDE),
    _path("referrals/<uuid:pk>/take/", referrals.take, "referral_take", Power.DECIDE, grave=True),
    _path(
        "referrals/<uuid:pk>/decline/",
        referrals.decline,
        "referral_decline",
        Power.DECIDE,
        grave=True,
    ),
]
