"""My access: what I may do here and until when; ask for more; accept a post; break the glass."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.emergency import break_glass
from cautionary_plugin.actions.grants import request_grant
from cautionary_plugin.actions.posts import accept_appointment
from cautionary_plugin.conf import conf
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Appointment, ReadingGrant
from cautionary_plugin.rules.briefings import briefed_until
from cautionary_plugin.staff.grant_form import GrantRequestForm

from .forms import BreakGlassForm

FOLDER = "cautionary_plugin/staff/access"


@require_http_methods(["GET"])
def my_access(request: GatedRequest) -> HttpResponse:
    """Posts, grants, requests that wait, and the briefing of the person."""
    standing = request.standing
    briefing = standing.briefing
    proposed = Appointment.objects.filter(user=request.user, accepted_at=None, ended_at=None)
    waiting = ReadingGrant.objects.filter(user=request.user).waiting()
    return render(
        request,
        f"{FOLDER}/my_access.html",
        {
            "standing": standing,
            "proposed": proposed.select_related("post__register"),
            "waiting": waiting.select_related("register", "service"),
            "briefed_until": briefing
            and briefed_until(briefing.briefed_on, months=conf.BRIEFING_MONTHS),
            "may_read": standing.may_read(),
            "cases_alone": standing.comes_for_cases_alone(),
            "works_on_cases": standing.works_on_cases(),
        },
    )


@require_http_methods(["GET", "POST"])
def ask_for_access(request: GatedRequest) -> HttpResponse:
    """Ask for read access for oneself."""
    form = GrantRequestForm(request.POST or None)
    if request.method == "POST" and submit(
        form,
        lambda: request_grant(
            user=request.user, by=request.user, at=request.now, **form.cleaned_data
        ),
    ):
        return HttpResponseRedirect(reverse("cautionary:my_access"))
    return render(request, f"{FOLDER}/ask.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["POST"])
def accept_post(request: GatedRequest, pk: int) -> HttpResponse:
    """Accept a post that somebody proposed one for."""
    appointment = get_object_or_404(Appointment, pk=pk, user=request.user)
    accept_appointment(appointment=appointment, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary:my_access"))


@require_http_methods(["GET", "POST"])
def emergency(request: GatedRequest) -> HttpResponse:
    """Break the glass."""
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and submit(
        form, lambda: break_glass(user=request.user, at=request.now, **form.cleaned_data)
    ):
        return HttpResponseRedirect(reverse("cautionary:check"))
    status = 400 if form.errors else 200
    return render(request, f"{FOLDER}/emergency.html", {"form": form}, status=status)
