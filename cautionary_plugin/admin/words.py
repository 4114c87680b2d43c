"""Days and instants in the words of the Wagtail admin's screens."""

from datetime import date, datetime

from django.utils import timezone


def day(on: date) -> str:
    """2 December 2026."""
    return f"{on.day} {on:%B %Y}"


def instant(at: datetime) -> str:
    """2 December 2026, 14:05, in local time."""
    local = timezone.localtime(at)
    return f"{day(local.date())}, {local:%H:%M}"
