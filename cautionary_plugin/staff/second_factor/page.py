"""One screen of the second factor."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cautionary_plugin.access.doors import way_back
from cautionary_plugin.access.rendering import render


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A screen; ``back`` is where the person was going, ``onward`` the same for links to doors."""
    context["back"] = way_back(request)
    context["onward"] = urlencode({"next": context["back"]})
    return render(request, f"cautionary_plugin/staff/second_factor/{name}.html", context)


def to(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """Go to another door, with the way back."""
    onward = urlencode({"next": way_back(request)})
    return HttpResponseRedirect(f"{reverse(f'cautionary:{name}')}?{onward}")
