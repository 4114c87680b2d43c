"""Who stays excluded is shown nothing of the case, screen by screen (B10, B11)."""

from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.admin.conflicts.declarations import STATEMENT, WHY, declared
from tests.admin.pages import get, post, text
from tests.council import browser_of
from tests.life import REPORTED
from tests.panel import Panel, conflicted, planned, waiting_case
from tests.panel_items import findings_recorded, opened_item

pytestmark = pytest.mark.django_db


@pytest.mark.clause("B10")
@pytest.mark.clause("B11")
def test_excluded_stays_excluded_on_every_screen(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    conflicted(case, panel.equality)
    chair = browser_of(panel.chair)

    post(chair, "conflict_decide", declared().pk, excluded="yes", reasons=WHY, step="record")

    meeting = planned(panel)
    member = browser_of(panel.equality)
    assert f"{case.reference}: you are excluded." in text(get(member, "meeting", meeting.reference))
    assert get(member, "panel_papers", case.reference).status_code == 403


def text_of(response: Any) -> str:
    """The page as text; of a document what its pages say."""
    if response.headers["Content-Type"] != "application/pdf":
        return unescape(response.content.decode())
    return " ".join(each.extract_text() for each in PdfReader(BytesIO(response.content)).pages)


@pytest.mark.clause("B11")
def test_planted_name_reaches_eligible_members_and_nobody_excluded(panel: Panel) -> None:
    case = waiting_case(panel, statement=STATEMENT)
    item = findings_recorded(panel, opened_item(panel, case))
    excluded, eligible = browser_of(panel.equality), browser_of(panel.customer)
    secrets = (STATEMENT, *REPORTED.split(), "Gantry", "spade")
    urls = [
        reverse("cautionary_panel"),
        reverse("cautionary_conflicts"),
        reverse("cautionary_meeting", args=[item.meeting.reference]),
        reverse("cautionary_panel_papers", args=[case.reference]),
        reverse("cautionary_conflict_declare", args=[case.reference]),
        reverse("cautionary_item", args=[item.pk]),
        reverse("cautionary_minutes", args=[item.meeting.reference]),
        reverse("cautionary_minutes_pdf", args=[item.meeting.reference]),
    ]
    papers = reverse("cautionary_panel_papers", args=[case.reference])
    assert REPORTED in text(excluded.post(papers))
    conflicted(case, panel.equality)

    shown = [text_of(eligible.get(url)) for url in urls] + [text_of(eligible.post(papers))]
    hidden = [text_of(excluded.get(url)) for url in urls] + [text_of(excluded.post(papers))]

    for secret in secrets:
        assert any(secret in page for page in shown), secret
        assert not any(secret in page for page in hidden), secret
    assert any(case.reference in page for page in hidden)
