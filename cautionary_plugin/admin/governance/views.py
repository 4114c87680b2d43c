"""The go-live checklist of each register, and the documents of governance (L9, A4)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.published import addresses_of
from cautionary_plugin.actions.go_live import confirm_step, go_live_of, take_step_back
from cautionary_plugin.admin.asking import ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.admin.reports import registers_under
from cautionary_plugin.conf import conf
from cautionary_plugin.models import Register
from cautionary_plugin.rules.go_live import Step
from cautionary_plugin.rules.posts import Power

from .forms import StepForm
from .lines import document_lines, step_lines

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def governance(request: GatedRequest) -> HttpResponse:
    """Each register: its documents, its steps, and what its first entry waits for."""
    registers = sorted(registers_under(request, Power.GOVERN), key=str)
    return render(
        request,
        "cautionary_plugin/admin/governance/governance.html",
        title=_("Governance"),
        trail=_trail(),
        desks=[_desk(register, request) for register in registers],
        is_overridden=bool(conf.GO_LIVE_OVERRIDE),
    )


@require_http_methods(METHODS)
def confirm(request: GatedRequest, slug: str, step: str) -> HttpResponse:
    """Confirm one step."""
    register, wanted = _register(request, slug), _step(step)
    known = register.go_live.filter(step=wanted).first()
    form = StepForm(posted(request), initial={"note": known.note if known else ""})
    return ask(
        request,
        form,
        lambda: confirm_step(
            register=register, step=wanted, by=request.user, at=request.now, **form.cleaned_data
        ),
        done=lambda _made: _home(),
        title=wanted.label,
        trail=_trail((wanted.label, "")),
        back=_home(),
        button=_("Confirm it"),
        lead=_("For the %(register)s. Your name and the day are kept with it.")
        % {"register": register.name},
    )


@require_http_methods(METHODS)
def take_back(request: GatedRequest, slug: str, step: str) -> HttpResponse:
    """A step is not done after all."""
    register, wanted = _register(request, slug), _step(step)
    return ask(
        request,
        forms.Form(posted(request)),
        lambda: take_step_back(register=register, step=wanted, by=request.user, at=request.now),
        done=lambda _register: _home(),
        title=_("Take a step back"),
        trail=_trail((_("Take a step back"), "")),
        back=_home(),
        button=_("Take it back"),
        facts=[(_("Register"), register.name), (_("Step"), wanted.label)],
    )


def _desk(register: Register, request: GatedRequest) -> dict[str, Any]:
    standing = go_live_of(register, at=request.now)
    addresses = addresses_of(standing.documents)
    return {
        "register": register,
        "missing": standing.missing,
        "has_begun": standing.has_begun,
        "documents": document_lines(standing.documents, addresses, at=request.now),
        "steps": step_lines(register, standing.items),
    }


def _register(request: GatedRequest, slug: str) -> Register:
    register = get_object_or_404(Register, slug=slug)
    request.standing.check_power(Power.GOVERN, register)
    return register


def _step(code: str) -> Step:
    if code not in list(Step):
        raise Http404
    return Step(code)


def _home() -> str:
    return reverse("cautionary_governance")


def _trail(*further: tuple[Any, str]) -> list[dict[str, Any]]:
    steps = [(_("Governance"), _home() if further else ""), *further]
    return [{"label": label, "url": url} for label, url in steps]
