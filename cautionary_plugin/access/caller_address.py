"""Where a call comes from: the peer, or what the council's own proxies say of theirs."""

from django.http import HttpRequest

from cautionary_plugin.conf import conf


def address_of(request: HttpRequest) -> str:
    """The address of the caller; empty where it cannot be known.

    With ``CAUTIONARY_API_PROXIES`` of the council's own in front, each of which adds the peer that
    it saw to ``X-Forwarded-For``, it is the entry of the outermost of them. What stands further
    left was sent by the caller, who may write what they like.
    """
    proxies: int = conf.API_PROXIES
    if not proxies:
        return str(request.META.get("REMOTE_ADDR", ""))
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    return seen[-proxies].strip() if len(seen) >= proxies else ""
