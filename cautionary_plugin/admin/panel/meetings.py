"""The panel's first page; a meeting is planned, changed, cancelled, opened, closed (B6)."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.exclusion import not_shut_out
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.panel.conflicts import conflicts_to_decide
from cautionary_plugin.actions.panel.meetings import (
    cancel_meeting,
    change_meeting,
    close_meeting,
    gaps,
    open_meeting,
    plan_meeting,
)
from cautionary_plugin.actions.panel.urgent import unratified
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.base import Button
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.models import Meeting, Register
from cautionary_plugin.rules.errors import BadInput
from cautionary_plugin.rules.posts import Power
from cautionary_plugin.rules.states import ItemState

from .finding import address, my_meetings, panels, run_meeting, to_meeting, trail, trail_of
from .forms import MeetingForm, in_boxes
from .told import gap_in_words, row_of

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 50
UNDER_WAY = (ItemState.OPEN, ItemState.VOTING)
DECIDES = (Power.DECIDE_CONFLICTS, Power.DECIDE_CONFLICTS_FOR_CHAIR)


@require_safe
def meetings(request: GatedRequest) -> HttpResponse:
    """The meetings that the person runs or comes to, gaps between them, and what waits."""
    runs = panels(request, Power.RUN_MEETINGS)
    page = Paginator(my_meetings(request).order_by("-starts_at"), PER_PAGE).get_page(
        request.GET.get("p")
    )
    decides = panels(request, *DECIDES)
    waiting = conflicts_to_decide(decides, by=request.user, at=request.now) if decides else []
    return render(
        request,
        "cautionary_plugin/admin/panel/meetings.html",
        title=_("Unreasonable Behaviours Panel"),
        trail=[{"url": "", "label": _("Panel")}],
        gaps=[
            (register, gap_in_words(gap))
            for register in runs
            for gap in gaps(register, request.now)
        ],
        links=[
            Button(_("Plan a meeting"), reverse("cautionary_meeting_plan", args=[each.slug]), False)
            for each in runs
        ],
        waiting=len(waiting),
        decides=decides,
        page=page,
        rows=[row_of(meeting) for meeting in page],
        runs=runs,
    )


@require_http_methods(METHODS)
def plan(request: GatedRequest, slug: str) -> HttpResponse:
    """Plan a meeting of one panel."""
    mine = Register.objects.filter(pk__in=[r.pk for r in panels(request, Power.RUN_MEETINGS)])
    register = get_object_or_404(mine, slug=slug)
    form = MeetingForm(posted(request))
    return ask(
        request,
        form,
        _in_boxes(
            lambda: plan_meeting(register=register, by=request.user, at=request.now, **form.facts())
        ),
        done=address,
        title=_("Plan a meeting"),
        trail=trail((_("Plan a meeting"), "")),
        back=reverse("cautionary_panel"),
        button=_("Plan the meeting and send the invitations"),
        lead=_(
            "Whoever holds a seat on that day is invited by e-mail with a calendar entry, and the "
            "clerk too. What waits for the panel comes on the agenda by itself, with its "
            "presenters, and with Legal Services where the risk is high."
        ),
    )


@require_http_methods(METHODS)
def change(request: GatedRequest, reference: str) -> HttpResponse:
    """Another day, time or place."""
    meeting = run_meeting(request, reference)
    form = MeetingForm(posted(request), initial=MeetingForm.initial_of(meeting))
    return ask(
        request,
        form,
        _in_boxes(
            lambda: change_meeting(meeting=meeting, by=request.user, at=request.now, **form.facts())
        ),
        done=address,
        title=_("Change the meeting"),
        trail=trail_of(meeting, _("Change the meeting")),
        back=address(meeting),
        button=_("Change it and tell everybody"),
        lead=_("Everybody who is invited is told, and the entry in their calendar changes."),
    )


@require_http_methods(METHODS)
def cancel(request: GatedRequest, reference: str) -> HttpResponse:
    """The meeting does not take place."""
    meeting = run_meeting(request, reference)
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: cancel_meeting(meeting=meeting, by=request.user, at=request.now),
        done=address,
        title=_("Cancel the meeting"),
        trail=trail_of(meeting, _("Cancel the meeting")),
        back=address(meeting),
        button=_("Cancel the meeting"),
        lead=_(
            "Everybody who is invited is told. The cases on its agenda go to the next meeting that "
            "is planned, or wait for one. A cancelled meeting does not come back."
        ),
        facts=row_of(meeting).facts,
    )


@require_POST
def begin(request: GatedRequest, reference: str) -> HttpResponse:
    """The panel is in session."""
    meeting = run_meeting(request, reference)
    open_meeting(meeting=meeting, by=request.user, at=request.now)
    messages.success(request, _("The meeting is open. Note who is here."))
    return to_meeting(meeting)


@require_http_methods(METHODS)
def close(request: GatedRequest, reference: str) -> HttpResponse:
    """The meeting is over."""
    meeting = run_meeting(request, reference)
    mine = meeting.items.filter(not_shut_out(request.user, case="case"))
    left = mine.filter(state=ItemState.LISTED).count()
    unsettled = unratified(meeting, at=request.now)
    ending = unsettled.filter(not_shut_out(request.user, case="case")).count()
    begun = mine.filter(state__in=UNDER_WAY).select_related("case").first()

    def done(closed: Meeting) -> str:
        messages.success(request, _("The meeting is closed. Its minutes are ready."))
        return address(closed)

    return ask(
        request,
        forms.Form(posted(request)),
        lambda: close_meeting(meeting=meeting, by=request.user, at=request.now),
        done=done,
        title=_("Close the meeting"),
        trail=trail_of(meeting, _("Close the meeting")),
        back=address(meeting),
        button=_("Close the meeting"),
        lead=_(
            "What was not reached is adjourned, and goes to the next meeting that is planned. An "
            "urgent addition that was not ratified ends now. A closed meeting is not opened again."
        ),
        facts=[
            *row_of(meeting).facts,
            (_("Items not reached"), left),
            (_("Provisional entries that end now"), ending),
        ],
        template="cautionary_plugin/admin/panel/close.html",
        begun=begun.case.reference if begun else "",
        begun_url=reverse("cautionary_item", args=[begun.pk]) if begun else "",
    )


def _in_boxes(act: Callable[[], Meeting]) -> Callable[[], Meeting]:
    def acted() -> Meeting:
        try:
            return act()
        except BadInput as problem:
            raise in_boxes(problem) from problem

    return acted
