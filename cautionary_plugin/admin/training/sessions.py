"""One briefing session: plan it, say who is expected, close it, call it off (A49)."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.training import (
    call_off_session,
    close_session,
    expect,
    plan_session,
    take_off,
)
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.models import Attendance, BriefingSession

from .forms import CloseForm, ExpectForm, SessionForm
from .lines import facts_of
from .places import FOLDER, METHODS, home, page_of, trail


class Empty(forms.Form):
    """Nothing is asked but whether."""


@require_http_methods(METHODS)
def plan(request: GatedRequest) -> HttpResponse:
    """Plan a session."""
    form = SessionForm(posted(request))
    return ask(
        request,
        form,
        lambda: plan_session(by=request.user, at=request.now, **form.cleaned_data),
        done=page_of,
        title=_("Plan a session"),
        trail=trail((_("Plan a session"), "")),
        back=home(),
        button=_("Plan it"),
        lead=_("One that was held already can be put on file too: give its day."),
    )


@require_safe
def session(request: GatedRequest, pk: int) -> HttpResponse:
    """When and where, who is expected, and who came."""
    found = _session(pk)
    expected = found.attendances.select_related("user").order_by("pk")
    return render(
        request,
        f"{FOLDER}/session.html",
        title=str(found),
        trail=trail((str(found), "")),
        session=found,
        facts=facts_of(found, request),
        people=[(each, name_of(each.user) or _("A colleague who has left")) for each in expected],
        is_open=not (found.closed_at or found.called_off_at),
    )


@require_http_methods(METHODS)
def expected(request: GatedRequest, pk: int) -> HttpResponse:
    """Put colleagues on the list."""
    found = _session(pk)
    form = ExpectForm(posted(request))

    def act() -> BriefingSession:
        expect(session=found, by=request.user, at=request.now, **form.cleaned_data)
        return found

    return ask(
        request,
        form,
        act,
        done=page_of,
        title=_("Who is expected"),
        trail=_trail(found, _("Who is expected")),
        back=page_of(found),
        button=_("Put them on the list"),
        lead=_("Where the session is still to come, each of them is told by e-mail."),
    )


@require_POST
def off_the_list(request: GatedRequest, pk: int) -> HttpResponse:
    """Take a colleague off the list."""
    attendance = get_object_or_404(Attendance.objects.select_related("session"), pk=pk)
    found = take_off(attendance=attendance, by=request.user, at=request.now)
    return HttpResponseRedirect(page_of(found))


@require_http_methods(METHODS)
def close(request: GatedRequest, pk: int) -> HttpResponse:
    """Say who came: each of them is briefed."""
    found = _session(pk)
    form = CloseForm(posted(request), session=found)
    return ask(
        request,
        form,
        lambda: close_session(
            session=found,
            came=form.cleaned_data["came"],
            covered=set(form.cleaned_data["covered"]),
            by=request.user,
            at=request.now,
        ),
        done=page_of,
        title=_("Close the session"),
        trail=_trail(found, _("Close the session")),
        back=page_of(found),
        button=_("Close it"),
        warning=_("Each of them is briefed from the day of the session. It cannot be taken back."),
        facts=facts_of(found, request),
    )


@require_http_methods(METHODS)
def call_off(request: GatedRequest, pk: int) -> HttpResponse:
    """It does not take place, or left a subject out."""
    found = _session(pk)
    return ask(
        request,
        Empty(posted(request)),
        lambda: call_off_session(session=found, by=request.user, at=request.now),
        done=page_of,
        title=_("Call the session off"),
        trail=_trail(found, _("Call it off")),
        back=page_of(found),
        button=_("Call it off"),
        facts=facts_of(found, request),
        lead=_(
            "It did not take place, or a subject was left out: it briefs nobody. Where it is still "
            "to come, those expected are told by e-mail."
        ),
    )


def _session(pk: int) -> BriefingSession:
    rows = BriefingSession.objects.select_related("trainer", "closed_by")
    return get_object_or_404(rows, pk=pk)


def _trail(found: BriefingSession, last: Any) -> list[dict[str, Any]]:
    return trail((str(found), page_of(found)), (last, ""))
