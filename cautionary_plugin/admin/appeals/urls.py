"""The URLs of what is done with appeals and complaints."""

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import Needs, View, gated
from cautionary_plugin.rules import appeals
from cautionary_plugin.rules.posts import Power

from . import complaints, views


def _path(route: str, view: View, name: str, needs: Needs, *, grave: bool = False) -> URLPattern:
    behind = gated(view, needs=needs, dangerous=grave, in_wagtail=True)
    return path(f"cautionary/{route}", behind, name=f"cautionary_{name}")


KEEPS, HEARS = Power.RECORD_APPEALS, appeals.HEARS

urlpatterns = [
    _path("appeals/record/", views.lodge, "appeal_record", KEEPS),
    _path("appeals/<slug:reference>/hearers/", views.hearers, "appeal_hearers", KEEPS),
    _path(
        "appeals/<slug:reference>/withdraw/", views.withdraw, "appeal_withdraw", KEEPS, grave=True
    ),
    _path("hearings/<slug:reference>/propose/", views.propose, "appeal_propose", HEARS, grave=True),
    _path("hearings/<slug:reference>/sign/", views.sign, "appeal_sign", HEARS, grave=True),
    _path("hearings/<slug:reference>/send-back/", views.send_back, "appeal_send_back", HEARS),
    _path("complaints/record/", complaints.lodge, "complaint_record", KEEPS),
    _path(
        "complaints/<slug:reference>/acknowledge/",
        complaints.acknowledge,
        "complaint_acknowledge",
        KEEPS,
    ),
    _path("complaints/<slug:reference>/answer/", complaints.answer, "complaint_answer", KEEPS),
]
