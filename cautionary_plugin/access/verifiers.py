"""Second factors that the host's identity provider has asked for (``CAUTIONARY_VERIFIERS``).

A verifier is a callable ``(request) -> datetime | None``: when a second factor was given for
this session, as an aware datetime, or None. It must answer from what the host itself has
checked and put into the session, never from anything the browser sends.

The three below fit what is usually there; docs/second-factor.md says how to put it there. Copy
and change one where your provider says it in other words.
"""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from cautionary_plugin.conf import conf

CLOCKS_DIFFER_BY = timedelta(minutes=1)

OIDC_CONTEXTS = {
    "https://refeds.org/profile/mfa",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
}
SAML_CONTEXTS = {
    "https://refeds.org/profile/mfa",
    "http://schemas.microsoft.com/claims/multipleauthn",
}


def verified_by_host(request: HttpRequest, *, at: datetime) -> datetime | None:
    """The latest second factor that a configured verifier knows of, if it can be true.

    What lies in the future is no proof, nor is an instant without a time zone. Clocks of two
    machines may differ by a minute; then it counts as now.
    """
    answers = [import_string(path)(request) for path in conf.VERIFIERS]
    return max((min(answer, at) for answer in answers if _can_be(answer, at)), default=None)


def _can_be(answer: datetime | None, at: datetime) -> bool:
    if answer is None or timezone.is_naive(answer):
        return False
    return answer <= at + CLOCKS_DIFFER_BY


def oidc(request: HttpRequest) -> datetime | None:
    """OpenID Connect: claims of the checked ID token, kept as ``session["oidc_claims"]``.

    ``amr`` holds ``mfa``, or ``acr`` is a known class; ``auth_time`` says when.
    """
    claims = request.session.get("oidc_claims") or {}
    if "mfa" not in (claims.get("amr") or []) and claims.get("acr") not in OIDC_CONTEXTS:
        return None
    return _instant(claims.get("auth_time"))


def saml(request: HttpRequest) -> datetime | None:
    """SAML: pairs of class reference and instant, kept as ``session["saml_contexts"]``."""
    contexts = request.session.get("saml_contexts") or []
    instants = [_instant(instant) for reference, instant in contexts if reference in SAML_CONTEXTS]
    return max((instant for instant in instants if instant is not None), default=None)


def allauth_mfa(request: HttpRequest) -> datetime | None:
    """django-allauth with ``allauth.mfa``: what allauth itself records in the session."""
    records = request.session.get("account_authentication_methods") or []
    instants = [_instant(record.get("at")) for record in records if record.get("method") == "mfa"]
    return max((instant for instant in instants if instant is not None), default=None)


def _instant(value: float | str | None) -> datetime | None:
    """Seconds since 1970, or ISO 8601 with a time zone."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return None if value is None else datetime.fromtimestamp(value, UTC)
