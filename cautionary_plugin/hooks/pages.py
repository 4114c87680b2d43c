"""Pages of the register are served to its readers only (A38)."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks

from cautionary_plugin.access.gate import Need, detour
from cautionary_plugin.pages.mixins import RegisterPageMixin


@hooks.register("before_serve_page", order=-100)
def ask_for_everything(
    page: Any, request: HttpRequest, _args: Any, _kwargs: Any
) -> HttpResponseBase | None:
    """The gate, in front of each page of the register."""
    if not isinstance(page, RegisterPageMixin):
        return None
    turned = detour(request, needs=Need.READER)
    page.passed_gate = turned is None
    return turned
