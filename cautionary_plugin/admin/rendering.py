"""Render a screen inside the Wagtail admin, with breadcrumbs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _


def page(
    request: HttpRequest, template: str, *, title: Any, trail: list[dict[str, Any]], **context: Any
) -> str:
    """The text of a screen."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *trail]
    shell = {"breadcrumbs_items": crumbs, "header_title": title, "page_title": title}
    return render_to_string(template, {**shell, **context}, request=request)


def render(
    request: HttpRequest, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The answer that shows a screen."""
    return HttpResponse(page(request, template, **context), status=status)
