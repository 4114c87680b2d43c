"""What every call shares: the gate, JSON in and out, its problems, and no cache."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.http import Http404
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from cautionary_plugin.access.caller_address import address_of
from cautionary_plugin.access.erasures import check_erasures
from cautionary_plugin.access.gate import Need, Needs, pass_gate, tell_refused
from cautionary_plugin.access.headers import harden
from cautionary_plugin.actions.access import key_of
from cautionary_plugin.actions.systems import check_may_call
from cautionary_plugin.conf import conf
from cautionary_plugin.rules.errors import (
    NotAllowed,
    NotSignedIn,
    SecondFactorMissing,
    SystemRefused,
    TooManyAttempts,
)
from cautionary_plugin.rules.systems import Doing
from cautionary_plugin.sealing.health import check_opens

from .callers import PersonInSession, SystemByKey, caller_of
from .drawing import Drawn
from .problems import problem_of

View = Callable[..., HttpResponseBase]


class AlwaysJSON(BaseContentNegotiation):
    """There is one language; whatever is asked for, it is spoken."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return parsers[0] if kind == "application/json" else None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class StrictJSON(JSONParser):
    """JSON whose text is text: half a character, or a depth without end, is refused."""

    strict = True

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            sent = super().parse(stream, media_type, parser_context)
            json.dumps(sent, ensure_ascii=False).encode()
        except (exceptions.ParseError, RecursionError, UnicodeEncodeError):
            raise exceptions.ParseError from None
        return sent


class PassesTheGate(BasePermission):
    """The gate of the screens, in front of each call; for a system, what its approval says."""

    def has_permission(self, request: Request, view: Any) -> bool:
        plain: Any = request._request
        if request.auth is None:
            pass_gate(plain, needs=view.needs, dangerous=False)
            return True
        if "system" not in view.callers:
            raise SystemRefused("This is for people: a system has none of it.")
        check_may_call(request.auth, doing=view.doing, address=address_of(plain), at=plain.now)
        return True


class NotTooFast(SimpleRateThrottle):
    """So many calls a minute from each caller (``CAUTIONARY_API_RATE``)."""

    scope = "cautionary"

    def get_rate(self) -> str:
        return str(conf.API_RATE)

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        key = key_of(caller_of(request))
        return f"cautionary-calls-{key}" if key else None  # nobody gets no answer anyway


class Call(APIView):
    """One call.

    :cvar needs: what the gate asks of whoever calls.
    :cvar name: of the operation, in the OpenAPI document.
    :cvar takes: the serializer of the body; None for GET.
    :cvar gives: the serializer of the answer, with ``status``.
    :cvar callers: the security schemes by which it can be called.
    :cvar doing: what a system must be approved for, beyond being approved.
    """

    needs: ClassVar[Needs] = Need.VERIFIED
    name: ClassVar[str]
    summary: ClassVar[str]
    takes: ClassVar[Any] = None
    gives: ClassVar[Any]
    status: ClassVar[int] = 200
    callers: ClassVar[tuple[str, ...]] = ("session",)
    doing: ClassVar[Doing | None] = None

    authentication_classes = [SystemByKey, PersonInSession]
    permission_classes = [PassesTheGate]
    throttle_classes = [NotTooFast]
    parser_classes = [StrictJSON]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = AlwaysJSON
    versioning_class = None
    metadata_class = None
    http_method_names = ["get", "post"]
    schema = Drawn()

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Switched on, keys at hand, body in bounds; then the framework's own order."""
        plain = request._request
        plain.now = timezone.now()
        if not conf.API:
            raise Http404
        check_opens()
        check_erasures()
        _body = plain.body  # Django's own bound on its size is looked at here
        super().initial(request, *args, **kwargs)
        if request.method == "GET":
            get_token(plain)  # so that a front end has the cookie before its first POST

    def check_permissions(self, request: Any) -> None:
        """Not too fast, first: so that refusals, which are recorded, are bounded as well."""
        super().check_throttles(request)
        super().check_permissions(request)

    def check_throttles(self, request: Any) -> None:
        """Was done before."""

    def handle_exception(self, exc: Exception) -> Any:
        """A problem in plain words; each refusal is recorded, as at the doors of the screens."""
        if self._is_refusal(exc):
            tell_refused(self.request._request, exc, by=self.request.auth)
        if (answer := problem_of(exc)) is None:
            raise exc
        return answer

    def _is_refusal(self, exc: Exception) -> bool:
        """Nobody at a door is refused; a system that calls too often is."""
        if isinstance(exc, NotSignedIn | SecondFactorMissing):
            return False
        too_often = isinstance(exc, TooManyAttempts) and self.request.auth is not None
        return too_often or isinstance(exc, NotAllowed)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """No cache keeps an answer."""
        return harden(super().finalize_response(request, response, *args, **kwargs), own_page=True)


def called(call: type[Call]) -> View:
    """The view of a call; no error report of it tells what was sent."""
    view = call.as_view()

    @csrf_exempt  # asked for by ``PersonInSession``, which answers with a problem
    @sensitive_post_parameters()
    @sensitive_variables()  # of every function below
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    # The tests read the mark from the view; a function has no such attribute for the type checker.
    guarded.cautionary_needs = call.needs  # type: ignore[attr-defined]
    return guarded
