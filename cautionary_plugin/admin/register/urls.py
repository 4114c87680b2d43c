"""What can be done with an entry on the register's page."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import corrections, views

ENTRY = "cautionary/register/<slug:reference>"

urlpatterns = [
    path(
        f"{ENTRY}/sign-off/",
        gated(views.sign_off, needs=Power.SIGN_OFF_CHILDREN, dangerous=True, in_wagtail=True),
        name="cautionary_sign_off",
    ),
    path(
        f"{ENTRY}/dispute/",
        gated(corrections.dispute, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_dispute",
    ),
    path(
        f"{ENTRY}/settle/",
        gated(corrections.settle, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_settle",
    ),
    path(
        f"{ENTRY}/correct/",
        gated(corrections.choose, needs=Power.DECIDE, in_wagtail=True),
        name="cautionary_corrections",
    ),
    path(
        f"{ENTRY}/correct/<slug:fact>/",
        gated(corrections.correct, needs=Power.DECIDE, dangerous=True, in_wagtail=True),
        name="cautionary_correct",
    ),
    path(
        f"{ENTRY}/withdraw/",
        gated(corrections.withdraw, needs=Power.DECIDE, dangerous=True, in_wagtail=True),
        name="cautionary_withdraw",
    ),
]
