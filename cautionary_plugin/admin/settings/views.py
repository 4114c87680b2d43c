"""The settings of a register, for its owner, and what is still blank (A4)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest, gated
from cautionary_plugin.actions.registers import blanks, change_register
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import Register
from cautionary_plugin.rules.posts import Power

from .forms import SettingsForm, form_for, settings_of

FOLDER = "cautionary_plugin/admin/settings"


def _mine(request: GatedRequest) -> list[Register]:
    return [each for each in request.standing.over(Power.SET_UP_REGISTER) if each]


@require_safe
def registers(request: GatedRequest) -> HttpResponse:
    """The registers that the person sets up, each with what is still blank."""
    mine = sorted(_mine(request), key=lambda register: register.name)
    return render(
        request,
        f"{FOLDER}/registers.html",
        title=_("Settings of the registers"),
        trail=[{"url": "", "label": _("Settings")}],
        registers=[(register, blanks(register)) for register in mine],
    )


@require_http_methods(["GET", "POST"])
def settings(request: GatedRequest, slug: str) -> HttpResponse:
    """Change the settings of one register."""
    mine = Register.objects.filter(pk__in=[each.pk for each in _mine(request)])
    register = get_object_or_404(mine, slug=slug)
    form = form_for(register)(request.POST or None, initial=settings_of(register))
    if request.method == "POST" and submit(form, lambda: _keep(request, register, form)):
        return HttpResponseRedirect(reverse("cautionary_settings"))
    return render(
        request,
        f"{FOLDER}/settings.html",
        title=_("Settings: %(register)s") % {"register": register.name},
        trail=[
            {"url": reverse("cautionary_settings"), "label": _("Settings")},
            {"url": "", "label": register.name},
        ],
        form=form,
        blanks=blanks(register),
        status=400 if form.errors else 200,
    )


def _keep(request: GatedRequest, register: Register, form: SettingsForm) -> Register:
    typed = form.cleaned_data
    facts = {name: value for name, value in typed.items() if not name.startswith("link_")}
    return change_register(
        register=register,
        closures=facts.pop("closure_days"),
        links=form.links,
        by=request.user,
        at=request.now,
        **facts,
    )


urlpatterns = [
    path(
        "cautionary/settings/",
        gated(registers, needs=Power.SET_UP_REGISTER, in_wagtail=True),
        name="cautionary_settings",
    ),
    path(
        "cautionary/settings/<slug:slug>/",
        gated(settings, needs=Power.SET_UP_REGISTER, in_wagtail=True),
        name="cautionary_register_settings",
    ),
]
