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
    shell = {"base_template": conf.BASE_TEMPLATE, **context}
    return HttpResponse(text_of(template, shell, request), status=status)


def text_of(template: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
    """The text of one of the package's templates."""
    text: str = _engine().get_template(template).render(context, request)
    return text


def _engine() -> DjangoTemplates:
    return next(engine for engine in engines.all() if isinstance(engine, DjangoTemplates))
