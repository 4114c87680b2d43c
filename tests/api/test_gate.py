"""The gate of the screens stands before the calls as well (A40)."""

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from cautionary_plugin.conf import DEFAULTS
from cautionary_plugin.models import AccessRecord, Entry, ReadingGrant
from cautionary_plugin.rules.vocabulary import Act
from tests.api.calling import ASKED, call, get, kind_of
from tests.council import PLANTED, Council, grant, make_reader, through_the_door
from tests.factors import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A40")]

CALLS = ["api_check", "api_check_visits", "api_report"]


def test_interface_is_switched_off_unless_a_host_switches_it_on(
    officer: Client, settings: Any
) -> None:
    assert DEFAULTS["API"] is False
    del settings.CAUTIONARY_API

    for answer in (call(officer, "api_check", ASKED), get(officer, "api_document")):
        assert (answer.status_code, kind_of(answer)) == (404, "not-found")


@pytest.mark.parametrize("name", CALLS)
def test_nobody_is_told_where_to_sign_in(entry: Entry, name: str) -> None:
    answer = call(Client(), name, ASKED)

    assert (answer.status_code, kind_of(answer)) == (401, "sign-in")
    assert answer.json()["url"] == reverse("cautionary:sign_in")
    assert answer.headers["WWW-Authenticate"].startswith("Session")


@pytest.mark.parametrize("name", CALLS)
def test_password_alone_is_told_where_to_give_the_second_factor(
    council: Council, name: str
) -> None:
    browser = Client()
    browser.force_login(make_reader(council))

    answer = call(browser, name, ASKED)

    assert (answer.status_code, kind_of(answer)) == (403, "second-factor")
    assert answer.json()["url"] == reverse("cautionary:second_factor")


@pytest.mark.parametrize("how", ["Basic b2ZmaWNlcjpwYXNzd29yZA==", "Bearer 1234", "Token 1234"])
def test_no_password_or_token_stands_for_a_session(council: Council, how: str) -> None:
    make_reader(council)

    answer = call(Client(), "api_check", ASKED, Authorization=how)

    assert answer.status_code == 401


def test_whoever_has_no_grant_is_refused_and_recorded(entry: Entry) -> None:
    stranger = make_person("stranger")

    answer = call(through_the_door(stranger), "api_check", ASKED)

    assert (answer.status_code, kind_of(answer)) == (403, "refused")
    line = AccessRecord.objects.get(act=Act.REFUSED)
    assert (line.user, line.screen) == (stranger, "cautionary:api_check")


@pytest.mark.clause("A49")
def test_lapsed_briefing_is_named(council: Council) -> None:
    user = make_person("unbriefed")
    grant(council, user)

    answer = call(through_the_door(user), "api_check", ASKED)

    assert (answer.status_code, kind_of(answer)) == (403, "briefing")


def test_grant_that_ends_between_two_calls_ends_the_second(entry: Entry, officer: Client) -> None:
    before = call(officer, "api_check", ASKED)
    ReadingGrant.objects.update(ended_at=timezone.now())

    assert before.status_code == 200
    assert call(officer, "api_check", ASKED).status_code == 403


def test_session_without_its_csrf_token_is_refused(council: Council, entry: Entry) -> None:
    browser = through_the_door(make_reader(council))
    browser.handler.enforce_csrf_checks = True
    get(browser, "api_worklist")
    token = browser.cookies["csrftoken"].value

    without = call(browser, "api_check", ASKED)
    with_it = call(browser, "api_check", ASKED, **{"X-CSRFToken": token})

    assert (without.status_code, kind_of(without)) == (403, "csrf")
    assert with_it.status_code == 200


@pytest.mark.parametrize("asked", [ASKED, {}])
def test_no_answer_is_kept_by_a_cache(officer: Client, asked: Any) -> None:
    answer = call(officer, "api_check", asked)

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("name", "method"), [("api_check", "get"), ("api_check", "delete")])
def test_other_methods_are_refused(officer: Client, name: str, method: str) -> None:
    answer = getattr(officer, method)(reverse(f"cautionary:{name}"))

    assert (answer.status_code, kind_of(answer)) == (405, "method")
    assert "POST" in answer.headers["Allow"]


def test_settings_of_the_host_for_its_own_interfaces_change_nothing(entry: Entry) -> None:
    loose = {
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
        "UNAUTHENTICATED_USER": None,
        "NON_FIELD_ERRORS_KEY": "whole",
    }
    with override_settings(REST_FRAMEWORK=loose):
        answer = call(Client(), "api_check", ASKED)

    assert answer.status_code == 401
    assert PLANTED not in answer.content.decode()
