"""The buttons of the agenda: fill it, put it in order, take off, release papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.agenda import fill_agenda, move_item, number_of, take_off
from cautionary_plugin.actions.panel.papers import release_papers
from cautionary_plugin.models import AgendaItem

from .finding import run_item, run_meeting, to_meeting


@require_POST
def fill(request: GatedRequest, reference: str) -> HttpResponse:
    """Put on the agenda what waits."""
    meeting = run_meeting(request, reference)
    put_on = len(fill_agenda(meeting=meeting, by=request.user, at=request.now))
    told = ngettext(
        "%(count)s case is put on the agenda.", "%(count)s cases are put on the agenda.", put_on
    )
    messages.success(request, told % {"count": put_on})
    return to_meeting(meeting)


@require_POST
def release(request: GatedRequest, reference: str) -> HttpResponse:
    """Release all papers that are not released yet."""
    meeting = run_meeting(request, reference)
    release_papers(meeting=meeting, by=request.user, at=request.now)
    messages.success(request, RELEASED)
    return to_meeting(meeting)


@require_POST
def step(request: GatedRequest, pk: UUID, step: str) -> HttpResponse:
    """One of the buttons of an item."""
    if step not in STEPS:
        raise Http404
    item = run_item(request, pk)
    STEPS[step](item=item, by=request.user, at=request.now)
    messages.success(request, SAID[step] % {"reference": item.case.reference})
    return to_meeting(item.meeting, "agenda")


def _up(*, item: AgendaItem, by: Any, at: Any) -> None:
    move_item(item=item, to=max(1, number_of(item) - 1), by=by, at=at)


def _down(*, item: AgendaItem, by: Any, at: Any) -> None:
    move_item(item=item, to=number_of(item) + 1, by=by, at=at)


RELEASED = _("The papers are released, and those who read them are told by e-mail.")
SAID = {
    "up": _("%(reference)s is moved up."),
    "down": _("%(reference)s is moved down."),
    "off": _("%(reference)s is taken off the agenda."),
    "release": RELEASED,
}
STEPS: dict[str, Callable[..., Any]] = {
    "up": _up,
    "down": _down,
    "off": take_off,
    "release": release_papers,
}
