"""Issue a code to a colleague, or take a lost phone out of use."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.actions.enrolment import issue_enrolment_code, reset_second_factor
from cautionary_plugin.conf import conf
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Authenticator
from cautionary_plugin.rules.second_factor import ResetReason

from .forms import ChosenForm, ColleagueForm, ResetForm
from .page import page, to


@require_http_methods(["GET", "POST"])
def colleagues(request: GatedRequest) -> HttpResponse:
    """Find a colleague by sign-in name or e-mail address; sent by POST, so in no log."""
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _colleague(request, form.cleaned_data["person"])
    return page(request, "colleagues", form=form)


@require_POST
def issue(request: GatedRequest) -> HttpResponse:
    """A new code for the colleague, shown once."""
    chosen = ChosenForm(request.POST)
    if not chosen.is_valid():
        return to(request, "second_factor_colleagues")
    person = chosen.cleaned_data["person"]
    code = submit(
        chosen, lambda: issue_enrolment_code(for_user=person, by=request.user, at=request.now)
    )
    if code is None:
        return _colleague(request, person, chosen=chosen)
    until = request.now + conf.ENROLMENT_CODE_FOR
    return page(request, "issued", code=code, who=name_of(person), until=until)


@require_POST
def reset(request: GatedRequest) -> HttpResponse:
    """Take the colleague's second factor away; then a new code can be issued."""
    form = ResetForm(request.POST)
    chosen = ChosenForm(request.POST)
    if not chosen.is_valid():
        return to(request, "second_factor_colleagues")
    person = chosen.cleaned_data["person"]

    def act() -> bool:
        reason = ResetReason(form.cleaned_data["reason"])
        reset_second_factor(for_user=person, by=request.user, at=request.now, reason=reason)
        return True

    if submit(form, act):
        return _colleague(request, person, done=_("The second factor has been taken away."))
    return _colleague(request, person, form=form)


def _colleague(request: GatedRequest, person: Any, **context: Any) -> HttpResponse:
    enrolled = Authenticator.of(person) is not None
    initial = {"person": person.pk}
    context = {
        "who": name_of(person),
        "enrolled": enrolled,
        "chosen": ChosenForm(initial=initial, auto_id=False),
        "form": ResetForm(initial=initial),
        **context,
    }
    return page(request, "colleague", **context)
