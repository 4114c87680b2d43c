"""New colleagues: what their manager has told them, and confirms here (A48)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cautionary_plugin.access.gate import GatedRequest
from cautionary_plugin.access.people import name_of
from cautionary_plugin.access.rendering import render
from cautionary_plugin.actions.starters import confirm_starter
from cautionary_plugin.forms.submission import submit
from cautionary_plugin.models import StarterConfirmation
from cautionary_plugin.rules.vocabulary import Relevance

from .forms import StarterForm

FOLDER = "cautionary_plugin/staff/training"
PER_PAGE = 50


@require_safe
def starters(request: GatedRequest) -> HttpResponse:
    """Those whom I have confirmed."""
    mine = StarterConfirmation.objects.filter(manager=request.user).select_related("starter")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        f"{FOLDER}/starters.html",
        {"page": page, "lines": [_line(each) for each in page]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: GatedRequest) -> HttpResponse:
    """Confirm one."""
    form = StarterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submit(
        form,
        lambda: confirm_starter(by=request.user, at=request.now, **_told(form.cleaned_data)),
    ):
        return HttpResponseRedirect(reverse("cautionary:starters"))
    status = 400 if form.errors else 200
    return render(request, f"{FOLDER}/starter.html", {"form": form}, status=status)


def _told(typed: dict[str, Any]) -> dict[str, Any]:
    return typed | {"told": set(typed["told"])}


def _line(each: StarterConfirmation) -> dict[str, Any]:
    return {
        "who": name_of(each.starter),
        "told_on": each.told_on,
        "relevance": Relevance(each.relevance).label,
        "about_job": each.about_job,
    }
