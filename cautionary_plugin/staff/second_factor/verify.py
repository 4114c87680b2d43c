"""The door itself: give the code, or a recovery code, or learn what else to do."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.doors import KEPT, asked_for, kept, way_back
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.second_factor import mark_verified
from cautionary_plugin.actions.second_factor import verify_code, verify_recovery_code
from cautionary_plugin.conf import conf
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Authenticator

from .forms import DigitsForm, RecoveryForm
from .identity_provider import reauthenticate_url
from .page import page, to


@require_http_methods(["GET", "POST"])
def door(request: GatedRequest) -> HttpResponse:
    """Where the gate sends everybody: to the code, to the identity provider, or to set up.

    Whoever is verified already sees it too: that is the step before a dangerous act.
    """
    if Authenticator.of(request.user):
        return _digits(request)
    if conf.VERIFIERS:
        return page(request, "identity_provider", url=reauthenticate_url(request))
    return to(request, "second_factor_enrol")


def _digits(request: GatedRequest) -> HttpResponse:
    form = DigitsForm(request.POST if request.method == "POST" else None)
    device = submit(
        form,
        lambda: verify_code(user=request.user, token=form.cleaned_data["code"], at=request.now),
    )
    typed = kept(request)
    if device is None:
        again = [(f"{KEPT}{name}", value) for name, value in typed]
        return page(request, "door", form=form, kept=again)
    mark_verified(request, device, at=request.now)
    if typed:
        return page(request, "carry_on", **asked_for(typed))
    return HttpResponseRedirect(way_back(request))


@require_http_methods(["GET", "POST"])
def recovery(request: GatedRequest) -> HttpResponse:
    """A recovery code in place of the phone; then how many are left."""
    form = RecoveryForm(request.POST if request.method == "POST" else None)
    device = submit(
        form,
        lambda: verify_recovery_code(
            user=request.user, code=form.cleaned_data["code"], at=request.now
        ),
    )
    if device is None:
        return page(request, "recovery", form=form)
    mark_verified(request, device, at=request.now)
    return to(request, "my_second_factor")


@require_safe
def lost_phone(request: GatedRequest) -> HttpResponse:
    """What to do without the phone."""
    return page(request, "lost_phone")
