"""Where the gate sends people: sign in, the second factor, and its own pages of refusal."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import global_settings, settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cautionary_plugin.conf import conf
from cautionary_plugin.models import Authenticator

from .rendering import render

KEPT = "kept-"
ASKED_FOR = "asked_for"  # what the button says, in a form that holds nothing else
PRESSED = frozenset({ASKED_FOR, "step", "seen", "motion", "choice"})  # with a button, not typed


def sign_in_url() -> str:
    """Where people give their password.

    ``CAUTIONARY_LOGIN_URL``, else the host's own ``LOGIN_URL`` if it set one, else our own door.
    Never the Wagtail admin's by name: hosts with single sign-on send that elsewhere.
    """
    chosen = conf.LOGIN_URL
    if chosen is None and settings.LOGIN_URL != global_settings.LOGIN_URL:
        chosen = settings.LOGIN_URL
    try:
        return resolve_url(chosen) if chosen else reverse("cautionary:sign_in")
    except NoReverseMatch:
        return reverse("cautionary:sign_in")


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Go and sign in, then come back."""
    return _and_back(request, sign_in_url())


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Go and give the second factor, then come back; what was typed goes along."""
    typed = _typed(request)
    if typed and Authenticator.of(request.user):
        told = asked_for(typed, prefix=KEPT)
        return page(request, "code_again", status=403, back=request.path, **told)
    return _and_back(request, reverse("cautionary:second_factor"))


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that came too late: kept on the page itself, and nowhere else."""
    return [
        (f"{KEPT}{name}", str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that a form carried through the door, under their own names."""
    return [
        (name.removeprefix(KEPT), str(value))
        for name, values in request.POST.lists()
        for value in values
        if name.startswith(KEPT)
    ]


def asked_for(fields: list[tuple[str, str]], *, prefix: str = "") -> dict[str, Any]:
    """What a kept form holds, for the page that says that it is not done yet.

    :returns: ``kept``, the fields; ``typed``, whether anything but a button stands behind them;
        ``asked``, what the button said, where its form told.
    """
    own = {name.removeprefix(prefix): value for name, value in fields}
    return {"kept": fields, "typed": not own.keys() <= PRESSED, "asked": own.get(ASKED_FOR, "")}


def way_back(request: HttpRequest) -> str:
    """Where a door leads once passed: ``next`` if it is on this site, else the first screen."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if _is_on_this_site(request, wanted) else reverse("cautionary:home")


def page(request: HttpRequest, name: str, *, status: int, **context: Any) -> HttpResponse:
    """One of the gate's own pages; ``name`` is a template under ``gate/``."""
    return render(request, f"cautionary_plugin/gate/{name}.html", context, status=status)


def _and_back(request: HttpRequest, url: str) -> HttpResponseRedirect:
    """Back to the same path; after a POST, to the page that the form stood on.

    The path only: our URLs hold references, and a query string is not carried over.
    """
    asked = request.path if request.method in {"GET", "HEAD"} else _came_from(request)
    return HttpResponseRedirect(f"{url}?{urlencode({'next': asked})}")


def _came_from(request: HttpRequest) -> str:
    """The path of the page on this site that held the form; else the first screen."""
    referer = request.headers.get("Referer", "")
    path = urlsplit(referer).path if _is_on_this_site(request, referer) else ""
    return path if _is_on_this_site(request, path) else reverse("cautionary:home")


def _is_on_this_site(request: HttpRequest, url: str) -> bool:
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
