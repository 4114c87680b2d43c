"""The URLs of the people screens."""

from django.urls import path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power

from . import views

urlpatterns = [
    path("people/", gated(views.people, needs=Power.SEE_PEOPLE), name="people"),
    path(
        "people/grants/<int:pk>/approve/",
        gated(views.approve, needs=Power.APPROVE_GRANTS, dangerous=True),
        name="approve_grant",
    ),
    path(
        "people/grants/<int:pk>/end/",
        gated(views.end, needs=Power.APPROVE_GRANTS),
        name="end_grant",
    ),
    path(
        "people/grants/ask/",
        gated(views.ask_for_colleague, needs=Power.REQUEST_FOR_OTHERS),
        name="ask_for_colleague",
    ),
    path(
        "people/posts/make/",
        gated(views.make_post, needs=Power.APPOINT, dangerous=True),
        name="make_post",
    ),
    path(
        "people/posts/appoint/",
        gated(views.appoint, needs=Power.APPOINT, dangerous=True),
        name="appoint",
    ),
    path(
        "people/posts/<int:pk>/end/",
        gated(views.end_post, needs=Power.APPOINT, dangerous=True),
        name="end_appointment",
    ),
    path("people/briefings/", gated(views.brief, needs=Power.RECORD_BRIEFINGS), name="brief"),
]
