"""Codes and resets for colleagues, in the browser."""

import re
from typing import Any

import pytest
from django.test import Client

from cautionary_plugin.actions.second_factor import Enrolled
from cautionary_plugin.models import AccessRecord, Authenticator, EnrolmentCode
from cautionary_plugin.rules.vocabulary import Act

from .conftest import DOOR

COLLEAGUES = f"{DOOR}colleagues/"
ISSUE = f"{COLLEAGUES}issue/"
RESET = f"{COLLEAGUES}reset/"


@pytest.mark.parametrize("words", ["officer", "OFFICER@example.gov.uk"])
def test_colleague_is_found_by_name_or_address(manager: Client, officer: Any, words: str) -> None:
    answer = manager.post(COLLEAGUES, {"person": words})

    assert "Issue a code" in answer.content.decode()
    assert "Take the phone out of use" not in answer.content.decode()


def test_colleague_is_not_found_by_half_a_name(manager: Client, officer: Any) -> None:
    assert "There is a problem" in manager.post(COLLEAGUES, {"person": "offi"}).content.decode()


def test_issued_code_is_shown_once_and_works(
    manager: Client, officer: Any, browser: Client
) -> None:
    page = manager.post(ISSUE, {"person": officer.pk}).content.decode()

    found = re.search(r'class="c-secret">([^<]+)<', page)
    assert found
    assert found.group(1) not in manager.get(COLLEAGUES).content.decode()
    assert browser.post(f"{DOOR}set-up/", {"code": found.group(1)}).status_code == 302


def test_code_for_oneself_is_refused(manager: Client) -> None:
    own = Authenticator.objects.get().user

    page = manager.post(ISSUE, {"person": own.pk}).content.decode()

    assert "second person" in page
    assert not EnrolmentCode.objects.filter(issued_by=own).exists()


def test_reset_stops_the_colleague_at_the_next_click(
    manager: Client, verified: Client, officer: Any
) -> None:
    page = manager.post(RESET, {"person": officer.pk, "reason": "lost"}).content.decode()

    assert "has been taken away" in page
    assert "Issue a code" in page
    assert verified.get("/register/").url.startswith(DOOR)
    line = AccessRecord.objects.filter(act=Act.SECOND_FACTOR).first()
    assert line.screen == "second factor: reset (lost)"
    assert line.reference == f"user {officer.pk}"


@pytest.mark.parametrize("reason", ["", "because"])
def test_reset_takes_a_reason(
    manager: Client, officer: Any, enrolled: Enrolled, reason: str
) -> None:
    page = manager.post(RESET, {"person": officer.pk, "reason": reason}).content.decode()

    assert "There is a problem" in page
    assert Authenticator.objects.filter(user=officer).exists()


def test_reset_of_oneself_is_refused(manager: Client) -> None:
    own = Authenticator.objects.get().user

    page = manager.post(RESET, {"person": own.pk, "reason": "lost"}).content.decode()

    assert "second person" in page
    assert Authenticator.objects.filter(user=own).exists()


@pytest.mark.parametrize("url", [ISSUE, RESET])
def test_colleague_who_is_not_there_leads_back(manager: Client, url: str) -> None:
    answer = manager.post(url, {"person": "999999", "reason": "lost"})

    assert answer.url.startswith(COLLEAGUES)


@pytest.mark.parametrize("url", [COLLEAGUES, ISSUE, RESET])
def test_colleagues_are_for_those_with_the_power(verified: Client, officer: Any, url: str) -> None:
    officer.is_superuser = True
    officer.save()

    for ask in (verified.get, verified.post):
        assert ask(url, {"person": officer.pk, "reason": "lost"}).status_code == 403
    assert not EnrolmentCode.objects.filter(issued_by=officer).exists()


@pytest.mark.parametrize("url", [COLLEAGUES, ISSUE, RESET])
def test_colleagues_ask_for_a_recent_code(
    manager: Client, officer: Any, enrolled: Enrolled, time_machine: Any, url: str
) -> None:
    time_machine.shift(660)

    answer = manager.post(url, {"person": officer.pk, "reason": "lost"})

    assert answer.status_code == 403
    assert f'action="{DOOR}"' in answer.content.decode()
    assert Authenticator.objects.filter(user=officer).exists()


@pytest.mark.parametrize("url", [ISSUE, RESET])
def test_changes_take_a_press(manager: Client, url: str) -> None:
    assert manager.get(url).status_code == 405
