"""What these tests press and read."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from cautionary_plugin.models import Meeting
from cautionary_plugin.rules.vocabulary import MeetingMode
from tests.admin.pages import get, text


def now() -> Any:
    return timezone.now()


def page_of(browser: Client, meeting: Meeting) -> str:
    response = get(browser, "meeting", meeting.reference)
    assert response.status_code == 200
    return text(response)


def told(response: Any, status: int = 409) -> str:
    """The sentence of a page that refuses, which is no page for errors of the server's."""
    assert response.status_code == status, response.status_code
    return text(response)


def plan(**typed: Any) -> dict[str, Any]:
    """What is typed to plan a meeting, in three weeks."""
    day = timezone.localdate() + timedelta(days=21)
    return {
        "day": f"{day:%d %m %Y}",
        "begins": "14:00",
        "ends": "16.00",
        "mode": MeetingMode.IN_PERSON,
        "place": "Committee Room 4",
        "link": "",
    } | typed
