"""People: requests to approve, posts, briefings, and access for a colleague."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.briefings import record_briefing
from cautionary_plugin.actions.grants import approve_grant, end_grant, request_grant
from cautionary_plugin.actions.posts import create_post, end_appointment, propose_appointment
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Appointment, EmergencyAccess, Post, ReadingGrant
from cautionary_plugin.rules.posts import Power

from .forms import AppointmentForm, BriefingForm, ColleagueGrantForm, PostForm

FOLDER = "cautionary_plugin/staff/people"
PER_PAGE = 100
EMERGENCIES_SHOWN = timedelta(days=30)


@require_http_methods(["GET"])
def people(request: GatedRequest) -> HttpResponse:
    """What waits for a second signature, and who holds what; buttons where the person may."""
    standing = request.standing
    settles, appoints = standing.over(Power.APPROVE_GRANTS), standing.over(Power.APPOINT)
    day = timezone.localdate(request.now)
    grants = ReadingGrant.objects.select_related("user", "register", "service", "requested_by")
    waiting = grants.waiting().order_by("requested_at", "pk")
    in_force = Paginator(grants.in_force_on(day), PER_PAGE).get_page(request.GET.get("p"))
    appointments = Appointment.objects.select_related("post__register", "user")
    return render(
        request,
        f"{FOLDER}/people.html",
        {
            "powers": {power.value: True for power in standing.powers()},
            "waiting": [
                _line(each, each.register in settles)
                | {"may_approve": request.user.pk not in (each.user_id, each.requested_by_id)}
                for each in waiting[:PER_PAGE]
            ],
            "more_waiting": max(waiting.count() - PER_PAGE, 0),
            "grants": [_line(each, each.register in settles) for each in in_force],
            "page": in_force,
            "appointments": [
                _line(each, each.post.register in appoints)
                for each in appointments.not_over_on(day)
            ],
            "emergencies": _emergencies(request),
        },
    )


def _emergencies(request: GatedRequest) -> list[dict[str, Any]]:
    """Who took emergency access in the last month, for those who answer for it."""
    registers = request.standing.over(Power.SEE_ACCESS_RECORD)
    taken = EmergencyAccess.objects.filter(opened_at__gt=request.now - EMERGENCIES_SHOWN)
    return [
        {"fact": each, "who": name_of(each.user)}
        for each in taken.select_related("user", "register")
        if each.register in registers
    ]


def _line(fact: ReadingGrant | Appointment, may_settle: bool) -> dict[str, Any]:
    asker = fact.requested_by if isinstance(fact, ReadingGrant) else None
    return {
        "fact": fact,
        "who": name_of(fact.user),
        "asked_by": name_of(asker),
        "may_settle": may_settle,
    }


@require_http_methods(["POST"])
def approve(request: GatedRequest, pk: int) -> HttpResponse:
    """Approve a request."""
    grant = get_object_or_404(ReadingGrant, pk=pk)
    approve_grant(grant=grant, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary:people"))


@require_http_methods(["POST"])
def end(request: GatedRequest, pk: int) -> HttpResponse:
    """End a grant, or turn a request down."""
    grant = get_object_or_404(ReadingGrant, pk=pk)
    end_grant(grant=grant, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary:people"))


@require_http_methods(["POST"])
def end_post(request: GatedRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    appointment = get_object_or_404(Appointment, pk=pk)
    end_appointment(appointment=appointment, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary:people"))


@require_http_methods(["GET", "POST"])
def appoint(request: GatedRequest) -> HttpResponse:
    """Propose somebody for a post."""
    appoints = request.standing.over(Power.APPOINT)
    posts = [
        post.pk for post in Post.objects.select_related("register") if post.register in appoints
    ]
    form = AppointmentForm(request.POST or None, posts=posts)
    if request.method == "POST" and submit(
        form, lambda: propose_appointment(by=request.user, at=request.now, **form.cleaned_data)
    ):
        return HttpResponseRedirect(reverse("cautionary:people"))
    return _form_page(request, "appoint", form)


@require_http_methods(["GET", "POST"])
def make_post(request: GatedRequest) -> HttpResponse:
    """Make a post of the council, under its own title, so that somebody can be proposed for it."""
    form = PostForm(request.POST or None, registers=request.standing.over(Power.APPOINT))
    if request.method == "POST" and submit(
        form, lambda: create_post(by=request.user, at=request.now, **form.cleaned_data)
    ):
        return HttpResponseRedirect(reverse("cautionary:appoint"))
    return _form_page(request, "make_post", form)


@require_http_methods(["GET", "POST"])
def ask_for_colleague(request: GatedRequest) -> HttpResponse:
    """Ask for read access for a colleague."""
    form = ColleagueGrantForm(request.POST or None)
    if request.method == "POST" and submit(
        form, lambda: request_grant(by=request.user, at=request.now, **form.cleaned_data)
    ):
        return HttpResponseRedirect(reverse("cautionary:people"))
    return _form_page(request, "ask_for_colleague", form)


@require_http_methods(["GET", "POST"])
def brief(request: GatedRequest) -> HttpResponse:
    """Record a briefing."""
    form = BriefingForm(request.POST or None)
    if request.method == "POST" and submit(
        form,
        lambda: record_briefing(
            user=form.cleaned_data["user"],
            briefed_on=form.cleaned_data["briefed_on"],
            covered=set(form.cleaned_data["covered"]),
            by=request.user,
            at=request.now,
        ),
    ):
        return HttpResponseRedirect(reverse("cautionary:people"))
    return _form_page(request, "brief", form)


def _form_page(request: GatedRequest, name: str, form: object) -> HttpResponse:
    status = 400 if form.errors else 200  # type: ignore[attr-defined]
    return render(request, f"{FOLDER}/{name}.html", {"form": form}, status=status)
