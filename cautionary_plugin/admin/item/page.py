"""The page of an item: the head that always shows, the steps, what was decided, the way on."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cautionary_plugin.actions.panel.agenda import number_of
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.words import instant
from cautionary_plugin.models import AgendaItem
from cautionary_plugin.rules.states import EntryState, ItemState
from cautionary_plugin.rules.vocabulary import CaseKind

from .decided import decided_facts
from .forms import AdjournForm
from .room import Room
from .steps import FOLDER, CameBack, steps_of

ADJOURN, DECIDED = "adjourn", "decided"
NOW = "now"  # marks the step whose turn it is: links lead there, past what is done
UNDER_WAY = (ItemState.LISTED, ItemState.OPEN, ItemState.VOTING)


def show(room: Room, came_back: CameBack | None = None, *, status: int = 200) -> HttpResponse:
    """The whole page, with a form that came back in its step."""
    item = room.item
    following = _next_after(item)
    return render(
        room.request,
        f"{FOLDER}/item.html",
        status=status,
        title=item.case.reference,
        trail=trail_of(item),
        room=room,
        kind=CaseKind(item.case.kind).label,
        number=number_of(item),
        state=ItemState(item.state).label,
        is_over=not room.stands(*UNDER_WAY),
        votes_in_words=_votes_in_words(room),
        steps=steps_of(room, came_back),
        notices=_notices(room),
        may_vote=_may_vote(room),
        may_adjourn=room.runs and room.is_in_session and room.stands(*UNDER_WAY),
        adjourn_form=_adjourn_form(came_back),
        meeting_url=meeting_url(item),
        papers_url=reverse("cautionary_panel_papers", args=[item.case.reference]),
        next_item=following,
        next_item_url=item_url(following, NOW) if following else "",
        next_number=number_of(following) if following else 0,
        **decided_facts(room),
    )


def trail_of(item: AgendaItem, *further: Any) -> list[dict[str, Any]]:
    """Breadcrumbs: the meeting, the item, and what stands below it."""
    steps = [(item.meeting.reference, meeting_url(item))]
    steps.append((item.case.reference, item_url(item) if further else ""))
    return [{"label": label, "url": url} for label, url in [*steps, *((f, "") for f in further)]]


def item_url(item: AgendaItem, anchor: str = "") -> str:
    """The page of an item, at one of its steps."""
    return reverse("cautionary_item", args=[item.pk]) + (anchor and f"#{anchor}")


def meeting_url(item: AgendaItem) -> str:
    return reverse("cautionary_meeting", args=[item.meeting.reference])


def _adjourn_form(came_back: CameBack | None) -> forms.Form:
    return came_back.form if came_back and came_back.anchor == ADJOURN else AdjournForm()


def _votes_in_words(room: Room) -> str:
    """Votes for and needed; how many are for is nobody's to know before the close."""
    needed, motion = room.board.needed, room.motion
    if motion is None:
        return _("%(needed)s “for” needed") % {"needed": needed}
    if motion.closed_at is None:
        told = {"cast": len(room.votes), "needed": needed}
        return _("%(cast)s have voted, %(needed)s “for” needed") % told
    result = _("carried") if motion.carried else _("not carried")
    counted = {"for": motion.votes_for, "needed": needed, "result": result}
    return _("%(for)s “for”, %(needed)s needed: %(result)s") % counted


def _may_vote(room: Room) -> bool:
    """Whether the person's own vote is still to come."""
    mine = any(each.user_id == room.request.user.pk for each in room.votes)
    return room.stands(ItemState.VOTING) and room.seat is not None and not mine


def _notices(room: Room) -> list[str]:
    """What must not be missed: no quorum, adjourned, a provisional entry."""
    item, notices = room.item, []
    under_way = room.stands(*UNDER_WAY)
    if under_way and room.is_in_session and not room.board.is_quorate:
        notices.append(
            _("The panel is not quorate for this item. Call a briefed deputy, or adjourn it.")
        )
    if room.stands(ItemState.ADJOURNED):
        notices.append(
            _("Adjourned %(when)s. %(why)s")
            % {
                "when": instant(item.closed_at) if item.closed_at else "",
                "why": item.adjourned_because,
            }
        )
    entry = item.case.entry
    if under_way and entry is not None and entry.state != EntryState.ENDED:
        told = {"entry": entry.reference}
        notices.append(
            _("%(entry)s is provisional: it ends with this meeting unless the panel ratifies it.")
            % told
            if entry.provisional
            else _("This case is about %(entry)s.") % told
        )
    return notices


def _next_after(item: AgendaItem) -> AgendaItem | None:
    """The item that is next on the agenda, by its reference only; after the last what was left."""
    listed = item.meeting.items.filter(state=ItemState.LISTED).exclude(pk=item.pk)
    waiting: list[AgendaItem] = list(listed.select_related("case", "meeting").order_by("position"))
    later = (each for each in waiting if each.position > item.position)
    return next(later, waiting[0] if waiting else None)
