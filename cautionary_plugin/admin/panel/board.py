"""The head of a meeting's page: is it quorate, who sits, what is next; at one glance (B7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cautionary_plugin.admin.base import Button
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import Meeting
from cautionary_plugin.rules.meetings import opens_from
from cautionary_plugin.rules.states import ItemState, MeetingState

from .items import Agenda, Row
from .places import Seat
from .seats import Room

UNDER_WAY = (ItemState.OPEN, ItemState.VOTING)


@dataclass(frozen=True, repr=False)
class Board:
    """What must be seen first. No ``repr``: it tells names of members.

    :ivar quorum: how many sit, or are coming, and how many must; ``is_short`` where it is fewer.
    :ivar upcoming: what is next, in words.
    :ivar way: the button that leads there, where the person has one.
    """

    state: str
    quorum: str
    is_short: bool
    seats: list[Seat]
    upcoming: str
    way: Button | None


def board_of(found: Meeting, room: Room, agenda: Agenda, *, runs: bool, at: datetime) -> Board:
    """The head of a meeting that lies ahead or is in session."""
    in_session = found.state == MeetingState.OPEN
    sit = len(room.seated()) if in_session else len([s for s in room.seats if s.is_coming])
    upcoming, way = (_in_session if in_session else _ahead)(found, room, agenda, runs=runs, at=at)
    return Board(
        state=MeetingState(found.state).label,
        quorum=_quorum(sit, room.quorum, in_session=in_session),
        is_short=sit < room.quorum,
        seats=room.seats,
        upcoming=upcoming,
        way=way,
    )


def _quorum(sit: int, quorum: int, *, in_session: bool) -> str:
    told = {"sit": sit, "quorum": quorum}
    if not in_session:
        return _("%(sit)s are coming, %(quorum)s needed") % told
    if sit < quorum:
        return _("Not quorate: %(sit)s sit, %(quorum)s needed") % told
    return _("Quorate: %(sit)s sit, %(quorum)s needed") % told


def _ahead(
    found: Meeting, room: Room, agenda: Agenda, *, runs: bool, at: datetime
) -> tuple[str, Button | None]:
    if not runs:
        return "", None
    if agenda.kept_back:
        told = ngettext(
            "The papers of %(count)s item are not released.",
            "The papers of %(count)s items are not released.",
            agenda.kept_back,
        )
        return told % {"count": agenda.kept_back}, _button(found, "papers", _("Release the papers"))
    opens_at = opens_from(found.starts_at)
    if at < opens_at:
        return _("The meeting can be opened from %(when)s.") % {"when": instant(opens_at)}, None
    return _("The meeting can be opened."), _button(found, "open", _("Open the meeting"))


def _in_session(
    found: Meeting, room: Room, agenda: Agenda, *, runs: bool, at: datetime
) -> tuple[str, Button | None]:
    now = _first(agenda, *UNDER_WAY)
    if now is not None:
        return _("Now: %(item)s.") % {"item": _named(now)}, _to_item(now)
    if runs and not room.seated():
        here = Button(_("Note who is here"), "#room", posts=False)
        return _("Nobody is noted as here yet."), here
    following = _first(agenda, ItemState.LISTED)
    if following is not None:
        return _("Next: %(item)s.") % {"item": _named(following)}, _to_item(following)
    if agenda.is_done and runs:
        close = _button(found, "close", _("Close the meeting"), posts=False)
        return _("Every item of the agenda is dealt with."), close
    return "", None


def _first(agenda: Agenda, *states: ItemState) -> Row | None:
    return next((row for row in agenda.rows if row.stands in states), None)


def _named(row: Row) -> str:
    return f"{row.number}. {row.reference}"


def _to_item(row: Row) -> Button | None:
    label = _("Go to item %(number)s") % {"number": row.number}
    return Button(label, row.url, posts=False) if row.url else None


def _button(found: Meeting, step: str, label: Any, *, posts: bool = True) -> Button:
    return Button(label, reverse(f"cautionary_meeting_{step}", args=[found.reference]), posts)
