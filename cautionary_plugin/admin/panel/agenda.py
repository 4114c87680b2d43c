"""The buttons of the agenda: fill it, put it in order, take off, release papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.agenda import fill_agenda, move_item, take_off
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.models import AgendaItem
from cautionary_plugin.rules.states import ItemState

from .finding import run_item, run_meeting, to_meeting


@require_POST
def fill(request: GatedRequest, reference: str) -> HttpResponse:
    """Put on the agenda what waits."""
    meeting = run_meeting(request, reference)
    fill_agenda(meeting=meeting, by=request.user, at=request.now)
    return to_meeting(meeting)


@require_POST
def release(request: GatedRequest, reference: str) -> HttpResponse:
    """Release all papers that are not released yet."""
    meeting = run_meeting(request, reference)
    release_papers(meeting=meeting, by=request.user, at=request.now)
    return to_meeting(meeting)


@require_POST
def step(request: GatedRequest, pk: UUID, step: str) -> HttpResponse:
    """One of the buttons of an item."""
    if step not in STEPS:
        raise Http404
    item = run_item(request, pk)
    STEPS[step](item=item, by=request.user, at=request.now)
    return to_meeting(item.meeting, "agenda")


def _up(*, item: AgendaItem, by: Any, at: Any) -> None:
    move_item(item=item, to=max(1, _place(item) - 1), by=by, at=at)


def _down(*, item: AgendaItem, by: Any, at: Any) -> None:
    move_item(item=item, to=_place(item) + 1, by=by, at=at)


def _place(item: AgendaItem) -> int:
    """The number that the agenda shows, from 1."""
    shown = item.meeting.items.exclude(state=ItemState.REMOVED).order_by("position", "pk")
    keys = list(shown.values_list("pk", flat=True))
    return keys.index(item.pk) + 1 if item.pk in keys else 1


STEPS: dict[str, Callable[..., Any]] = {
    "up": _up,
    "down": _down,
    "off": take_off,
    "release": release_papers,
}
