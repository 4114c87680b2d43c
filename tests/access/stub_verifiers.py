"""Identity providers that say what the test wants."""

from datetime import datetime

from django.http import HttpRequest


def from_session(request: HttpRequest) -> datetime | None:
    """What the test wrote into the session."""
    written = request.session.get("stub")
    return datetime.fromisoformat(written) if written else None


def silent(request: HttpRequest) -> datetime | None:
    """Knows of nothing."""
    return None
