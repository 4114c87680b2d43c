"""Render with Django's template engine, also where the host lists another engine first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import DjangoTemplates

from cautionary_plugin.conf import conf


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """An answer made from one of the package's templates, inside the council's base template."""
    text = (
        _engine()
        .get_template(template)
        .render({"base_template": conf.BASE_TEMPLATE, **context}, request)
    )
    return HttpResponse(text, status=status)


def _engine() -> DjangoTemplates:
    return next(engine for engine in engines.all() if isinstance(engine, DjangoTemplates))
