"""The first screen: where the person's work is."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from cautionary_plugin.access.gate import GatedRequest, Need, gated


@require_safe
def home(request: GatedRequest) -> HttpResponse:
    """To the check for those who may read, to "my access" for everybody else."""
    screen = "check" if request.standing.may_read() else "my_access"
    return HttpResponseRedirect(reverse(f"cautionary:{screen}"))


urlpatterns = [path("", gated(home, needs=Need.VERIFIED), name="home")]
