"""Set up a phone in three steps: the issued code, the phone, the recovery codes."""

from django.http import HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cautionary_plugin.access.doors import way_back
from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.second_factor import enrolling, mark_enrolling, mark_verified
from cautionary_plugin.actions.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    keep_recovery_codes,
)
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Authenticator
from cautionary_plugin.rules.codes import grouped

from .forms import DigitsForm, EnrolmentForm, KeptForm
from .page import page, to
from .qr import as_svg, provisioning_uri


@require_http_methods(["GET", "POST"])
def enrol(request: GatedRequest) -> HttpResponse:
    """Step 1: the code that a manager handed over."""
    if Authenticator.of(request.user):
        return to(request, "second_factor")
    if request.method == "GET" and enrolling(request, at=request.now):
        return to(request, "second_factor_phone")
    form = EnrolmentForm(request.POST if request.method == "POST" else None)
    authenticator = submit(
        form,
        lambda: begin_enrolment(user=request.user, code=form.cleaned_data["code"], at=request.now),
    )
    if authenticator is None:
        return page(request, "enrol", form=form)
    mark_enrolling(request, authenticator, at=request.now)
    return to(request, "second_factor_phone")


@require_http_methods(["GET", "POST"])
def phone(request: GatedRequest) -> HttpResponse:
    """Step 2: the secret, the same on each reload, and the first code from the phone.

    Step 3 follows in the same answer: the recovery codes are shown here and nowhere else.
    """
    authenticator = enrolling(request, at=request.now)
    if authenticator is None:
        return to(request, "second_factor")
    form = DigitsForm(request.POST if request.method == "POST" else None)
    enrolled = submit(
        form,
        lambda: confirm_enrolment(
            authenticator=authenticator, token=form.cleaned_data["code"], at=request.now
        ),
    )
    if enrolled is None:
        return page(request, "phone", form=form, secret=grouped(authenticator.secret))
    mark_verified(request, enrolled.authenticator, at=request.now)
    return page(request, "codes", codes=enrolled.codes, form=KeptForm(), enrolled=True)


@require_safe
def qr(request: GatedRequest) -> HttpResponse:
    """The secret as a picture from this site, since hosts forbid pictures inside the page."""
    authenticator = enrolling(request, at=request.now)
    if authenticator is None:
        return HttpResponseNotFound("There is nothing to set up.", content_type="text/plain")
    picture = as_svg(provisioning_uri(authenticator.secret, account=request.user.get_username()))
    return HttpResponse(picture, content_type="image/svg+xml")


@require_POST
def kept(request: GatedRequest) -> HttpResponse:
    """The person has put the recovery codes away, and goes where they were going."""
    form = KeptForm(request.POST)
    if not form.is_valid():
        return page(request, "not_kept", form=form)
    keep_recovery_codes(user=request.user, at=request.now)
    return HttpResponseRedirect(way_back(request))
