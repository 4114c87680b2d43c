"""The URLs of the check and the entry page."""

from django.urls import path

from cautionary_plugin.access.gate import Need, gated
from cautionary_plugin.access.uploads import takes_evidence

from . import views, visits

urlpatterns = [
    path("check/", gated(views.check, needs=Need.READER), name="check"),
    path(
        "check/visits/",
        gated(takes_evidence(visits.check_visits), needs=Need.READER),
        name="check_visits",
    ),
    path("entries/<slug:reference>/", gated(views.entry, needs=Need.READER), name="entry"),
    path(
        "entries/<slug:reference>/acknowledge/",
        gated(views.acknowledge, needs=Need.READER),
        name="acknowledge",
    ),
]
