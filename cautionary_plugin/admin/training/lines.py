"""Briefing sessions as the lists tell them."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.admin.words import day, instant
from cautionary_plugin.models import BriefingSession

from .places import page_of


@dataclass(frozen=True, repr=False)
class SessionLine:
    """One session in a list."""

    when: str
    where: str
    state: str
    late: bool
    url: str


def session_line(session: BriefingSession, request: GatedRequest) -> SessionLine:
    """When, where, and how it stands."""
    is_open = not (session.closed_at or session.called_off_at)
    return SessionLine(
        when=when(session),
        where=session.place,
        state=state_of(session, request),
        late=is_open and session.held_on <= timezone.localdate(request.now),
        url=page_of(session),
    )


def when(session: BriefingSession) -> str:
    """2 December 2026, 14:00."""
    hour = f", {session.at_time:%H:%M}" if session.at_time else ""
    return f"{day(session.held_on)}{hour}"


def state_of(session: BriefingSession, request: GatedRequest) -> str:
    """Planned, to be closed, closed, or called off."""
    if session.called_off_at:
        return _("Called off on %(when)s") % {"when": instant(session.called_off_at)}
    if session.closed_at:
        closed = {"when": instant(session.closed_at), "who": name_of(session.closed_by)}
        return _("Closed on %(when)s by %(who)s") % closed
    if session.held_on <= timezone.localdate(request.now):
        return _("To be closed: it briefs nobody until you say who came")
    return _("Planned")


def facts_of(session: BriefingSession, request: GatedRequest) -> list[tuple[Any, str]]:
    """The facts at the head of a session's page."""
    return [
        (_("When"), when(session)),
        (_("Where"), session.place),
        (_("Trainer"), name_of(session.trainer)),
        (_("How it stands"), state_of(session, request)),
    ]
