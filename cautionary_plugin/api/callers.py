"""Who calls: a person in their own session, or a named system by its key.

Neither passwords nor tokens that act as somebody: a system is nobody's account.
"""

import logging
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.views.decorators.debug import sensitive_variables
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cautionary_plugin.actions.systems import find_system
from cautionary_plugin.models import NamedSystem

logger = logging.getLogger(__name__)

SCHEME = "Cautionary"


class SystemByKey(BaseAuthentication):
    """``Authorization: Cautionary <key>``. The system stands in ``request.auth``; no user does."""

    @sensitive_variables()
    def authenticate(self, request: Request) -> tuple[Any, NamedSystem] | None:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        system = find_system(key.strip())
        if system is None:
            logger.warning("A call with a key that no system has was refused.")
            raise AuthenticationFailed
        return AnonymousUser(), system


class PersonInSession(SessionAuthentication):
    """The session of the site, with its CSRF token on whatever is not GET."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        user = request._request.user
        if user.is_authenticated:
            self.enforce_csrf(request)
        return user, None


def caller_of(request: Request) -> Any:
    """The named system, or the person."""
    return request.auth or request.user
