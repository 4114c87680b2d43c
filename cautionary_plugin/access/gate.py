"""The gate in front of every URL of the package, and of nothing else (decision 4).

It fails closed: a screen that does not say what it needs cannot be built, and a door that is
not passed shows nothing. On each request the account, the second factor, the briefing, the
grant and the keys are looked at again.
"""

from collections.abc import Callable, Set
from datetime import datetime
from enum import Enum, auto
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from cautionary_plugin.conf import conf
from cautionary_plugin.rules.errors import (
    BadInput,
    ErasuresUnknown,
    NotAllowed,
    NotNow,
    NotSignedIn,
    SealingError,
    SecondFactorMissing,
)
from cautionary_plugin.rules.posts import WITHOUT_BRIEFING, Power
from cautionary_plugin.sealing.health import check_opens
from cautionary_plugin.signals import refused

from . import doors, second_factor
from .erasures import check_erasures
from .headers import harden
from .standing import Standing, standing_of

View = Callable[..., HttpResponseBase]
R = TypeVar("R")


class Need(Enum):
    """What a screen asks of whoever opens it."""

    NOTHING = auto()  # the sign-in door itself
    SIGNED_IN = auto()  # the doors of the second factor
    VERIFIED = auto()  # signed in with a second factor
    READER = auto()  # may read at least one register now
    POST = auto()  # holds a post, whatever it may do


Needs = Need | Power | frozenset[Power]


class GatedRequest(HttpRequest):
    """A request that has passed the gate (for type checkers).

    :ivar standing: what the person may do, derived for this request.
    :ivar now: the instant that the whole request reckons with.
    """

    user: Any
    standing: Standing
    now: datetime


def gated(view: View, *, needs: Needs, dangerous: bool = False, in_wagtail: bool = False) -> View:
    """A view behind the gate.

    :param needs: what the person must be, or which power a post of theirs must have; with a set,
        any one of these.
    :param dangerous: the code is asked again when the last one is older than
        ``CAUTIONARY_STEP_UP_AFTER``; half as old already on GET, so that there is time to type.
    :param in_wagtail: the screen stands in the Wagtail admin, whose own scripts and styles the
        host's Content-Security-Policy governs.
    """

    before_reading = getattr(view, "before_reading", None)

    @sensitive_post_parameters()
    @sensitive_variables()  # of every function below, so that no error report tells a name
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        def answer() -> HttpResponseBase:
            if before_reading:
                before_reading(request)
            turned = admit(request, needs=needs, dangerous=dangerous)
            return turned or _whole(view(request, *args, **kwargs))

        return harden(_with_pages_for_errors(request, answer), own_page=not in_wagtail)

    # The tests read the mark from the view; a function has no such attribute for the type checker.
    guarded.cautionary_needs = needs  # type: ignore[attr-defined]
    return guarded


def detour(request: Any, *, needs: Needs) -> HttpResponseBase | None:
    """The gate for what is no view of ours: the answer that turns the request away, or None."""

    def answer() -> HttpResponseBase | None:
        return admit(request, needs=needs, dangerous=False)

    turned = _with_pages_for_errors(request, answer)
    return turned and harden(turned, own_page=True)


def _with_pages_for_errors(request: GatedRequest, answer: Callable[[], R]) -> R | HttpResponse:
    request.now = timezone.now()
    try:
        check_opens()
        check_erasures()
        return answer()
    except NotAllowed as refusal:
        return refuse(request, refusal)
    except NotNow as obstacle:
        return doors.page(request, "not_now", status=409, obstacle=obstacle)
    except BadInput as problem:
        return doors.page(request, "bad_input", status=400, problem=problem)
    except Http404:
        return doors.page(request, "not_found", status=404)
    except (SealingError, ErasuresUnknown):
        return doors.page(request, "closed", status=503, phone=conf.DUTY_PHONE)


def _whole(response: HttpResponseBase) -> HttpResponseBase:
    """Render now what would be rendered later, so that a key that fails is noticed here."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def admit(request: GatedRequest, *, needs: Needs, dangerous: bool) -> HttpResponse | None:
    """Let the request pass, or say where it must go first.

    :returns: None to pass; else a redirect to the door that is missing.
    :raises NotAllowed: no door would help.
    """
    try:
        pass_gate(request, needs=needs, dangerous=dangerous)
    except NotSignedIn:
        return doors.to_sign_in(request)
    except SecondFactorMissing:
        return doors.to_second_factor(request)
    return None


def pass_gate(request: GatedRequest, *, needs: Needs, dangerous: bool) -> None:
    """The gate itself; a request that passes has its standing.

    :raises NotSignedIn: nobody is signed in, or the account is out of use.
    :raises SecondFactorMissing: the second factor is the door that is missing.
    :raises NotAllowed: no door would help.
    """
    if needs is Need.NOTHING:
        return
    if not (request.user.is_authenticated and request.user.is_active):
        raise NotSignedIn("Nobody is signed in.")
    if needs is Need.SIGNED_IN:
        return
    second_factor.check_verified(request, at=request.now, dangerous=dangerous)
    request.standing = standing_of(request.user, at=request.now)
    if needs is Need.READER:
        request.standing.check_may_read()
    elif needs is Need.POST:
        request.standing.check_holds_post()
    elif isinstance(needs, Power):
        request.standing.check_any_power(frozenset({needs}))
    elif isinstance(needs, frozenset):
        request.standing.check_any_power(needs)
    if isinstance(needs, Power | frozenset):
        _check_briefed(request.standing, {needs} if isinstance(needs, Power) else needs)


def _check_briefed(standing: Standing, needs: Set[Power]) -> None:
    """Whose post reads a register opens no screen about cases without a briefing (A49).

    :raises BriefingLapsed: a lapse suspends at once, on every screen.
    """
    if not (standing.powers() & needs & WITHOUT_BRIEFING):
        standing.check_briefed_if_reading()


def refuse(request: GatedRequest, refusal: NotAllowed) -> HttpResponse:
    """Record the refusal and say plainly what is missing."""
    tell_refused(request, refusal)
    return doors.page(request, "refused", status=403, refusal=refusal)


def tell_refused(request: GatedRequest, refusal: Exception, *, by: Any = None) -> None:
    """Tell whoever keeps the access record that somebody was refused at a door.

    :param by: who it was, where it was not the person of the session.
    """
    match = getattr(request, "resolver_match", None)
    refused.send(
        sender=type(refusal),
        user=by or request.user,
        screen=match.view_name if match else "",
        at=request.now,
    )
