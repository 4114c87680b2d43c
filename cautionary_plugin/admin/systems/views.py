"""Name a system and see its key once; approve it as a second person; end it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.actions.systems import approve_system, end_system, name_system
from cautionary_plugin.admin.asking import FORM, ask, posted
from cautionary_plugin.admin.rendering import render
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import NamedSystem

from .forms import SystemForm
from .screen import facts_of

FOLDER = "cautionary_plugin/admin/systems"
METHODS = ["GET", "HEAD", "POST"]


class Empty(forms.Form):
    """Nothing is asked but whether."""


@require_http_methods(METHODS)
@sensitive_variables()
def name(request: GatedRequest) -> HttpResponse:
    """Name a system; the answer shows its key, once."""
    form = SystemForm(posted(request))
    shell: dict[str, Any] = {
        "title": _("Name a system"),
        "trail": _trail(_("Name a system")),
        "back": _home(),
    }
    made = None
    if request.method == "POST":
        made = submit(
            form, lambda: name_system(by=request.user, at=request.now, **form.cleaned_data)
        )
    if made is None:
        return render(
            request,
            FORM,
            form=form,
            go_on=_("Name it, and show its key"),
            lead=_("A second person approves it before its key works."),
            status=400 if form.errors else 200,
            **shell,
        )
    return render(
        request, f"{FOLDER}/key.html", key=made.key, page=_page(made.system.slug), **shell
    )


@require_http_methods(METHODS)
def approve(request: GatedRequest, slug: str) -> HttpResponse:
    """Approve what somebody else has named."""
    system = _named(slug)
    title = _("Approve %(name)s") % {"name": system.name}
    return ask(
        request,
        Empty(posted(request)),
        lambda: approve_system(system=system, by=request.user, at=request.now),
        done=lambda made: _page(slug),
        title=title,
        trail=_trail(title),
        back=_page(slug),
        button=_("Approve it"),
        facts=facts_of(system),
        lead=_("From now on it may do what stands here, without anybody at a screen."),
    )


@require_http_methods(METHODS)
def end(request: GatedRequest, slug: str) -> HttpResponse:
    """Let a system call no more."""
    system = _named(slug)
    title = _("End %(name)s") % {"name": system.name}
    return ask(
        request,
        Empty(posted(request)),
        lambda: end_system(system=system, by=request.user, at=request.now),
        done=lambda made: _page(slug),
        title=title,
        trail=_trail(title),
        back=_page(slug),
        button=_("End it"),
        facts=facts_of(system),
        lead=_(
            "Its key stops working at once, for good. To let the program call again, name it anew."
        ),
    )


def _named(slug: str) -> NamedSystem:
    rows = NamedSystem.objects.select_related("service", "made_by").prefetch_related("registers")
    found: NamedSystem = get_object_or_404(rows, slug=slug)
    return found


def _home() -> str:
    return reverse("cautionary_systems_modeladmin_index")


def _page(slug: str) -> str:
    return reverse("cautionary_systems_modeladmin_inspect", args=[slug])


def _trail(last: Any) -> list[dict[str, Any]]:
    return [{"url": _home(), "label": _("Named systems")}, {"url": "", "label": last}]
