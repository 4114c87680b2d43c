"""The URL of evidence."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.actions.evidence import OPENERS

from . import views

urlpatterns = [
    path(
        "cautionary/evidence/<uuid:pk>/",
        gated(views.download, needs=OPENERS, in_wagtail=True),
        name="cautionary_evidence",
    ),
]
