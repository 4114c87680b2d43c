"""The headers of every answer of the package: kept by nobody, framed by nobody, no inline code."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.response import HttpResponseBase


def harden(response: HttpResponseBase, *, own_page: bool) -> HttpResponseBase:
    """Set what keeps an answer out of caches, histories, referrers and other people's frames.

    :param own_page: false for a screen inside the Wagtail admin, which needs its own scripts; the
        Content-Security-Policy is then the host's. One that a view has set stays.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "same-origin"
    response["X-Frame-Options"] = "DENY"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    if own_page:
        response.headers.setdefault("Content-Security-Policy", content_security_policy())
    return response


def content_security_policy() -> str:
    """Everything from this site only, and no inline script or style."""
    own = " ".join(["'self'", *_static_origin()])
    return (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
        f"connect-src 'self'; img-src {own}; font-src {own}; style-src {own}; script-src {own}"
    )


def _static_origin() -> list[str]:
    parts = urlsplit(settings.STATIC_URL or "")
    return [f"{parts.scheme or 'https'}://{parts.netloc}"] if parts.netloc else []
