"""The URLs of letters, bulletins and exemptions: by id or reference, never by name."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from cautionary_plugin.access.gate import gated
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.writers import WRITERS

from . import lists, views, wordings

BASE = "cautionary/letters/"
ONE = f"{BASE}<uuid:pk>/"


def _door(
    route: str,
    view: Callable[..., Any],
    name: str,
    *,
    needs: Power | frozenset[Power] = WRITERS,
    dangerous: bool = False,
    in_wagtail: bool = True,
) -> URLPattern:
    guarded = gated(view, needs=needs, dangerous=dangerous, in_wagtail=in_wagtail)
    return path(route, guarded, name=name)


urlpatterns = [
    _door(BASE, lists.letters, "cautionary_letters", needs=WRITERS | {Power.KEEP_SCHEDULE}),
    _door(ONE, views.letter, "cautionary_letter"),
    _door(f"{ONE}write/", views.write, "cautionary_letter_write"),
    _door(f"{ONE}issue/", views.issue, "cautionary_letter_issue", dangerous=True),
    _door(f"{ONE}print/", views.printed, "cautionary_letter_print", in_wagtail=False),
    _door(f"{ONE}pdf/", views.pdf, "cautionary_letter_pdf"),
    _door(f"{ONE}posted/", views.posted, "cautionary_letter_posted"),
    _door(f"{ONE}email/", views.email, "cautionary_letter_email", dangerous=True),
    _door(f"{ONE}stop-email/", views.stop, "cautionary_letter_stop_email"),
    _door(
        f"{ONE}questionnaire/",
        views.questionnaire,
        "cautionary_letter_questionnaire",
        in_wagtail=False,
    ),
    _door(
        f"{ONE}questionnaire.pdf", views.questionnaire_pdf, "cautionary_letter_questionnaire_pdf"
    ),
    _door(
        f"{ONE}hand-over/",
        views.hand_over,
        "cautionary_letter_hand_over",
        needs=Power.KEEP_SCHEDULE,
    ),
    _door(
        f"{ONE}do-not-inform/",
        views.exempt,
        "cautionary_letter_exempt",
        needs=Power.WRITE_LETTERS,
        dangerous=True,
    ),
    _door(f"{BASE}wording/", wordings.wordings, "cautionary_wordings", needs=Power.WRITE_LETTERS),
    _door(
        f"{BASE}wording/<slug:register>/<slug:kind>/",
        wordings.wording,
        "cautionary_wording",
        needs=Power.WRITE_LETTERS,
    ),
    _door(
        "cautionary/bulletins/<slug:reference>/",
        lists.bulletin,
        "cautionary_bulletin",
        needs=Power.WRITE_LETTERS,
    ),
    _door(
        "cautionary/not-informed/",
        lists.exemptions,
        "cautionary_exemptions",
        needs=Power.SEE_FIGURES,
    ),
    _door(
        "cautionary/not-informed/<slug:reference>/",
        lists.exemption,
        "cautionary_exemption",
        needs=Power.READ_BASIS,
    ),
    _door(
        "cautionary/not-informed/<slug:reference>/end/",
        lists.end,
        "cautionary_exemption_end",
        needs=Power.WRITE_LETTERS,
        dangerous=True,
    ),
]
