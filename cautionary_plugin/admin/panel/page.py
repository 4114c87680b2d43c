"""The page of a meeting: for whoever runs it, and for whoever comes to it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.agenda import waiting_cases
from cautionary_plugin.actions.panel.minutes import READERS as MINUTES_READERS
from cautionary_plugin.admin.base import Button
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.models import Meeting
from cautionary_plugin.rules.meetings import opens_from
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import MeetingState
from cautionary_plugin.rules.vocabulary import MeetingMode

from .board import board_of
from .finding import meeting_named, trail_of
from .items import Agenda, agenda_of
from .seats import room_of
from .told import when

PLANNED, IN_SESSION = MeetingState.PLANNED, MeetingState.OPEN


@require_safe
def meeting(request: GatedRequest, reference: str) -> HttpResponse:
    """One meeting, with what the person may see of it and do."""
    found = meeting_named(request, reference)
    powers = request.standing.powers(found.register)
    runs = Power.RUN_MEETINGS in powers
    room = room_of(found, request=request, runs=runs)
    agenda = agenda_of(found, room, request=request, runs=runs)
    return render(
        request,
        "cautionary_plugin/admin/panel/meeting.html",
        title=_("Meeting %(reference)s") % {"reference": found.reference},
        trail=trail_of(found),
        board=board_of(found, room, agenda, runs=runs, at=request.now)
        if room.seats and _goes_on(found)
        else None,
        when=when(found),
        where=_where(found),
        link=found.link if room.is_invited or runs else "",
        state=MeetingState(found.state).label,
        warnings=_warnings(found, request, agenda, runs=runs),
        buttons=_buttons(found, agenda, powers, runs=runs, at=request.now),
        own=room.own_buttons,
        agenda=agenda,
        room=room,
        left_over=_left_over(found, request) if runs and _goes_on(found) else 0,
        fill_url=reverse("cautionary_meeting_fill", args=[found.reference]),
    )


def _left_over(found: Meeting, request: GatedRequest) -> int:
    return waiting_cases(found.register).filter(not_shut_out(request.user)).count()


def _where(found: Meeting) -> str:
    return " · ".join(filter(None, [MeetingMode(found.mode).label, found.place]))


def _warnings(found: Meeting, request: GatedRequest, agenda: Agenda, *, runs: bool) -> list[str]:
    if not runs:
        return []
    told = []
    if found.state == PLANNED and found.ends_at <= request.now:
        told.append(_("Its time is over. Open the meeting now, change its day or cancel it."))
    if found.state == PLANNED and agenda.not_ready:
        told.append(
            ngettext(
                "%(count)s item has neither papers nor a statement, and could not open. Release "
                "the papers.",
                "%(count)s items have neither papers nor a statement, and could not open. Release "
                "the papers.",
                agenda.not_ready,
            )
            % {"count": agenda.not_ready}
        )
    return told


def _buttons(
    found: Meeting, agenda: Agenda, powers: frozenset[Power], *, runs: bool, at: datetime
) -> list[Button]:
    def button(name: str, label: Any, *, posts: bool = False) -> Button:
        return Button(label, reverse(f"cautionary_{name}", args=[found.reference]), posts)

    buttons = []
    if runs and found.state == PLANNED:
        if agenda.kept_back and at >= opens_from(found.starts_at):
            buttons.append(button("meeting_open", _("Open the meeting"), posts=True))
        buttons += [
            button("meeting_change", _("Change it")),
            button("meeting_cancel", _("Cancel it")),
        ]
    if runs and found.state == IN_SESSION:
        if agenda.kept_back:
            buttons.append(button("meeting_papers", _("Release the papers"), posts=True))
        if not agenda.is_done:
            buttons.append(button("meeting_close", _("Close the meeting")))
    if found.opened_at and powers & MINUTES_READERS:
        buttons.append(button("minutes", _("Minutes")))
    return buttons


def _goes_on(found: Meeting) -> bool:
    return found.state in (PLANNED, IN_SESSION)
