"""The description of this interface (OpenAPI), drawn from the calls themselves."""

from functools import cache
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from cautionary_plugin.access.gate import Need

from .call import Call
from .checks import CheckOne, CheckVisits
from .from_forms import Strict
from .reports import ReportIncident
from .worklist import MyWorklist

TITLE, VERSION = "Cautionary register", "1"
ABOUT = (
    "Check before you go, see what waits, and report, from another front end. "
    "Every call is recorded, as on the screens. Nothing here lists the register."
)


class Document(Call):
    """This document."""

    needs = Need.VERIFIED
    name, summary = "document", "This document"
    gives = OpenApiTypes.OBJECT
    callers = ("session", "system")

    def get(self, request: Request) -> HttpResponse:
        base = reverse("cautionary:api_document").removesuffix("/openapi.json")
        return JsonResponse(document(base))


SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "The session of the site, verified with a second factor. POST takes the "
        "CSRF token of the session as well, as X-CSRFToken.",
    },
    "system": {
        "type": "http",
        "scheme": "cautionary",
        "description": "The key of a named system: `Authorization: Cautionary <key>`.",
    },
}

CALLS: dict[str, tuple[str, type[Call]]] = {
    "api_check": ("check/", CheckOne),
    "api_check_visits": ("check/visits/", CheckVisits),
    "api_worklist": ("worklist/", MyWorklist),
    "api_report": ("report/", ReportIncident),
    "api_document": ("openapi.json", Document),
}


def document(base: str) -> dict[str, Any]:
    """The document.

    :param base: the path under which the calls stand on this site.
    """
    return {**_drawn(), "servers": [{"url": base}]}


@cache
def _drawn() -> dict[str, Any]:
    with GENERATOR_STATS.silence():  # enumerations that are alike share a name, as they should
        drawn: dict[str, Any] = SchemaGenerator(patterns=_patterns()).get_schema(public=True)
    drawn["info"] = {"title": TITLE, "description": ABOUT, "version": VERSION}
    for kind in Strict.__subclasses__():
        if found := drawn["components"]["schemas"].get(kind.__name__):
            found["additionalProperties"] = False
    drawn["components"]["securitySchemes"] = SCHEMES
    return drawn


def _patterns() -> list[URLPattern]:
    return [path(address, call.as_view(), name=name) for name, (address, call) in CALLS.items()]
