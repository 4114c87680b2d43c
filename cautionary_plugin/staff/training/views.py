"""My training: my briefing, and the sessions that I am expected at (A49)."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.published import addresses_of, to_read_by
from cautionary_plugin.access.rendering import render
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.actions.publishing import confirm_reading
from cautionary_plugin.conf import conf
from cautionary_plugin.models import BriefingSession, ConfirmedReading, PageVersion
from cautionary_plugin.rules.briefings import Briefed, briefed_until, standing_on
from cautionary_plugin.rules.posts import Power

FOLDER = "cautionary_plugin/staff/training"


@require_safe
def my_training(request: GatedRequest) -> HttpResponse:
    """How I stand, and what I am expected at."""
    today = timezone.localdate(request.now)
    sessions = BriefingSession.objects.open().filter(
        held_on__gte=today, attendances__user=request.user
    )
    return render(
        request,
        f"{FOLDER}/my_training.html",
        {
            **_briefing(request),
            "sessions": [
                (each, name_of(each.trainer))
                for each in sessions.select_related("trainer").order_by("held_on", "pk")
            ],
            "to_read": _with_addresses(list(to_read_by(request.user))),
            "read": ConfirmedReading.objects.filter(
                user=request.user, version__in=PageVersion.objects.to_read()
            ).select_related("version"),
        },
    )


@require_POST
def confirm(request: GatedRequest, pk: int) -> HttpResponse:
    """I have read this version."""
    version = get_object_or_404(PageVersion, pk=pk)
    confirm_reading(version=version, by=request.user, at=request.now)
    return HttpResponseRedirect(reverse("cautionary:my_training"))


def _with_addresses(versions: list[PageVersion]) -> list[tuple[PageVersion, str]]:
    found = addresses_of(versions)
    return [(each, found.get(each.page_key, "")) for each in versions]


def _briefing(request: GatedRequest) -> dict[str, Any]:
    """Whether I read a register, and until when my briefing counts."""
    standing, months = standing_of(request.user, at=request.now), conf.BRIEFING_MONTHS
    last = standing.briefing.briefed_on if standing.briefing else None
    stands = standing_on(last, on=timezone.localdate(request.now), months=months)
    return {
        "reads": bool(standing.grants) or Power.READ in standing.powers(),
        "briefed_on": last,
        "until": briefed_until(last, months=months) if last else None,
        "is_good": stands in (Briefed.GOOD, Briefed.DUE),
        "is_due": stands is Briefed.DUE,
    }
