"""How long a second factor counts in a session."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from cautionary_plugin.access.second_factor import (
    check_verified,
    enrolling,
    is_verified,
    mark_enrolling,
    mark_verified,
)
from cautionary_plugin.actions.enrolment import reset_at_console
from cautionary_plugin.models import Authenticator, EnrolmentCode, RecoverySheet
from cautionary_plugin.rules.errors import SecondFactorMissing
from tests.factors import NOON, begin, enrol, make_person

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def person() -> Any:
    return make_person()


def request_of(person: Any, session: SessionStore, *, method: str = "GET") -> HttpRequest:
    request = RequestFactory().generic(method, "/")
    request.user, request.session = person, session
    return request


@pytest.fixture
def request_(person: Any) -> HttpRequest:
    session = SessionStore()
    session.create()
    return request_of(person, session)


@pytest.fixture
def verified(request_: HttpRequest, person: Any) -> HttpRequest:
    mark_verified(request_, enrol(person).authenticator, at=NOON)
    return request_


def test_session_without_a_second_factor_is_refused(request_: HttpRequest, person: Any) -> None:
    enrol(person)

    with pytest.raises(SecondFactorMissing):
        check_verified(request_, at=NOON, dangerous=False)


def test_verified_session_passes(verified: HttpRequest) -> None:
    check_verified(verified, at=NOON, dangerous=False)


def test_marking_changes_the_session_key(request_: HttpRequest, person: Any) -> None:
    before = request_.session.session_key

    mark_verified(request_, enrol(person).authenticator, at=NOON)

    assert request_.session.session_key != before
    assert not SessionStore().exists(before)


def test_session_holds_no_secret(verified: HttpRequest) -> None:
    held = str(dict(verified.session.items()))
    phone = Authenticator.objects.get()

    assert str(phone.pk.int) in held, "the device itself is what it holds"
    assert phone.secret not in held


def test_request_without_a_session_is_refused(person: Any) -> None:
    request = RequestFactory().get("/")
    request.user = person

    with pytest.raises(SecondFactorMissing):
        check_verified(request, at=NOON, dangerous=False)


def test_session_ends_after_an_idle_time(verified: HttpRequest, settings: Any) -> None:
    settings.CAUTIONARY_VERIFIED_IDLE = 20 * MINUTE

    assert is_verified(verified, at=NOON + 19 * MINUTE)
    assert is_verified(verified, at=NOON + 38 * MINUTE)
    assert not is_verified(verified, at=NOON + 58 * MINUTE)


def test_session_ends_after_its_whole_age_however_busy(
    verified: HttpRequest, settings: Any
) -> None:
    settings.CAUTIONARY_VERIFIED_FOR = 60 * MINUTE

    passed = [is_verified(verified, at=NOON + n * 10 * MINUTE) for n in range(8)]

    assert passed == [True] * 6 + [False] * 2


def test_last_request_is_written_once_a_minute(verified: HttpRequest) -> None:
    verified.session.save()
    verified.session.modified = False

    check_verified(verified, at=NOON + timedelta(seconds=59), dangerous=False)
    assert not verified.session.modified

    check_verified(verified, at=NOON + MINUTE, dangerous=False)
    assert verified.session.modified


@pytest.mark.parametrize("model", [Authenticator, RecoverySheet])
def test_device_removed_in_mid_session_is_refused_next(
    verified: HttpRequest, person: Any, model: type
) -> None:
    mark_verified(verified, model.objects.get(user=person), at=NOON)
    check_verified(verified, at=NOON, dangerous=False)

    reset_at_console(for_user=person, at=NOON)

    with pytest.raises(SecondFactorMissing):
        check_verified(verified, at=NOON, dangerous=False)


def test_session_of_before_a_reset_stays_refused_after_enrolling_again(
    verified: HttpRequest, person: Any
) -> None:
    reset_at_console(for_user=person, at=NOON)
    enrol(person)

    assert not is_verified(verified, at=NOON)


def test_device_that_waits_for_its_first_code_does_not_count(
    request_: HttpRequest, person: Any
) -> None:
    mark_verified(request_, begin(person), at=NOON)
    assert not is_verified(request_, at=NOON)

    mark_verified(request_, EnrolmentCode.objects.get(), at=NOON)
    assert not is_verified(request_, at=NOON)


def test_device_of_somebody_else_does_not_count(verified: HttpRequest) -> None:
    verified.user = make_person("other")
    assert not is_verified(verified, at=NOON)

    verified.user = AnonymousUser()
    assert not is_verified(verified, at=NOON)


def test_clock_that_was_put_back_does_not_prolong(verified: HttpRequest) -> None:
    assert not is_verified(verified, at=NOON - MINUTE)


@pytest.mark.parametrize(
    ("method", "minutes", "passes"),
    [
        ("GET", 5, True),
        ("GET", 6, False),
        ("HEAD", 6, False),
        ("POST", 6, True),
        ("POST", 11, False),
    ],
)
def test_dangerous_acts_ask_for_the_code_again(
    verified: HttpRequest, person: Any, method: str, minutes: int, passes: bool
) -> None:
    request = request_of(person, verified.session, method=method)
    at = NOON + minutes * MINUTE
    check_verified(request, at=at, dangerous=False)

    if passes:
        check_verified(request, at=at, dangerous=True)
    else:
        with pytest.raises(SecondFactorMissing):
            check_verified(request, at=at, dangerous=True)


def test_only_the_session_that_gave_the_code_sees_the_secret(
    request_: HttpRequest, person: Any
) -> None:
    pending = begin(person)
    mark_enrolling(request_, pending, at=NOON)
    thief = request_of(person, SessionStore())

    assert enrolling(request_, at=NOON) == pending
    assert enrolling(thief, at=NOON) is None


def test_enrolling_ends_after_a_while_and_with_the_confirmation(
    request_: HttpRequest, person: Any
) -> None:
    mark_enrolling(request_, begin(person), at=NOON)
    assert enrolling(request_, at=NOON + 29 * MINUTE)
    assert enrolling(request_, at=NOON + 30 * MINUTE) is None

    Authenticator.objects.update(confirmed=True)
    assert enrolling(request_, at=NOON) is None
