"""Second factors that the host's identity provider has asked for."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from cautionary_plugin.access import verifiers
from cautionary_plugin.access.second_factor import check_verified, is_verified, mark_verified
from cautionary_plugin.rules.errors import SecondFactorMissing
from tests.factors import NOON, enrol, make_person

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
STUBS = ["tests.access.stub_verifiers.silent", "tests.access.stub_verifiers.from_session"]


@pytest.fixture
def request_(settings: Any) -> HttpRequest:
    settings.CAUTIONARY_VERIFIERS = STUBS
    request = RequestFactory().post("/")
    request.user, request.session = make_person(), SessionStore()
    return request


def said(request: HttpRequest, instant: datetime) -> HttpRequest:
    request.session["stub"] = instant.isoformat()
    return request


def test_silent_provider_verifies_nobody(request_: HttpRequest) -> None:
    assert not is_verified(request_, at=NOON)


def test_provider_that_is_not_configured_is_not_asked(request_: HttpRequest, settings: Any) -> None:
    settings.CAUTIONARY_VERIFIERS = []

    assert not is_verified(said(request_, NOON), at=NOON)


def test_provider_verifies_without_a_device_of_ours(request_: HttpRequest) -> None:
    assert is_verified(said(request_, NOON - 60 * MINUTE), at=NOON)


@pytest.mark.parametrize("minutes", [-2, 600, 100_000])
def test_future_or_ancient_proof_is_refused(request_: HttpRequest, minutes: int) -> None:
    assert not is_verified(said(request_, NOON - minutes * MINUTE), at=NOON)


def test_provider_whose_clock_is_a_little_ahead_counts_as_now(request_: HttpRequest) -> None:
    assert is_verified(said(request_, NOON + timedelta(seconds=30)), at=NOON)


def test_proof_without_a_time_zone_is_refused(request_: HttpRequest) -> None:
    assert not is_verified(said(request_, NOON.replace(tzinfo=None)), at=NOON)


def test_provider_session_ends_when_the_register_is_not_used(request_: HttpRequest) -> None:
    assert is_verified(said(request_, NOON), at=NOON)

    assert not is_verified(request_, at=NOON + 31 * MINUTE)
    assert is_verified(said(request_, NOON + 31 * MINUTE), at=NOON + 32 * MINUTE)


def test_step_up_wants_a_recent_proof_of_the_provider(request_: HttpRequest) -> None:
    said(request_, NOON - 11 * MINUTE)
    with pytest.raises(SecondFactorMissing):
        check_verified(request_, at=NOON, dangerous=True)

    check_verified(said(request_, NOON), at=NOON, dangerous=True)


def test_latest_of_two_proofs_counts(request_: HttpRequest, time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)
    mark_verified(request_, enrol(request_.user).authenticator, at=NOON)

    check_verified(said(request_, NOON - 60 * MINUTE), at=NOON, dangerous=True)


@pytest.mark.parametrize(
    ("claims", "counts"),
    [
        ({"amr": ["pwd", "mfa"], "auth_time": NOON.timestamp()}, True),
        ({"acr": "https://refeds.org/profile/mfa", "auth_time": NOON.timestamp()}, True),
        ({"amr": ["pwd"], "auth_time": NOON.timestamp()}, False),
        ({"amr": ["mfa"]}, False),
        ({}, False),
        (None, False),
    ],
)
def test_oidc_reads_the_claims_that_the_host_kept(
    request_: HttpRequest, claims: Any, counts: bool
) -> None:
    request_.session["oidc_claims"] = claims

    assert verifiers.oidc(request_) == (NOON if counts else None)


@pytest.mark.parametrize(
    ("contexts", "counts"),
    [
        ([["http://schemas.microsoft.com/claims/multipleauthn", NOON.isoformat()]], True),
        ([["https://refeds.org/profile/mfa", "2026-12-02T12:00:00Z"]], True),
        ([["urn:oasis:names:tc:SAML:2.0:ac:classes:Password", NOON.isoformat()]], False),
        ([], False),
        (None, False),
    ],
)
def test_saml_reads_the_contexts_that_the_host_kept(
    request_: HttpRequest, contexts: Any, counts: bool
) -> None:
    request_.session["saml_contexts"] = contexts

    assert verifiers.saml(request_) == (NOON if counts else None)


@pytest.mark.parametrize(
    ("records", "counts"),
    [
        (
            [
                {"method": "password", "at": NOON.timestamp() + 9},
                {"method": "mfa", "at": NOON.timestamp() - 60},
                {"method": "mfa", "at": NOON.timestamp(), "reauthenticated": True},
            ],
            True,
        ),
        ([{"method": "password", "at": NOON.timestamp()}], False),
        ([], False),
    ],
)
def test_allauth_mfa_reads_what_allauth_recorded(
    request_: HttpRequest, records: Any, counts: bool
) -> None:
    request_.session["account_authentication_methods"] = records

    assert verifiers.allauth_mfa(request_) == (NOON if counts else None)
