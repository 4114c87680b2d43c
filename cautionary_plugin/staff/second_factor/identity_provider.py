"""The way to the host's identity provider, where it is that which asks for the second factor."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import resolve_url

from cautionary_plugin.access.doors import way_back
from cautionary_plugin.conf import conf


def reauthenticate_url(request: HttpRequest) -> str:
    """Where the provider asks again, coming back afterwards; empty if the host names no place.

    A link that is pressed, not a redirect: a provider that does not ask again would otherwise
    send people round in circles.
    """
    if not conf.REAUTHENTICATE_URL:
        return ""
    url = resolve_url(conf.REAUTHENTICATE_URL)
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urlencode({'next': way_back(request)})}"
