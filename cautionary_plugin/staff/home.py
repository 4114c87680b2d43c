"""The first screen: where the person's work is."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from cautionary_plugin.access.gate import GatedRequest, Need, gated
from cautionary_plugin.access.standing import standing_of
from cautionary_plugin.models import Appointment, Authenticator, EnrolmentCode, ReadingGrant

# What ties somebody to the rooms behind the second factor: each has a ``user``.
TIES: tuple[Any, ...] = (Appointment, ReadingGrant, EnrolmentCode, Authenticator)


@require_safe
def home(request: GatedRequest) -> HttpResponse:
    """To the check for those who may read; to case work for those who come for it alone.

    To "my access" for whoever is to have some.

    Everybody else comes to report, which takes a password only.
    """
    standing = standing_of(request.user, at=request.now)
    if standing.may_read():
        screen = "check"
    elif standing.comes_for_cases_alone():
        return HttpResponseRedirect(reverse("cautionary_worklist"))
    elif any(model.objects.filter(user=request.user).exists() for model in TIES):
        screen = "my_access"
    else:
        screen = "my_reports"
    return HttpResponseRedirect(reverse(f"cautionary:{screen}"))


urlpatterns = [path("", gated(home, needs=Need.SIGNED_IN), name="home")]
