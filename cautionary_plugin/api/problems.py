"""What goes wrong, as problem details (RFC 9457): plain words, and nothing of what was sent."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, JsonResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse
from rest_framework import exceptions, serializers
from rest_framework.settings import api_settings

from cautionary_plugin.access import doors
from cautionary_plugin.conf import conf
from cautionary_plugin.rules.errors import (
    BadInput,
    BriefingLapsed,
    ErasuresUnknown,
    NotAllowed,
    NotNow,
    NotSignedIn,
    SealingError,
    SecondFactorMissing,
    TooManyAttempts,
)

CONTENT_TYPE = "application/problem+json"
KINDS = "tag:cautionary-plugin,2026:"

WHOLE = ""  # the name under which an object as a whole is complained of

# DRF's own words would repeat what was sent: a choice, a content type.
WORDS: dict[int, tuple[str, str]] = {
    400: ("unreadable", "The body is not JSON that can be read."),
    405: ("method", "This address does not take this method."),
    413: ("too-large", "The body is too large."),
    415: ("media-type", "Send JSON, as application/json."),
    429: ("too-many", "Too many calls. Try again later."),
}


class OneProblem(serializers.Serializer):
    """One thing that is wrong with what was sent."""

    field = serializers.CharField(help_text="The path of the field; empty for the whole")
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="What programs tell the problem by")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = OneProblem(many=True, required=False)
    url = serializers.CharField(required=False, help_text="The door that is missing")
    phone = serializers.CharField(required=False, help_text="Whom to ring")
    outcome = serializers.CharField(required=False, help_text="“failed”, for a check")


# What each call may answer besides its own answer.
PROBLEMS: dict[Any, Any] = {
    (status, CONTENT_TYPE): OpenApiResponse(Problem, description=words)
    for status, words in {
        400: "What was sent cannot be used",
        401: "Nobody is signed in",
        403: "The second factor, the briefing or the right is missing, or the CSRF token",
        404: "The interface is switched off",
        405: "Not with this method",
        409: "Not now",
        413: "The body is too large",
        415: "Not JSON",
        429: "Too many calls, or checks; “Retry-After” says when",
        503: "The register is closed, or the check failed: nobody was checked",
    }.items()
}


def problem(
    status: int, kind: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> JsonResponse:
    """An answer that says what is wrong.

    :param kind: what programs tell it by; the end of its ``type``.
    :param more: further members of the answer.
    """
    said = {
        "type": KINDS + kind,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JsonResponse(said, status=status, content_type=CONTENT_TYPE, headers=headers)


def failed_check() -> JsonResponse:
    """The third answer: the check failed (L4). Never to be taken for "none recorded"."""
    return problem(
        503,
        "check-failed",
        "The check failed. Nobody was checked. This does not mean that there is no warning.",
        outcome="failed",
        phone=conf.DUTY_PHONE,
    )


def problem_of(error: Exception) -> JsonResponse | None:
    """The answer to an error; None for one that nobody foresaw."""
    match error:
        case NotSignedIn():
            signs = {"WWW-Authenticate": 'Session realm="cautionary register"'}
            at = doors.sign_in_url()
            return problem(401, "sign-in", "Sign in first.", headers=signs, url=at)
        case SecondFactorMissing():
            at = reverse("cautionary:second_factor")
            return problem(403, "second-factor", "Give the second factor first.", url=at)
        case BriefingLapsed():
            return problem(403, "briefing", str(error))
        case NotAllowed():
            return problem(403, "refused", str(error))
        case TooManyAttempts():
            wait = {"Retry-After": str(error.wait_seconds)}
            return problem(429, "too-many", str(error), headers=wait, phone=conf.DUTY_PHONE)
        case NotNow():
            return problem(409, "not-now", str(error))
        case BadInput():
            return _bad_input(error.problems.items())
        case Http404():
            return problem(404, "not-found", "There is nothing at this address.")
        case SealingError() | ErasuresUnknown():
            said = "The register is closed: its keys are not at hand."
            return problem(503, "closed", said, phone=conf.DUTY_PHONE)
        case RequestDataTooBig():
            return problem(413, *WORDS[413])
        case exceptions.ValidationError():
            return _bad_input(_flat(error.detail))
        case exceptions.APIException():
            return _of_the_framework(error)
    return None


def _of_the_framework(error: exceptions.APIException) -> JsonResponse:
    if isinstance(error, exceptions.PermissionDenied):
        return problem(403, "csrf", "Send the CSRF token of the session, as X-CSRFToken.")
    if isinstance(error, exceptions.AuthenticationFailed):
        signs = {"WWW-Authenticate": 'Cautionary realm="cautionary register"'}
        return problem(401, "key", "No system has this key.", headers=signs)
    wait = getattr(error, "wait", None)
    headers = {"Retry-After": str(int(wait) + 1)} if wait else None
    known = WORDS.get(error.status_code, ("refused", "This cannot be done."))
    return problem(error.status_code, *known, headers=headers)


def _bad_input(problems: Any) -> JsonResponse:
    errors = [
        {"field": str(field), "detail": str(sentence)}
        for field, sentences in problems
        for sentence in sentences
    ]
    return problem(400, "input", "What was sent cannot be used.", errors=errors)


def _flat(detail: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Nested complaints as (path of the field, sentences)."""
    wholes = {WHOLE, api_settings.NON_FIELD_ERRORS_KEY}
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, (*path, *([] if name in wholes else [str(name)])))
    elif isinstance(detail, list) and any(isinstance(each, Mapping) for each in detail):
        for number, inner in enumerate(detail):
            yield from _flat(inner, (*path, str(number)))
    else:
        yield ".".join(path), [str(each) for each in detail]
