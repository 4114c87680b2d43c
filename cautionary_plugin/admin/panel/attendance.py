"""The buttons of the room: who came, left, sent apologies; deputies and their briefing (B8)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_http_methods, require_POST

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.mail import holders_of
from cautionary_plugin.actions.panel.attendance import (
    confirm_briefing,
    deputies_for,
    give_apologies,
    name_deputy,
    note_arrival,
    note_leaving,
    withdraw_apologies,
)
from cautionary_plugin.actions.panel.invitations import panel_posts
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.models import Attendee
from cautionary_plugin.rules.posts import Power

from .finding import address, meeting_named, my_meetings, to_meeting, trail_of
from .forms import DeputyForm

STEPS: dict[str, Callable[..., Attendee]] = {
    "came": note_arrival,
    "left": note_leaving,
    "apologies": give_apologies,
    "coming": withdraw_apologies,
    "briefed": confirm_briefing,
}

SAID = {
    "apologies": __("The apologies are noted."),
    "coming": __("It is noted that they can come after all."),
    "briefed": __("The briefing is confirmed."),
}


@require_POST
def step(request: GatedRequest, pk: int, step: str) -> HttpResponse:
    """One of the buttons beside somebody who is invited."""
    if step not in STEPS:
        raise Http404
    known = Attendee.objects.filter(meeting__in=my_meetings(request))
    attendee = get_object_or_404(known.select_related("meeting__register"), pk=pk)
    STEPS[step](attendee=attendee, by=request.user, at=request.now)
    if step in SAID:
        messages.success(request, SAID[step])
    return to_meeting(attendee.meeting, "room")


@require_POST
def apologies(request: GatedRequest, reference: str) -> HttpResponse:
    """The person themselves cannot come."""
    meeting = meeting_named(request, reference)
    give_apologies(meeting=meeting, by=request.user, at=request.now)
    told = _("It is noted that you cannot come. If that changes, press “I can come after all”.")
    messages.success(request, told)
    return to_meeting(meeting)


@require_POST
def coming(request: GatedRequest, reference: str) -> HttpResponse:
    """The person themselves can come after all."""
    meeting = meeting_named(request, reference)
    withdraw_apologies(meeting=meeting, by=request.user, at=request.now)
    messages.success(request, _("It is noted that you can come after all."))
    return to_meeting(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: GatedRequest, reference: str, post: int) -> HttpResponse:
    """Name one of a post's deputies for one meeting."""
    meeting = meeting_named(request, reference)
    wanted = get_object_or_404(panel_posts(meeting.register), pk=post)
    people = {str(person.pk): person for person in deputies_for(meeting, wanted)}
    title = _("A deputy for the %(post)s") % {"post": wanted.title}
    shell: dict[str, Any] = {
        "title": title,
        "trail": trail_of(meeting, _("Name a deputy")),
        "back": address(meeting),
    }
    if not people:
        owners = holders_of(Power.APPOINT, at=request.now, register=meeting.register)
        who = [name_of(owner) for owner in owners]
        return render(request, "cautionary_plugin/admin/panel/no_deputy.html", who=who, **shell)
    form = DeputyForm(posted(request), people=people.values())
    return ask(
        request,
        form,
        lambda: name_deputy(
            meeting=meeting,
            post=wanted,
            user=people[form.cleaned_data["user"]],
            by=request.user,
            at=request.now,
        ),
        done=lambda _named: address(meeting),
        button=_("Name and invite them"),
        lead=_(
            "They can read the papers and sit for the post once the member, or the chair, has "
            "confirmed that they were briefed for this meeting. Whoever was named before is let go."
        ),
        **shell,
    )
