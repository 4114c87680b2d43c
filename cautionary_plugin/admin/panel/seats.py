"""Who is invited to a meeting, who is there, and who sits for which post (B7, B8)."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.panel.invitations import in_order, panel_posts
from cautionary_plugin.actions.panel.seating import present_at
from cautionary_plugin.admin.base import Button
from cautionary_plugin.models import Attendee, Meeting
from cautionary_plugin.rules.meetings import opens_from
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.quorum import Present, seats
from cautionary_plugin.rules.states import MeetingState
from cautionary_plugin.rules.vocabulary import Capacity

from .places import Seat, seats_of
from .told import clock


@dataclass(frozen=True, repr=False)
class Place:
    """Somebody who is invited. No ``repr``: it tells names."""

    who: str
    part: str
    state: str
    notes: list[str]
    buttons: list[Button]


@dataclass(frozen=True, repr=False)
class Room:
    """The room: places by their parts, and who is in it now.

    :ivar vacant: titles of posts of the panel that nobody is invited for.
    :ivar present: who could sit, for counting at each item.
    :ivar own_cases: keys of the cases that the person presents or advises on.
    :ivar seats: each post of the panel in a word; empty for whoever only comes for an item.
    """

    places: list[Place]
    others: list[Place]
    vacant: list[str]
    present: list[Present]
    quorum: int
    is_invited: bool
    own_cases: set[Any]
    own_buttons: list[Button]
    seats: list[Seat]

    def seated(self, *, excluded: frozenset[Any] = frozenset()) -> dict[Hashable, Present]:
        """Who sits for which post now, but for those who are excluded."""
        return seats(self.present, excluded=excluded)


def room_of(meeting: Meeting, *, request: GatedRequest, runs: bool) -> Room:
    """The room as one person may see it: members see the seats, others their own part."""
    sits = Power.SIT_ON_PANEL in request.standing.powers(meeting.register)
    attendees = list(
        meeting.attendees.filter(not_shut_out(request.user, case="case"))
        .select_related("user", "post", "case", "briefed_by")
        .order_by("pk")
    )
    mine = [each for each in attendees if each.user_id == request.user.pk]
    shown = attendees if runs or sits else mine
    goes_on = meeting.state in (MeetingState.PLANNED, MeetingState.OPEN)
    begins = request.now >= opens_from(meeting.starts_at) or meeting.state == MeetingState.OPEN
    held = _posts_held(request)
    powers = request.standing.powers(meeting.register)
    confirms = held if Power.DECIDE_CONFLICTS not in powers else None

    def place(attendee: Attendee) -> Place:
        return Place(
            who=name_of(attendee.user) or _("A former colleague"),
            part=_part(attendee),
            state=_state(attendee),
            notes=_notes(attendee),
            buttons=[
                *(_running(attendee, meeting, begins) if runs and goes_on else []),
                *(_briefing(attendee, request, confirms) if goes_on else []),
            ],
        )

    seated = [each for each in shown if each.case_id is None]
    taken = {each.post_id for each in attendees}
    posts = in_order(panel_posts(meeting.register)) if runs or sits else []
    present = present_at(meeting)
    return Room(
        places=[place(each) for each in seated],
        others=[place(each) for each in shown if each.case_id is not None],
        vacant=[post.title for post in posts if post.pk not in taken] if runs else [],
        present=present,
        quorum=meeting.register.quorum or 0,
        is_invited=bool(mine),
        own_cases={each.case_id for each in mine} - {None},
        own_buttons=_own(mine, meeting, held) if goes_on else [],
        seats=seats_of(posts, attendees, present, ahead=meeting.state == MeetingState.PLANNED),
    )


def _posts_held(request: GatedRequest) -> set[Any]:
    return {each.post_id for each in request.standing.appointments if not each.as_deputy}


def _part(attendee: Attendee) -> str:
    capacity = Capacity(attendee.capacity)
    if attendee.post is not None:
        deputy = _(", deputy") if capacity is Capacity.DEPUTY else ""
        return f"{attendee.post.title}{deputy}"
    if attendee.case is not None:
        return f"{capacity.label}: {attendee.case.reference}"
    return capacity.label


def _state(attendee: Attendee) -> str:
    if attendee.left_at:
        return _("Left %(time)s") % {"time": clock(attendee.left_at)}
    if attendee.came_at:
        return _("Here since %(time)s") % {"time": clock(attendee.came_at)}
    return _("Sent apologies") if attendee.apologies_at else _("Invited")


def _notes(attendee: Attendee) -> list[str]:
    if attendee.capacity != Capacity.DEPUTY:
        return []
    if attendee.briefed_at:
        return [_("Briefing confirmed by %(who)s") % {"who": name_of(attendee.briefed_by)}]
    return [_("Briefing not confirmed: no seat yet")]


def _running(attendee: Attendee, meeting: Meeting, begins: bool) -> list[Button]:
    if attendee.came_at and not attendee.left_at:
        return [_step(attendee, "left", _("Has left"))]
    back = _("Is back") if attendee.came_at else _("Is here")
    buttons = [_step(attendee, "came", back)] if begins or attendee.came_at else []
    if not attendee.came_at and not attendee.apologies_at:
        buttons.append(_step(attendee, "apologies", _("Sent apologies")))
    if attendee.apologies_at and not attendee.came_at:
        buttons.append(_step(attendee, "coming", _("Comes after all")))
    if attendee.capacity == Capacity.MEMBER and not attendee.came_at:
        buttons.append(_deputy(meeting, attendee.post_id))
    return buttons


def _briefing(attendee: Attendee, request: GatedRequest, confirms: set[Any] | None) -> list[Button]:
    """For the member whose post it is and for the chair; never for the deputy themselves."""
    waits = attendee.capacity == Capacity.DEPUTY and attendee.briefed_at is None
    theirs = confirms is None or attendee.post_id in confirms
    if not waits or not theirs or attendee.user_id == request.user.pk:
        return []
    return [_step(attendee, "briefed", _("Confirm the briefing"))]


def _own(mine: list[Attendee], meeting: Meeting, held: set[Any]) -> list[Button]:
    buttons = []
    waiting = [each for each in mine if not each.came_at and not each.apologies_at]
    if waiting:
        url = reverse("cautionary_meeting_apologies", args=[meeting.reference])
        buttons.append(Button(_("I cannot come"), url))
    elif any(each.apologies_at and not each.came_at for each in mine):
        url = reverse("cautionary_meeting_coming", args=[meeting.reference])
        buttons.append(Button(_("I can come after all"), url))
    for each in mine:
        if each.capacity == Capacity.MEMBER and each.post_id in held and not each.came_at:
            buttons.append(_deputy(meeting, each.post_id, _("Name my deputy")))
    return buttons


def _deputy(meeting: Meeting, post: Any, label: Any = "") -> Button:
    url = reverse("cautionary_meeting_deputy", args=[meeting.reference, post])
    return Button(label or _("Name a deputy"), url, posts=False)


def _step(attendee: Attendee, step: str, label: Any) -> Button:
    return Button(label, reverse("cautionary_attendance", args=[attendee.pk, step]))
